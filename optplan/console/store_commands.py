"""The commands about what is kept: history, open, replay, and looking after the store."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optplan.console.command import FILE, Commands, command, say
from optplan.console.output import DONE, LIMIT_WITH_PLAN, RULE_BROKEN, Output
from optplan.figures.criteria import MeasureIn, measures_of
from optplan.figures.proven import outcome
from optplan.language import text
from optplan.language.numbers import count

if TYPE_CHECKING:
    from optplan.store import RunRecord, Store

AREA = "store"


def _tell(output: Output, name: str, **values: Any) -> None:
    output.lines([text(AREA, name, None, **values)])


def _local(when: str) -> str:
    return datetime.fromisoformat(when).astimezone().strftime("%Y-%m-%d %H:%M")


def _history() -> click.Command:
    @command("history", AREA)
    @click.option("--plan", help=say("option-plan", AREA))
    @click.option("--limit", type=click.IntRange(min=1), help=say("option-limit", AREA))
    @click.option("--retired", is_flag=True, help=say("option-retired", AREA))
    def history(output: Output, plan: str | None, limit: int | None, retired: bool) -> None:
        from optplan.store import open_store

        with open_store() as store:
            records, adopted = store.runs(plan=plan, limit=limit, retired=retired), store.adopted(plan)
            measures = {plan: measures_of(store.plan(plan).tables) for plan in {record.plan for record in records}}
        chosen = adopted.id if adopted else None
        output.document({"store": store.place, "adopted": chosen, "runs": [record.as_dict() for record in records]})
        if not records:
            _tell(output, "history-empty", place=store.place)
            return
        names = ("run", "when", "who", "plan", "scenarios", "model", "status", "criteria", "note")
        rows = [_row(record, chosen, measures[record.plan]) for record in records]
        title = text(AREA, "history-title", None, place=store.place)
        output.tables([(title, [text(AREA, f"column-{name}") for name in names], rows)])

    return history


def _row(record: RunRecord, adopted: str | None, measure_in: MeasureIn) -> list[str]:
    notes = [f"note-stopped-{record.stopped}"] if record.stopped else []
    notes += ["note-adopted" if record.id == adopted else "note-approved"] if record.approved else []
    notes += ["note-retired"] if record.retired else []
    return [
        record.short,
        _local(record.when),
        record.who,
        record.plan_title,
        ", ".join(record.scenarios),
        record.model,
        outcome(record.outcome),
        "\n".join(f"{of.name} {of.figure(value)}" for name, value in record.criteria.items() for of in [measure_in(name)]),
        "\n".join(text(AREA, note) for note in notes),
    ]


def _open() -> click.Command:
    @command("open", AREA)
    @click.argument("run")
    @click.argument("out", type=FILE)
    def open_run(output: Output, run: str, out: Path) -> None:
        from optplan.files import write_atomically
        from optplan.store import open_store

        output.writable(out, suffix=".json")
        with open_store() as store:
            if store.has_answer(run):
                kept = store.kept_answer(run)
                write_atomically(out, json.dumps(kept.document, ensure_ascii=False, indent=1).encode("utf-8"))
                output.document({"answer": kept.record.id, "written": str(out)})
                _tell(output, "opened", run=kept.record.short, file=out)
                return
            record, content = store.record(run), store.result_file(run)
        write_atomically(out, content)
        output.document({"run": record.id, "written": str(out)})
        _tell(output, "opened", run=record.short, file=out)

    return open_run


def _replay() -> click.Command:
    @command("replay", AREA)
    @click.argument("run")
    @click.option("--out", type=FILE, help=say("option-out", AREA))
    def replay(output: Output, run: str, out: Path | None) -> None:
        from optplan.console.progress import watching
        from optplan.document.canonical import canonical_bytes
        from optplan.store import open_store
        from optplan.store.contents import sha_of
        from optplan.store.replay import answer_again

        output.writable(out)
        with open_store() as store:
            if store.has_answer(run):
                _replay_answer(output, store, run, out)
                return
            question = store.question(run)
        with watching(question.terms.model, question.plan.tables) as (progress, cancel):
            replayed = answer_again(question, progress=progress, cancel=cancel)
        if out is not None and replayed.now.has_schedule:
            replayed.now.to_json(out)
        cut = cancel.is_set() and replayed.now.status != replayed.before.status
        output.document({**replayed.as_dict(), "stopped": cut})
        run, content = question.run[:10], canonical_bytes(replayed.now)
        if cut:
            _tell(output, "replay-cut")
            output.exit_code = LIMIT_WITH_PLAN
            return
        if replayed.same:
            _tell(output, "replay-same", run=run, size=count(len(content)), sha=sha_of(content))
        else:
            _tell(output, "replay-differs", run=run, parts=", ".join(replayed.differs_in))
        for tool, (then, now) in replayed.tools.items():
            _tell(output, "replay-tools", tool=tool, then=then, now=now)
        output.exit_code = DONE if replayed.same else RULE_BROKEN

    return replay


def _replay_answer(output: Output, store: Store, asked: str, out: Path | None) -> None:
    """Ask again what an answer answers, and compare."""
    from optplan.console.progress import interruptible
    from optplan.questions import replay_answer

    with interruptible() as cancel:
        replayed = replay_answer(store, asked, cancel=cancel)
    if out is not None:
        replayed.now.to_json(out)
    output.document({"answer": asked, "same": replayed.same, "differs_in": list(replayed.differs_in)})
    if replayed.same:
        _tell(output, "replay-answer-same", answer=asked)
    else:
        _tell(output, "replay-differs", run=asked, parts=", ".join(replayed.differs_in))
    output.exit_code = DONE if replayed.same else RULE_BROKEN


def _answers() -> click.Command:
    @command("answers", AREA)
    @click.option("--plan", help=say("option-plan", AREA))
    @click.option("--limit", type=click.IntRange(min=1), help=say("option-limit", AREA))
    def answers(output: Output, plan: str | None, limit: int | None) -> None:
        from optplan.store import open_store

        with open_store() as store:
            records = store.answers(plan=plan, limit=limit)
        output.document({"store": store.place, "answers": [record.as_dict() for record in records]})
        rows = [
            [
                record.short, _local(record.when), record.who, record.plan_title, record.question,
                text("answers", f"status-{record.status}"), (record.run or "")[:10],
            ]
            for record in records
        ]  # fmt: skip
        names = ("answer", "when", "who", "plan", "question", "status", "run")
        title = text(AREA, "answers-title", None, place=store.place)
        output.tables([(title, [text(AREA, f"column-{name}") for name in names], rows)])

    return answers


def _check() -> click.Command:
    @command("check", AREA)
    @click.option("--head", help=say("option-head", AREA))
    def check(output: Output, head: str | None) -> None:
        from optplan.store import open_store

        with open_store() as store:
            faults, entries = store.check(head), store.audit_log()
            runs = store.runs(retired=True)
        last = entries[-1].hash if entries else "0" * 64
        output.document(
            {
                "store": store.place,
                "sound": not faults,
                "runs": len(runs),
                "entries": len(entries),
                "head": last,
                "faults": [fault.as_dict() for fault in faults],
            }
        )
        if faults:
            _tell(output, "check-faults", number=len(faults))
            output.lines(fault.message() for fault in faults)
            output.exit_code = RULE_BROKEN
            return
        _tell(output, "check-sound", runs=len(runs), entries=len(entries), head=last)
        _tell(output, "check-head")

    return check


def _approve() -> click.Command:
    @command("approve", AREA)
    @click.argument("run")
    @click.option("--reason", default="", help=say("option-reason", AREA))
    def approve(output: Output, run: str, reason: str) -> None:
        from optplan.store import open_store

        with open_store() as store:
            record = store.approve(run, reason)
        output.document(record.as_dict())
        _tell(output, "approved", run=record.short)

    return approve


def _retire() -> click.Command:
    @command("retire", AREA)
    @click.argument("subject")
    @click.option("--reason", default="", help=say("option-reason", AREA))
    def retire(output: Output, subject: str, reason: str) -> None:
        from optplan.store import open_store

        with open_store() as store:
            found = store.retire(subject, reason)
        output.document({"retired": found})
        _tell(output, "retired", subject=found[:10])

    return retire


def _log() -> click.Command:
    @command("log", AREA)
    def log(output: Output) -> None:
        from optplan.store import open_store

        with open_store() as store:
            entries = store.audit_log()
        output.document({"store": store.place, "entries": [entry.as_dict() for entry in entries]})
        names = ("number", "when", "who", "action", "subject", "reason")
        rows = [
            [
                entry.number,
                _local(entry.when),
                entry.who,
                text(AREA, f"action-{entry.action}"),
                f"{text(AREA, f'kind-{entry.kind}')} {entry.subject[:10]}",
                entry.reason,
            ]
            for entry in entries
        ]
        title = text(AREA, "log-title", None, place=store.place)
        output.tables([(title, [text(AREA, f"column-{name}") for name in names], rows)])

    return log


def _store() -> click.Group:
    makers = {"check": _check, "answers": _answers, "approve": _approve, "retire": _retire, "log": _log}
    return Commands("store", makers, help=say("command-store", AREA))


STORE_COMMANDS = {"history": _history, "open": _open, "replay": _replay, "store": _store}
