"""Who may enter what happened: a county's people for it, editors for all; approvers confirm, and correct what is confirmed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from optplan.office.findings import NotAllowed, finding
from optplan.office.people import Person, require
from optplan.office.roles import Role
from optplan.plan import Plan
from optplan.records import Admission, Record, confirmations
from optplan.store import Ledger
from optplan.tables.content import Row
from optplan.tables.findings import Finding


def counties_of(person: Person, plan: Plan) -> Collection[str] | None:
    """The counties for which a person may enter what happened; ``None`` for the city, which may also confirm and correct
    what is confirmed."""
    if person.may(Role.APPROVER):
        return None
    known = [row["county"] for row in plan.tables["counties"]]
    return known if person.may(Role.EDITOR) else [county for county in known if county in person.counties]


def enter(
    ledger: Ledger, plan: Plan, person: Person, rows: Sequence[Row], today: date | None = None
) -> tuple[tuple[Record, ...], list[Finding]]:
    """Enter what happened, all of ``rows`` or nothing; what was entered, and what a person should look at.

    Raises :class:`NotAllowed` for somebody who may enter for no county, and :class:`~optplan.records.RecordError` with a finding
    at each cell, those of other counties and of confirmed quarters among them.
    """
    admission = admission_of(person, plan, today)
    if admission.counties is not None and not admission.counties:
        raise NotAllowed([finding("needs-county", name=person.name)])
    return ledger.enter(rows, admission, person.signature)


def admission_of(person: Person, plan: Plan, today: date | None = None) -> Admission:
    """What decides whether something that a person enters may be kept."""
    return Admission(plan.tables, today or date.today(), counties_of(person, plan))


def confirm(
    ledger: Ledger,
    plan: Plan,
    person: Person,
    year: int,
    quarter: int,
    counties: Sequence[str],
    note: str = "",
    today: date | None = None,
) -> tuple[Record, ...]:
    """Confirm a quarter for ``counties``: from then on only the city corrects it.

    Raises :class:`NotAllowed` below approver, and :class:`~optplan.records.RecordError` for a quarter that is not over or is
    confirmed already.
    """
    require(person, Role.APPROVER)
    return enter(ledger, plan, person, confirmations(year, quarter, counties, " ".join(note.split())), today)[0]
