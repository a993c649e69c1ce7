"""The form in which a county reports a quarter: written for it, filled in by it, read back with every fault at its cell."""

from optplan.workbook.record_form.layout import ENTRIES, FormSheet, FormWanted, Layout, Line, form_name, printed_text
from optplan.workbook.record_form.reading import read_form
from optplan.workbook.record_form.writing import form_content, write_forms

__all__ = [
    "ENTRIES",
    "FormSheet",
    "FormWanted",
    "Layout",
    "Line",
    "form_content",
    "form_name",
    "printed_text",
    "read_form",
    "write_forms",
]
