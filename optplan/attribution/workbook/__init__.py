"""Why two answers differ, as a workbook: each figure's change divided over groups of changes, all by formula.

The figures of every set of groups stand as values on one sheet, with the weight that each counts in the part of each group;
parts, effects one at a time, sums and charts follow them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from optplan.language import current_language, speaking
from optplan.tables.year_labels import calling_years_of

if TYPE_CHECKING:
    from optplan.attribution.division import Division


def export_attribution(attribution: Division, path: str | Path, language: str | None = None) -> None:
    """Write ``attribution`` as a workbook, replacing an older one as a whole or not at all.

    Raises :class:`InputError` (``attribution-without-plan``) if the change cannot be divided.
    """
    from optplan.attribution.chosen_groups import problem
    from optplan.attribution.workbook.compose import compose, title_of

    if not attribution.divisible:
        raise problem("attribution-without-plan")
    with speaking(language or current_language()), calling_years_of(attribution.base.tables):
        compose(attribution).save(path, title_of(attribution))
