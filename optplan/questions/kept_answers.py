"""Answers kept in the store with the run that they are about, opened again, and asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from optplan.answers import Answer
from optplan.answers.findings import refused
from optplan.decision_model import DecisionModel
from optplan.explanation import Explanation, explain, explain_missing
from optplan.questions.certain import Certain, certain
from optplan.questions.reach import Reach, reach
from optplan.questions.value import Staircase, Value, staircase, value
from optplan.questions.why_not import WhyNot, why_not

if TYPE_CHECKING:
    from optplan.plan import Plan
    from optplan.result import Result
    from optplan.schedule import Schedule
    from optplan.store import AnswerRecord, Store

CLASSES: dict[str, type[Answer]] = {each.question: each for each in (Explanation, WhyNot, Reach, Value, Staircase, Certain)}


@dataclass(frozen=True)
class ReplayedAnswer:
    """The answer of before and that of now."""

    before: Answer
    now: Answer

    @property
    def differs_in(self) -> tuple[str, ...]:
        """The parts of what a second solve must give again that are not the same."""
        before, now = reproducible(self.before.document), reproducible(self.now.document)
        return tuple(sorted(name for name in {*before, *now} if before.get(name) != now.get(name)))

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return not self.differs_in


def keep_answer(
    store: Store, answer: Answer, plan: Plan, result: Result | None = None, reference: Schedule | None = None
) -> AnswerRecord:
    """Keep an answer with what it was asked about."""
    return store.save_answer(answer.document, plan, result, reference)


def answer_from(document: dict[str, Any]) -> Answer:
    """The answer whose JSON document this is. Raises :class:`InputError` if it is none."""
    kind = CLASSES.get(str(document.get("question")))
    if kind is None:
        raise refused("answer-unreadable", str(document.get("question"))[:80])
    return kind(document)


def open_answer(store: Store, answer: str) -> Answer:
    """A kept answer by the beginning of its id."""
    return answer_from(store.kept_answer(answer).document)


def replay_answer(store: Store, answer: str, **watching: Any) -> ReplayedAnswer:
    """Ask again what was asked, of the same plan and run, and compare. ``watching``: ``cancel``, ``progress`` of the question.

    Raises :class:`InputError` for an answer of a search that was stopped before its end: it cannot be repeated.
    """
    kept = store.kept_answer(answer)
    before, asked = answer_from(kept.document), dict(kept.document["asked"])
    if before.status == "partly" and isinstance(before, (Certain, Reach, Value, Staircase)):
        raise refused("answer-stopped", kept.record.short)
    plan = store.plan(kept.record.plan)
    result = None if kept.record.run is None else store.open(kept.record.run)
    if isinstance(before, Explanation):
        return ReplayedAnswer(before, _explained_again(before, plan, result, kept.reference))
    again: dict[str, Any] = watching | ({} if kept.record.question == "reach" else {"reference": kept.reference})
    return ReplayedAnswer(before, _asked_again(kept.record.question, plan, result, asked, again))


def _explained_again(before: Explanation, plan: Plan, result: Result | None, reference: Schedule | None) -> Explanation:
    asked = before.document["asked"]
    if "missing" in asked:
        assert result is not None
        return explain_missing(plan, result, asked["missing"])
    model = DecisionModel.model_validate(before.document["model_content"])
    return explain(plan, model, scenario=asked["scenario"], reference=reference, worth=False)


def _asked_again(question: str, plan: Plan, result: Result | None, asked: dict[str, Any], again: dict[str, Any]) -> Answer:
    if question == "reach":
        return reach(plan, asked.pop("listed"), asked.pop("by"), **_without(asked, "wishes"), **again)
    assert result is not None
    if question == "why-not":
        return why_not(plan, result, asked.pop("wishes"), **asked, **again)
    if question == "value":
        return value(plan, result, **asked, **again)
    if question == "staircase":
        return staircase(plan, result, asked.pop("fund"), **asked, **again)
    return certain(plan, result, **asked, **again)


def _without(asked: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: each for name, each in asked.items() if name not in names}


def reproducible(document: Mapping[str, Any]) -> dict[str, Any]:
    """What of an answer a second solve must give again: what was reached and settled, not how far proofs had come by then."""
    found: dict[str, Any] = {"question": document["question"], "plan": document["plan"]["sha256"], "status": document["status"]}
    match document["question"]:
        case "explain":
            found["conflicts"] = [
                [(each["table"], each["key"], each["column"]) for each in one["cells"]] for one in document["conflicts"]
            ]
            found["repairs"] = [
                [{name: step[name] for name in step if name != "row"} for step in repair["steps"]]
                for repair in document["repairs"]
            ]  # rows are counted anew where the plan comes from the store
        case "why-not":
            found |= {"granted": document["granted"], "moves": document["moves"]}
            found["criteria"] = [(each["name"], each["after"][1]) for each in document["criteria"]]
        case "reach":
            found |= {name: document[name] for name in ("possible", "impossible", "requests")}
            found["least"] = document["least"] and document["least"][1]
        case "value":
            found["levers"] = sorted(
                (each["lever"], each["step"], each["status"], [(one["name"], one["after"][1]) for one in each["criteria"]])
                for each in document["levers"]
            )
        case "staircase":
            found["points"] = [
                (point["share"], [(each["name"], each["interval"][1]) for each in point["criteria"]])
                for point in document["points"]
            ]
        case _:
            found["cells"] = [
                (each["kind"], each["subject"], each["county"], each["year"], each["low"], each["high"])
                for each in document["cells"]
                if each["settled"]
            ]
    return found
