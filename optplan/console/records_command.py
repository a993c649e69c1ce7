"""``optplan records``: what happened while a plan was carried out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optplan.console.command import FILE, Commands, command, say
from optplan.console.output import Output
from optplan.language import text
from optplan.records.declaration import HAPPENED, KINDS
from optplan.tables.declarations import QUARTERS, SPENDING_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optplan.plan import Plan
    from optplan.records import Record
    from optplan.store import Ledger
    from optplan.tables.content import Row
    from optplan.tables.findings import Finding

AREA = "records"
LISTED = ("number", "kind", "county", "year", "quarter", "date", "what", "size", "source", "document", "corrects", "who", "at")


def make_records() -> click.Group:
    """Enter, list, confirm; forms out and in."""
    makers = {"list": _list, "add": _add, "import": _import, "form": _form, "confirm": _confirm, "export": _export}
    return Commands("records", makers, help=say("command-records", AREA))


def _where(function: Any) -> Any:
    return click.option("--records", "where", help=say("option-records", AREA))(function)


def _opened(path: Path, where: str | None) -> tuple[Plan, Ledger]:
    """The plan and its ledger. Raises :class:`PlanError`, and :class:`InputError` for a ledger that cannot be read."""
    from optplan.console.plans import read_plan
    from optplan.store import ledger_of

    plan = read_plan(path)
    return plan, ledger_of(path, plan.title, where)


def _enter(output: Output, plan: Plan, ledger: Ledger, rows: Sequence[Row], said: str, more: Sequence[Finding] = ()) -> None:
    """Enter rows and say so."""
    from optplan.records import Admission

    entries, findings = ledger.enter(rows, Admission(plan.tables, date.today()))
    findings = [*more, *findings]
    output.findings(findings)
    output.document(
        {
            "records": ledger.place,
            "entered": [entry.as_dict() for entry in entries],
            "findings": [finding.as_dict() for finding in findings],
        }
    )
    if not entries:
        output.lines([text(AREA, f"nothing-{said}")])
        return
    numbers = {"from_number": entries[0].number, "to_number": entries[-1].number}
    output.lines([text(AREA, said, None, count=len(entries), place=ledger.place, **numbers)])


def _list() -> click.Command:
    @command("list", AREA)
    @click.argument("plan", type=FILE)
    @_where
    @click.option("--county", help=say("option-county", AREA))
    @click.option("--year", type=int, help=say("option-year", AREA))
    @click.option("--quarter", type=click.IntRange(1, 4), help=say("option-quarter", AREA))
    @click.option("--kind", type=click.Choice(HAPPENED), help=say("option-kind", AREA))
    @click.option("--all", "everything", is_flag=True, help=say("option-all", AREA))
    def records(
        output: Output,
        plan: Path,
        where: str | None,
        county: str | None,
        year: int | None,
        quarter: int | None,
        kind: str | None,
        everything: bool,
    ) -> None:
        from optplan.tables.names import Names

        asked, ledger = _opened(plan, where)
        kept = ledger.read()
        fits = {entry.number for entry in kept.of(kind=kind, county=county, year=year, quarter=quarter)}
        if everything:
            fits = {past.number for number in fits for past in kept.history(number)}
            fits |= {
                entry.number
                for entry in kept
                if (entry.is_confirmation or entry.number in kept.corrected_by or not entry.size)
                and kind in {None, entry.kind}
                and county in {None, entry.county}
                and year in {None, entry.year}
                and quarter in {None, entry.quarter}
            }
        shown = [entry for entry in kept if entry.number in fits]
        confirmed = [
            {"county": c, "year": y, "quarter": q, "number": entry.number} for (c, y, q), entry in sorted(kept.confirmed.items())
        ]
        output.document({"records": ledger.place, "entries": [entry.as_dict() for entry in shown], "confirmed": confirmed})
        names = Names(asked.tables)
        title = text(AREA, "list-title", None, place=ledger.place, count=len(shown), all=len(kept))
        output.tables([(title, [text(AREA, f"head-{name}") for name in LISTED], [_line(entry, names) for entry in shown])])

    return records


def _line(entry: Record, names: Any) -> list[str]:
    from optplan.records.words import kind_in_words, size_in_words, what_in_words

    return [
        str(entry.number),
        kind_in_words(entry.kind),
        names.by_table["counties"].get(entry.county, entry.county),
        str(entry.year),
        str(entry.quarter),
        str(entry.date or ""),
        what_in_words(entry, names),
        size_in_words(entry, names),
        entry.source,
        entry.document,
        "" if entry.corrects is None else str(entry.corrects),
        entry.who,
        entry.at[:16].replace("T", " "),
    ]


def _add() -> click.Command:
    @command("add", AREA)
    @click.argument("plan", type=FILE)
    @_where
    @click.option("--kind", type=click.Choice(KINDS[:-1]), required=True, help=say("option-kind", AREA))
    @click.option("--county", help=say("option-county", AREA))
    @click.option("--item")
    @click.option("--team")
    @click.option("--project")
    @click.option("--fund")
    @click.option("--class", "spending_class", type=click.Choice(SPENDING_CLASSES))
    @click.option("--quantity")
    @click.option("--amount")
    @click.option("--date", "day", help=say("option-date", AREA))
    @click.option("--year")
    @click.option("--quarter", type=click.Choice(QUARTERS))
    @click.option("--source", help=say("option-source", AREA))
    @click.option("--document", help=say("option-document", AREA))
    @click.option("--basis")
    @click.option("--note", help=say("option-note", AREA))
    @click.option("--corrects", help=say("option-corrects", AREA))
    def add(
        output: Output, plan: Path, where: str | None, spending_class: str | None, day: str | None, **cells: str | None
    ) -> None:
        from optplan.records import drafted

        asked, ledger = _opened(plan, where)
        given = {**cells, "class": spending_class, "date": day}
        row = drafted({name: value for name, value in given.items() if value is not None}, "records add")
        _enter(output, asked, ledger, [row], "entered")

    return add


def _import() -> click.Command:
    @command("import", AREA)
    @click.argument("plan", type=FILE)
    @click.argument("files", type=FILE, nargs=-1, required=True)
    @_where
    @click.option("--county", help=say("option-form-county", AREA))
    @click.option("--year", type=int, help=say("option-form-year", AREA))
    @click.option("--quarter", type=click.IntRange(1, 4), help=say("option-form-year", AREA))
    def read(
        output: Output,
        plan: Path,
        files: tuple[Path, ...],
        where: str | None,
        county: str | None,
        year: int | None,
        quarter: int | None,
    ) -> None:
        from optplan.records import Admission, RecordError, read_entries
        from optplan.workbook.record_form import FormWanted, read_form

        asked, ledger = _opened(plan, where)
        rows: list[Row] = []
        findings: list[Finding] = []
        kept = ledger.read()
        for file in files:
            if file.suffix.lower() == ".xlsx":
                more, found = read_form(file, asked.tables, kept, FormWanted(county, year, quarter))
            else:
                more, found = read_entries(file)
            rows += more
            findings += found
        if any(finding.severity == "error" for finding in findings):
            raise RecordError([*findings, *Admission(asked.tables, date.today()).faults(rows, kept, findings)])
        _enter(output, asked, ledger, rows, "entered", findings)

    return read


def _form() -> click.Command:
    @command("form", AREA)
    @click.argument("plan", type=FILE)
    @click.argument("out", type=FILE)
    @_where
    @click.option("--year", type=int, required=True, help=say("option-year", AREA))
    @click.option("--quarter", type=click.IntRange(1, 4), required=True, help=say("option-quarter", AREA))
    @click.option("--county", "counties", multiple=True, help=say("option-form-counties", AREA))
    @click.option("--adopted", type=FILE, help=say("option-adopted", AREA))
    def form(
        output: Output,
        plan: Path,
        out: Path,
        where: str | None,
        year: int,
        quarter: int,
        counties: tuple[str, ...],
        adopted: Path | None,
    ) -> None:
        from optplan.console.reference import read_reference
        from optplan.workbook.record_form import write_forms

        asked, ledger = _opened(plan, where)
        schedule = read_reference(adopted, asked.tables) if adopted else None
        written = write_forms(asked.tables, out, year, quarter, ledger.read(), counties=counties or None, adopted=schedule)
        output.document({"written": [str(path) for path in written]})
        output.lines(text("cli", "written", None, file=path) for path in written)

    return form


def _confirm() -> click.Command:
    @command("confirm", AREA)
    @click.argument("plan", type=FILE)
    @_where
    @click.option("--year", type=int, required=True, help=say("option-year", AREA))
    @click.option("--quarter", type=click.IntRange(1, 4), required=True, help=say("option-quarter", AREA))
    @click.option("--county", "counties", multiple=True, help=say("option-confirm-counties", AREA))
    @click.option("--note", default="", help=say("option-note", AREA))
    def confirm(
        output: Output, plan: Path, where: str | None, year: int, quarter: int, counties: tuple[str, ...], note: str
    ) -> None:
        from optplan.records import confirmations

        asked, ledger = _opened(plan, where)
        kept = ledger.read()
        open_ones = kept.unconfirmed(year, [row["county"] for row in asked.tables["counties"]]).get(quarter, ())
        _enter(output, asked, ledger, confirmations(year, quarter, counties or open_ones, note), "confirmed")

    return confirm


def _export() -> click.Command:
    @command("export", AREA)
    @click.argument("plan", type=FILE)
    @click.argument("out", type=FILE)
    @_where
    def export(output: Output, plan: Path, out: Path, where: str | None) -> None:
        from optplan.records import write_ledger

        output.writable(out, suffix=".csv")
        _, ledger = _opened(plan, where)
        write_ledger(ledger.read(), out)
        output.document({"written": str(out)})
        output.line("written", file=out)

    return export
