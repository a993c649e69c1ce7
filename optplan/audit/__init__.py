"""The exact check: every rule, cost, total and criterion recomputed from the tables and a schedule, in exact arithmetic.

It shares no code with the formulation and the search: it knows the tables and the schedule, and model.md. What it does not
accept is not written, shown or exported.
"""

from optplan.audit.check import Audit, audit, criteria_of
from optplan.audit.criteria import Criteria
from optplan.audit.violations import Violation

__all__ = ["Audit", "Criteria", "Violation", "audit", "criteria_of"]
