"""What-ifs about one plan: answered by a session, and each solved from the beginning."""

from __future__ import annotations

from pathlib import Path

from benchmarks.asking import COLD, QUICK, SESSION, Answered, Answers
from benchmarks.measures import Time, figure, mean, middle, ratio, spread
from benchmarks.tables import table
from optplan.decision_model import DecisionModel, read_model


def ask_section(path: Path) -> str:
    """The section on the answers in ``path``."""
    name = path.stem.removeprefix("ask-")
    answers = Answers(path.parent, name).newest()
    lines = []
    for model, seed in sorted({(one.model, one.seed) for one in answers.values()}):
        mine = {(how, number): one for (how, number, m, s), one in answers.items() if (m, s) == (model, seed)}
        lines.append(_section(name, read_model(model), mine))
    return "\n".join(lines)


def _section(name: str, model: DecisionModel, answers: dict[tuple[str, int], Answered]) -> str:
    numbers = sorted({number for _, number in answers})
    rows, ratios = [], []
    for number in numbers:
        cold, warm = answers.get((COLD, number)), answers.get((SESSION, number))
        cells = [str(number), next(one.title for (_, which), one in answers.items() if which == number)]
        cells += [figure(one.seconds) if one else "–" for one in (cold, warm)]
        if cold and warm:
            over = ratio(Time(warm.seconds), Time(cold.seconds))
            if number:
                ratios.append(over)
            cells += [str(over), _agreement(warm, cold, model)]
        else:
            cells += ["–", "–"]
        quick = answers.get((QUICK, number))
        rows.append([*cells, figure(quick.seconds) if quick else "–"])
    cold_times = [Time(one.seconds) for (how, number), one in answers.items() if how == COLD and number]
    text = f"## What-ifs: `{name}`, decision model `{model.name}`\n\n"
    if (COLD, 0) in answers:
        text += f"The plan itself from the beginning: {figure(answers[COLD, 0].seconds)} s. "
    if cold_times:
        text += f"Its what-ifs from the beginning: {mean(cold_times)} s in the mean. "
    text += f"A session's time over that: {spread(ratios)}.\n\n" if ratios else "No session has been measured.\n\n"
    if quick_times := [Time(one.seconds) for (how, number), one in answers.items() if how == QUICK and number]:
        text += f"A session that stops at good enough takes, median and worst, {middle(quick_times)} s a what-if.\n\n"
    head = ["", "what if", "from the beginning, s", "session, s", "ratio", "values", "session, good enough, s"]
    return text + table(head, rows)


def _agreement(warm: Answered, cold: Answered, model: DecisionModel) -> str:
    """Whether a session's values are no worse than those from the beginning, at the tolerance of the model."""
    if warm.status != cold.status:
        return f"{warm.status}, not {cold.status}"
    for criterion in model.criteria:
        ours, theirs = warm.values.get(criterion.name), cold.values.get(criterion.name)
        if ours is None or theirs is None:
            continue
        allowed = max(float(criterion.tolerance), float(criterion.relative_tolerance) * theirs) + 1e-6 * max(1.0, theirs)
        if ours > theirs + allowed:
            return f"{criterion.name} worse"
        if ours < theirs - 1e-6 * max(1.0, theirs) or ours > theirs + 1e-6 * max(1.0, theirs):
            return "agree within tolerances"  # what comes after was held to other values
    return "agree"
