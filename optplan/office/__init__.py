"""What an office does with optplan together: who may do what, solves that wait their turn, and the record of what was decided.

Every function takes the :class:`Person` who asks, and raises :class:`NotAllowed`, in words, if their role does not reach.
"""

from optplan.office.adoption import adopted_for, approve, first_answer, retire
from optplan.office.copies import Copied, copy_of_run, copy_of_scenario
from optplan.office.drafts import Drafts, KeptDraft, new_visit
from optplan.office.findings import NotAllowed, OfficeError
from optplan.office.history import Filter, Page, RunRow, ScenarioRow, list_runs, list_scenarios
from optplan.office.people import Person, local_person, require, signed_in_person
from optplan.office.question import Question, save_plan, save_scenario
from optplan.office.queue import SolveQueue
from optplan.office.roles import Role, Roles, read_roles
from optplan.office.server import server_queue, server_store
from optplan.office.solve import Snapshot, State
from optplan.office.timeline import Moment

__all__ = [
    "Copied", "Drafts", "Filter", "KeptDraft", "Moment", "NotAllowed", "OfficeError", "Page", "Person", "Question",
    "Role", "Roles", "RunRow", "ScenarioRow", "Snapshot", "SolveQueue", "State", "adopted_for", "approve",
    "copy_of_run", "copy_of_scenario", "first_answer", "list_runs", "list_scenarios", "local_person", "new_visit", "read_roles",
    "require", "retire", "save_plan", "save_scenario", "server_queue", "server_store", "signed_in_person",
]  # fmt: skip
