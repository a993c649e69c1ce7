"""What happened while a plan was carried out: goods, people, works, money; entered, corrected and confirmed.

>>> from optplan.records import read_ledger
>>> records = read_ledger("inputs/shuozhou-2023/records.csv")  # doctest: +SKIP
>>> records.of(kind="delivery", county="yingxian", year=2021).deliveries  # doctest: +SKIP
"""

from optplan.records.admission import Admission, confirmations
from optplan.records.entries_file import read_entries
from optplan.records.findings import RecordError
from optplan.records.ledger_file import append_to_file, ledger_beside, ledger_bytes, read_ledger, write_ledger
from optplan.records.record import Record, draft, drafted
from optplan.records.records import Records

__all__ = [
    "Admission",
    "Record",
    "RecordError",
    "Records",
    "append_to_file",
    "confirmations",
    "draft",
    "drafted",
    "ledger_beside",
    "ledger_bytes",
    "read_entries",
    "read_ledger",
    "write_ledger",
]
