"""A report written as a Word file, or PDF made from it, by the template that ships or the office's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from optplan.following.follow import Following
from optplan.following.lines import Line
from optplan.following.words import shown
from optplan.language import bilingual, current_language, speaking
from optplan.language.lists import clauses
from optplan.language.numbers import exact_percent
from optplan.reporting.blocks import Blocks
from optplan.reporting.kinds import KINDS, kind_for, kinds_for
from optplan.reporting.report import Report, chinese, say
from optplan.reporting.sources import ranges
from optplan.tables.findings import InputError, Place, error
from optplan.tables.names import names
from optplan.tables.year_labels import calling_years_of
from optplan.word.document import document_file
from optplan.word.written import ready_for, write_document

FOLDER = Path(__file__).resolve().parents[2] / "reports" / "templates"  # of the source tree, as models/ is
TEMPLATES = {"zh": FOLDER / "report.docx", "en": FOLDER / "report-en.docx"}
LIT = ("green", "yellow")


@dataclass(frozen=True)
class Letter:
    """Who writes to whom: the ``unit`` that issues the report, the ``addressee``, its ``number`` and its ``day``."""

    unit: str = ""
    addressee: str = ""
    number: str = ""
    day: date = field(default_factory=date.today)


def write_report(
    found: Following,
    path: str | Path,
    kind: str | None = None,
    letter: Letter | None = None,
    *,
    county: str | None = None,
    template: str | Path | None = None,
    language: str | None = None,
) -> None:
    """Write a report of what was followed, replacing an older one as a whole or not at all; the name says Word or PDF.

    ``kind``: ``midterm``, ``final``, ``check``, ``plan`` (of the year to come, of one ``county`` or of all) or ``notice``; by
    default what the year calls for. ``template``: a Word file of the office's own. Raises :class:`InputError` for a county that
    the plan does not have, a report on a plan that has not begun or for a time after its end, a template that cannot be used,
    and a PDF that LibreOffice is not there to make.
    """
    path = Path(path)
    ready_for(path)
    plan, place = found.standing.plan, Place(found.standing.plan.tables.origin)
    if kind and kind not in kinds_for(found):
        code, year = ("report-before", plan.first_year) if found.to_begin else ("report-after", plan.last_year)
        raise InputError([error(code, place, year=year, kinds=", ".join(kinds_for(found)))])
    known = {row["county"] for row in plan.tables["counties"]}
    if county is not None and county not in known:
        raise InputError([error("report-county", place, county=county, known=", ".join(sorted(known)))])
    with speaking(language), calling_years_of(plan.tables):
        report = Report(found, county or "")
        chosen = kind or kind_for(found)
        KINDS[chosen](report)
        content = _framed(report, chosen, letter or Letter())
        written(content, report.blocks, path, template)


def written(content: dict[str, Any], blocks: Blocks, path: Path, template: str | Path | None) -> None:
    """Put a report into its template and write it, as a whole or not at all."""
    chosen = Path(template) if template else TEMPLATES[current_language()]
    write_document(path, document_file(content, blocks.pictures, chosen, blocks.shares))


def dated(letter: Letter) -> dict[str, str]:
    """Who writes to whom, and when, as the template has it."""
    return {
        "letterhead": say("letterhead", unit=letter.unit) if letter.unit else "",
        "number": letter.number,
        "to": say("addressed", to=letter.addressee) if letter.addressee else "",
        "unit": letter.unit,
        "date": _date(letter.day),
        "contact": "",
    }


def annexed(blocks: Blocks) -> dict[str, Any]:
    """The annex that says where figures come from, as the template has it; none if there is nothing to say."""
    if not blocks.found:
        return {"attachments": [], "annexes": []}
    title = say("title-sources")
    return {
        "attachments": [say("attachment", title=title)],
        "annexes": [{"label": say("annex"), "title": title, "blocks": blocks.found}],
    }


def _framed(report: Report, kind: str, letter: Letter) -> dict[str, Any]:
    """The blocks with title, addressee, signature, date and annex."""
    annex = Blocks(chinese())
    _sources(report, annex, with_lights=kind != "plan")
    if kind != "plan":
        _origins(report, annex)
    return {
        "title": _title(report, kind), "blocks": report.blocks.found, "kind": kind, **annexed(annex), **dated(letter),
    }  # fmt: skip


def _title(report: Report, kind: str) -> str:
    plan = report.found.standing.plan
    place = names(plan.tables, "counties", current_language())[report.county] if report.county else ""
    return say(f"title-{kind}", plan=report.title, year=report.year, when=report.when, next=report.next_year, place=place)


def _sources(report: Report, annex: Blocks, *, with_lights: bool) -> None:
    """What the marks in the text mean, and the rules of the lights."""
    for number, words in report.sources.rows:
        annex.note(say("source-line", number=number, words=words))
    rules = report.found.rules
    if annex.found and with_lights:
        title = bilingual(rules.title, rules.title_en)
        judged = ("due" if report.found.is_over else "progress", "money")
        least = {f"{name}_{light}": exact_percent(getattr(getattr(rules, name), light)) for name in judged for light in LIT}
        annex.note(say("rules-line-over" if report.found.is_over else "rules-line", title=title, **least))


def _origins(report: Report, annex: Blocks) -> None:
    """Every target's figure, traced to its rows and records; those of single counties in one line for all of a kind."""
    heads = [say("head-target"), say("head-done"), say("head-origin")]
    targets = {row["target"]: row for row in report.found.standing.plan.tables["targets"]}
    alike: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in report.found.targets:
        if line.origins:
            row = targets[line.key]
            alike[(row["group"], "") if row["county"] else (row["group"], line.key)].append(line)
    rows = [_origin_row(lines) for lines in alike.values()]
    annex.table(say("caption-origins"), heads, rows, words_last=True)


def _origin_row(lines: Sequence[Line]) -> list[str]:
    if len(lines) == 1:
        return [lines[0].name, shown(lines[0].done), _traced(lines[0].origins)]
    parts = [line.name.partition(" · ") for line in lines]
    told = [
        say("traced-of", name=of, done=shown(line.done), rows=_traced(line.origins))
        for (_, _, of), line in zip(parts, lines, strict=True)
    ]
    return [parts[0][0], "—", clauses(told)]


def _traced(origins: tuple[str, ...]) -> str:
    parts = [origin.partition(":") for origin in origins]
    found = []
    for name in ("actuals", "record"):
        numbers = [int(number) for table, _, number in parts if table == name and number.isdigit()]
        if numbers:
            found.append(say(f"traced-{name}", numbers=ranges(numbers)))
    return clauses(found)


def _date(day: date) -> str:
    return say("date", year=day.year, month=say(f"month-{day.month}"), day=day.day)
