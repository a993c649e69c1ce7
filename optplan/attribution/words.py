"""An attribution in words: names instead of ids, what stands out in sentences, and what has no plan, with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING

from optplan.attribution.answers import FAILED, INVALID, Answer
from optplan.attribution.figures import COST, CRITERION, FUND, MONEY, REQUEST, TARGET, FigureKey
from optplan.comparison.words import PrintedTable
from optplan.figures.criteria import Measure, measures_of
from optplan.figures.proven import outcome
from optplan.language import speaking, text
from optplan.language.lists import listed
from optplan.language.numbers import decimal_of, seconds
from optplan.tables.names import called
from optplan.tables.units import currency_name

if TYPE_CHECKING:
    from optplan.attribution.division import Division, Part

MONEY_DECIMALS = 2
KINDS_OF_TABLE = {"criteria": {CRITERION}, "targets": {TARGET}, "money": {COST, FUND, REQUEST}}
AREA = "attribution"


def figure_names(attribution: Division, language: str) -> dict[FigureKey, str]:
    """What people call each figure; the base plan's name first, the changed plan's where the base has none."""
    before, after = called(attribution.base.tables, language), called(attribution.changed.tables, language)
    names = {kind: {**after[kind], **before[kind]} for kind in ("target", "fund")}
    found = {}
    for key in attribution.figures:
        if key.kind == CRITERION:
            with speaking(language):
                how = measure(attribution, key)
                found[key] = how.name if how else key.name
        elif key.kind == TARGET:
            found[key] = names["target"].get(key.name, key.name)
        elif key.kind == FUND:
            found[key] = text(AREA, "figure-fund", language, name=names["fund"].get(key.name, key.name))
        else:
            found[key] = text(AREA, f"figure-{key.kind}", language)
    return found


def set_name(attribution: Division, subset: int, language: str) -> str:
    """A set of groups in words."""
    if not subset:
        return text(AREA, "none", language)
    if subset == attribution.full:
        return text(AREA, "all", language)
    return " + ".join(attribution.names(subset))


def measure(attribution: Division, key: FigureKey) -> Measure | None:
    """How a criterion is shown, as everywhere else; ``None`` for other figures."""
    if key.kind != CRITERION:
        return None
    return measures_of(attribution.base.tables)(key.name)


def shown(attribution: Division, value: Fraction | None, key: FigureKey, *, sign: bool = False) -> str:
    """A figure with as many decimals as its kind has, criteria with their unit; ``None`` as a dash. ``sign``: it is a change."""
    if value is None:
        return "—"
    how = measure(attribution, key)
    decimals = MONEY_DECIMALS if how or key.kind in MONEY else 0 if value.denominator == 1 else 2
    rounded = round(decimal_of(value / how.per if how else value), decimals)
    if rounded == 0:
        return "0"
    if how is None:
        return f"{rounded:{'+' if sign else ''},.{decimals}f}"
    return ("+" if sign and rounded > 0 else "-" if rounded < 0 else "") + how.words(
        abs(rounded), "distance" if sign else "figure"
    )


def why_unanswered(answer: Answer, language: str) -> str:
    """Why a set of groups has no plan, and what can be done about it; blank where it has one."""
    if answer.headline is not None:
        return ""
    if answer.status == INVALID:
        errors = [finding for finding in answer.findings if finding.severity == "error"]
        return text(AREA, "why-invalid", language, problem=errors[0].message(language) if errors else "")
    if answer.status == FAILED:
        lines = answer.log.strip().splitlines()
        return text(AREA, "why-failed", language, log=lines[-1][:200] if lines else "")
    if answer.status == "infeasible" and answer.broken_rule:
        rule = " ".join([text("cli", f"rule-{answer.broken_rule[0]}", language), *answer.broken_rule[1:]])
        return text(AREA, "why-infeasible-rule", language, rule=rule)
    return text(AREA, f"why-{answer.status}", language)


def sentences(attribution: Division, language: str) -> list[str]:
    """What each criterion's change is due to, what the groups do together, and which sets have no plan and why."""
    with speaking(language):  # so do the units of figures
        return _sentences(attribution, language)


