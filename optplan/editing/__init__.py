"""Editing a plan without touching it: what people type into tables becomes the changes of a scenario, and reads back in words.

Nothing here knows a screen. A page shows :func:`records_of` a table, hands back what was typed with :func:`edited`, and asks
:func:`inspect` what is wrong with it.
"""

from optplan.editing.draft import Draft, Unread
from optplan.editing.draft_names import draft_name, lever_money, money_moved, signed
from optplan.editing.edited_rows import Record, records_of
from optplan.editing.inspection import Inspection, Said, inspect
from optplan.editing.levers import Lever, factor_of, levers, pulled
from optplan.editing.sentences import percent, sentences
from optplan.editing.table_changes import edited
from optplan.editing.undo import History

__all__ = [
    "Draft", "History", "Inspection", "Lever", "Record", "Said", "Unread", "draft_name", "edited", "factor_of",
    "inspect", "lever_money", "levers", "money_moved", "percent", "pulled", "records_of", "sentences", "signed",
]  # fmt: skip
