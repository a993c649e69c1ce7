"""Reading wishes: what each part means in a plan, by id or by name, and what there is where it means nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from optplan.answers.findings import refused
from optplan.answers.wishes.wish import Kind, Sense, Wish, split
from optplan.language import LANGUAGES
from optplan.language.lists import listed
from optplan.plan import Plan
from optplan.tables.findings import InputError
from optplan.tables.names import Names

SHORTEST = 2  # letters of a name that is left short
SHOWN = 12  # names of what there is that a message lists
_SUBJECTS: dict[Kind, str] = {
    "item": "groups", "team": "teams", "project": "projects", "target": "targets", "standard": "standards",
}  # fmt: skip


def read_wishes(plan: Plan, asked: Iterable[str | Wish]) -> tuple[Wish, ...]:
    """The wishes that are written in ``asked``, of this plan.

    Raises :class:`InputError` with a finding for each that cannot be read, naming what exists instead.
    """
    reader, found, findings = _Reader(plan), list[Wish](), list[Any]()
    for each in asked:
        try:
            found.append(reader.read(each.written if isinstance(each, Wish) else str(each)))
        except InputError as problem:
            findings += problem.findings
    if findings:
        raise InputError(findings)
    if not found:
        raise refused("wish-none", "WISH")
    return tuple(dict.fromkeys(found))


class _Reader:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._names = [Names(plan.tables, language).by_table for language in LANGUAGES]

    def read(self, asked: str) -> Wish:
        parts = split(asked)
        if parts is None:
            raise refused("wish-unreadable", asked)
        kind, given = parts
        subject = self._id(asked, _SUBJECTS[kind], kind, given["subject"])
        county = self._id(asked, "counties", "county", given["county"]) if given.get("county", "*") not in {"", "*"} else ""
        year = self._year(asked, given.get("year"))
        quantity = Decimal(given.get("quantity", "0"))
        if kind == "standard" and not self._asks(subject, county, year):
            raise refused("wish-standard-not-there", asked, year=year)
        return Wish(kind, subject, county, year, _sense(kind, given.get("sense", "")), quantity)

    def _asks(self, standard: str, county: str, year: int | None) -> bool:
        return any((r.standard, r.county, r.year) == (standard, county, year) for r in self.plan.requirements)

    def _year(self, asked: str, given: str | None) -> int | None:
        if given is None:
            return None
        year, first, last = int(given), self.plan.first_year, self.plan.last_year
        if not first <= year <= last:
            raise refused("wish-year-outside", asked, year=year, first=first, last=last)
        if year not in self.plan.open_years:
            raise refused("wish-year-closed", asked, year=year, closed=self.plan.closed_through)
        return year

    def _id(self, asked: str, table: str, kind: str, given: str) -> str:
        """The id of what is called ``given``: by its id first, then by its name in either language, if only one has it, and at
        last by a name that it shortens (``登高平台车`` for ``登高平台消防车``)."""
        ids = self._ids(table)
        if given in ids:
            return given
        called = [(key, name) for names in self._names for key, name in names[table].items() if key in ids]
        named = {key for key, name in called if name == given} or {key for key, name in called if _shortens(given, name)}
        if len(named) == 1:
            return named.pop()
        if named:
            raise refused("wish-ambiguous", asked, name=given, known=listed(sorted(named)))
        names = {**{key: key for key in ids}, **{name: key for each in self._names for key, name in each[table].items()}}
        close = difflib.get_close_matches(given, names, n=1, cutoff=0.4)
        known = listed(_called(self._names[0][table], ids[:SHOWN])) + ("…" if len(ids) > SHOWN else "")
        raise refused(f"wish-unknown-{kind}", asked, name=given, near=close[0] if close else "—", known=known)

    def _ids(self, table: str) -> list[str]:
        plan = self.plan
        match table:
            case "groups":
                return list(plan.groups)
            case "counties":
                return list(plan.counties)
            case "standards":
                return sorted(plan.standard_items)
            case "targets":
                return [target.target for target in plan.targets]
            case "teams":
                return list(plan.teams)
            case _:
                return list(plan.projects)


def _called(names: Any, ids: Sequence[str]) -> list[str]:
    return [each if names.get(each, each) == each else f"{each} {names[each]}" for each in ids]


def _shortens(given: str, name: str) -> bool:
    """Whether ``given`` is ``name`` with letters left out, the first one kept."""
    rest = iter(name)
    return len(given) >= SHORTEST and name[:1] == given[0] and all(letter in rest for letter in given)


def _sense(kind: Kind, given: str) -> Sense:
    if kind == "project":
        return "after" if given == ">" else "by"
    return given if kind == "item" else ">="  # type: ignore[return-value]
