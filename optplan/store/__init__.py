"""What was planned, asked and answered, kept for good: plans, scenarios, decision models, runs and their results.

>>> import optplan
>>> store = optplan.open_store()  # doctest: +SKIP
>>> run = store.save_run(result, plan=plan)  # doctest: +SKIP
>>> store.open(run.id).status  # doctest: +SKIP
'optimal'
"""

from optplan.store.findings import StoreError
from optplan.store.ledger_places import Ledger, LedgerFile, StoredLedger, ledger_of
from optplan.store.records import AnswerRecord, AuditEntry, Fault, PlanRecord, RunRecord
from optplan.store.store import Store, open_store

__all__ = [
    "AnswerRecord",
    "AuditEntry",
    "Fault",
    "Ledger",
    "LedgerFile",
    "PlanRecord",
    "RunRecord",
    "Store",
    "StoreError",
    "StoredLedger",
    "ledger_of",
    "open_store",
]
