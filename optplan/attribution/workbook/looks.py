"""How figures of an attribution look in cells: criteria as everywhere else, as percentages and money."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from optplan.attribution.figures import FigureKey, Headline
from optplan.attribution.words import measure
from optplan.workbook.criterion_look import criterion_look
from optplan.workbook.styles import FRACTIONAL, Look

if TYPE_CHECKING:
    from optplan.attribution.division import Division


def in_cells(attribution: Division) -> Division:
    """The attribution with criteria as cells hold them: of percentages the share."""

    def shown(headline: Headline) -> Headline:
        wholes = {key: how.whole for key in headline.values if (how := measure(attribution, key))}
        values = {key: value / wholes.get(key, 1) for key, value in headline.values.items()}
        return Headline(values, {key: bound / wholes[key] for key, bound in headline.bounds.items()})

    answers = {
        subset: answer if answer.headline is None else replace(answer, headline=shown(answer.headline))
        for subset, answer in attribution.answers.items()
    }
    return replace(attribution, answers=answers)


def look_of(attribution: Division, figure: FigureKey, *, sign: bool = False) -> Look:
    """The look of a figure: criteria by their unit, money and units with two decimals; ``sign``: of a change."""
    how = measure(attribution, figure)
    look = Look(FRACTIONAL, "right") if how is None else criterion_look(how, finer=True)
    plain = look.format.partition(";")[0]
    return look.but(format=f'+{plain};-{plain};"–"') if sign else look