def _sentences(attribution: Division, language: str) -> list[str]:
    said = []
    if not attribution.divisible:
        for subset, name in ((0, "no-plan-base"), (attribution.full, "no-plan-changed")):
            answer = attribution.answers[subset]
            if answer.headline is None:
                said.append(text(AREA, name, language, status=outcome(answer.status, language)))
        said = said or [text(AREA, "no-orders", language)]
    names = figure_names(attribution, language)
    for key in attribution.figures:
        if key.kind == CRITERION:
            said.append(_sentence(attribution, key, names[key], language))
    every = factorial(len(attribution.groups))
    if attribution.divisible and attribution.orders.total < every:
        said.append(text(AREA, "some-orders", language, orders=attribution.orders.total, all=every))
    said += [
        text(
            AREA, "blocked", language,
            groups=set_name(attribution, subset, language), why=why_unanswered(attribution.answers[subset], language),
        )
        for subset in attribution.unanswered
    ]  # fmt: skip
    if attribution.divisible:
        said.append(text(AREA, "not-bounded", language))
    return said


def _sentence(attribution: Division, key: FigureKey, name: str, language: str) -> str:
    change, together = attribution.change(key), attribution.together(key)
    moving = [
        (group.name, each)
        for group, each in zip(attribution.groups, attribution.parts[key], strict=True)
        if each.part or each.open
    ]
    moving.sort(key=lambda pair: -abs(pair[1].part))
    parts = text(AREA, "said-separator", language).join(
        text(
            AREA, "said-part" if each.settled is not False else "said-part-open", language,
            group=group, part=shown(attribution, each.part, key, sign=True),
        )
        for group, each in moving
    )  # fmt: skip
    said = text(
        AREA, f"said-{'rise' if change > 0 else 'fall' if change < 0 else 'same'}", language,
        figure=name,
        base=shown(attribution, attribution.values[key][0], key),
        changed=shown(attribution, attribution.values[key][attribution.full], key),
        change=shown(attribution, change, key, sign=True),
        parts=parts or text(AREA, "said-nothing", language),
    )  # fmt: skip
    if together and shown(attribution, together, key) != "0":
        said += " " * (language == "en") + text(
            AREA, "said-together", language, together=shown(attribution, together, key, sign=True)
        )
    return said


def settled_name(part: Part, language: str) -> str:
    """Whether a part is larger than what the bounds leave open, in a word."""
    return text(AREA, f"settled-{'none' if part.settled is None else 'yes' if part.settled else 'no'}", language)


def printed(attribution: Division, language: str) -> list[PrintedTable]:
    """The groups; criteria, targets and money with a row for each group's part; and what came out of each set."""
    with speaking(language):
        return _printed(attribution, language)


def _printed(attribution: Division, language: str) -> list[PrintedTable]:
    currency = currency_name(attribution.base.tables, language)

    def table(name: str, heads: Sequence[str], rows: list[list[str]]) -> PrintedTable:
        title = text(AREA, f"table-{name}", language, currency=currency)
        return PrintedTable(title, [text(AREA, f"column-{head}", language) for head in heads], rows)

    found = [table("groups", ("group", "cells", "what"), _groups(attribution, language))]
    for name, kinds in KINDS_OF_TABLE.items():
        keys = [key for key in attribution.figures if key.kind in kinds and any(attribution.values[key].values())]
        if name != "criteria":
            keys = [key for key in keys if any(part.part or part.alone or part.last for part in attribution.parts[key])]
        heads = ("figure", "group", "part", "alone", "last", "open", "settled")
        found.append(table(name, heads, [row for key in keys for row in _parts(attribution, key, language)]))
    solves = [
        [
            set_name(attribution, subset, language),
            outcome(answer.status, language),
            seconds(answer.seconds),
            why_unanswered(answer, language),
        ]
        for subset, answer in sorted(attribution.answers.items())
    ]
    return [*found, table("solves", ("groups", "status", "seconds", "why"), solves)]


def _groups(attribution: Division, language: str) -> list[list[str]]:
    return [
        [
            group.name,
            str(len(group.cells)),
            listed(
                dict.fromkeys(
                    text("tables", change.cell.table, language) for change in attribution.changes if change.cell in group.cells
                ),
                language,
            ),
        ]
        for group in attribution.groups
    ]


def _parts(attribution: Division, key: FigureKey, language: str) -> list[list[str]]:
    """A row with the figure in both plans, and a row for each group's part."""
    values = attribution.values[key]
    span = f"{shown(attribution, values[0], key)} → {shown(attribution, values[attribution.full], key)}"
    name = figure_names(attribution, language)[key]
    rows = [[name, span, shown(attribution, attribution.change(key), key, sign=True), "", "", "", ""]]
    for group, part in zip(attribution.groups, attribution.parts[key], strict=True):
        effects = [shown(attribution, value, key, sign=True) for value in (part.part, part.alone, part.last)]
        left_open = "" if part.open is None else f"±{shown(attribution, part.open, key)}"
        rows.append(["", group.name, *effects, left_open, settled_name(part, language)])
    return rows
