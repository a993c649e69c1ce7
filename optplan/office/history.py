"""What was solved and asked: runs and scenarios with who, when and why, filtered, searched and in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from optplan.language import bilingual
from optplan.office.adoption import adopted_among
from optplan.office.people import Person, require
from optplan.office.roles import Role
from optplan.scenarios import Scenario
from optplan.store import AuditEntry, RunRecord, Store

PAGE = 20  # rows
Item = TypeVar("Item")
Row = TypeVar("Row")


@dataclass(frozen=True)
class RunRow:
    """A run in the list. ``adopted``: it is the adopted plan now. ``decisions`` are the approvals and the retirement, with
    who, when and why; ``why``: title and reason of each scenario, in the language of now where it gives both."""

    record: RunRecord
    adopted: bool
    decisions: tuple[AuditEntry, ...]
    why: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ScenarioRow:
    """A scenario in the list: who saved it when, in how many runs it was solved, whether it is retired."""

    sha256: str
    scenario: Scenario
    who: str
    when: str
    runs: int
    retired: bool


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list. ``number`` counts from 0; ``total`` rows were found in all. ``authors`` and ``models`` are those of
    the whole list, to choose from."""

    rows: tuple[Item, ...]
    number: int
    total: int
    authors: tuple[str, ...] = ()
    models: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; an empty field narrows nothing. ``search``: words that must all occur."""

    search: str = ""
    who: str = ""
    model: str = ""
    status: str = ""
    plan: str = ""
    approved: bool = False
    retired: bool = False


def list_runs(store: Store, person: Person, wanted: Filter = Filter(), page: int = 0) -> Page[RunRow]:
    """The runs, newest first. Raises :class:`NotAllowed` for somebody without a role."""
    require(person, Role.VIEWER)
    words = wanted.search.casefold().split()
    records, entries = store.runs(retired=True), store.audit_log()
    log = _decisions(entries)
    chosen = {record.id for record in adopted_among(records, entries).values()}

    def fits(record: RunRecord) -> bool:
        return (
            wanted.who in {"", record.who}
            and wanted.model in {"", record.model}
            and wanted.status in {"", record.status}
            and wanted.plan in {"", record.plan_title}
            and (wanted.retired or not record.retired)
            and (not wanted.approved or record.approved)
            and _has(words, _run_words(store, record, log.get(record.id, ())))
        )

    found = [record for record in records if fits(record)]
    listed = _page(found, page, lambda record: _run_row(store, record, record.id in chosen, log.get(record.id, ())))
    return replace(
        listed,
        authors=tuple(sorted({record.who for record in records})),
        models=tuple(sorted({record.model for record in records})),
    )


def list_scenarios(store: Store, person: Person, wanted: Filter = Filter(), page: int = 0) -> Page[ScenarioRow]:
    """The scenarios, newest first. Raises :class:`NotAllowed` for somebody without a role."""
    require(person, Role.VIEWER)
    words = wanted.search.casefold().split()
    entries = [entry for entry in store.audit_log() if entry.kind == "scenario"]
    gone = {entry.subject for entry in entries if entry.action == "retire"}
    uses: dict[str, int] = {}
    for record in store.runs(retired=True):
        for sha in record.scenario_shas:
            uses[sha] = uses.get(sha, 0) + 1
    found = [
        entry
        for entry in reversed(entries)
        if entry.action == "save"
        and (wanted.retired or entry.subject not in gone)
        and wanted.who in {"", entry.who}
        and _has(words, lambda entry=entry: (entry.subject[:10], entry.who, *_words_of(store, entry.subject)))  # type: ignore[misc]
    ]

    def row(entry: AuditEntry) -> ScenarioRow:
        key = entry.subject
        return ScenarioRow(key, store.scenario(key), entry.who, entry.when, uses.get(key, 0), key in gone)

    authors = {entry.who for entry in entries if entry.action == "save"}
    return replace(_page(found, page, row), authors=tuple(sorted(authors)))


def _page(found: Sequence[Item], number: int, row: Callable[[Item], Row]) -> Page[Row]:
    number = min(max(number, 0), max(0, (len(found) - 1) // PAGE))
    part = found[number * PAGE : (number + 1) * PAGE]
    return Page(tuple(row(each) for each in part), number, len(found))


def _run_row(store: Store, record: RunRecord, chosen: bool, decisions: Sequence[AuditEntry]) -> RunRow:
    why = []
    for sha in record.scenario_shas:
        _, title, reason, _, title_en, reason_en = _words_of(store, sha)
        why.append((bilingual(title, title_en), bilingual(reason, reason_en)))
    return RunRow(record, chosen, tuple(decisions), tuple(why))


def _run_words(store: Store, record: RunRecord, decisions: Iterable[AuditEntry]) -> Callable[[], Iterable[str]]:
    def words() -> Iterable[str]:
        yield from (record.id[:10], record.who, record.plan_title, record.model, *record.scenarios)
        yield from (entry.reason for entry in decisions)
        for sha in record.scenario_shas:
            yield from _words_of(store, sha)

    return words


def _has(words: Sequence[str], text: Callable[[], Iterable[str]]) -> bool:
    if not words:
        return True
    said = "\n".join(text()).casefold()
    return all(word in said for word in words)


@lru_cache(maxsize=10_000)
def _words_of(store: Store, sha: str) -> tuple[str, str, str, str, str, str]:
    """Name, title, reason and author of a scenario, English title and reason; kept, for what has a sha256 never changes."""
    scenario = store.scenario(sha)
    return scenario.name, scenario.title, scenario.reason, scenario.author, scenario.title_en, scenario.reason_en


def _decisions(log: Sequence[AuditEntry]) -> Mapping[str, list[AuditEntry]]:
    found: dict[str, list[AuditEntry]] = {}
    for entry in log:
        if entry.action != "save":
            found.setdefault(entry.subject, []).append(entry)
    return found
