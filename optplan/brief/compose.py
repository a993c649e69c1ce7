"""Everything that a template of the brief can show, by the names that docs/brief.md lists; every text already in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from optplan.brief.assumptions import LONGEST_GROUND, assumptions_part
from optplan.brief.counties import counties_part, map_note, worst
from optplan.brief.delivery import chart_title, delivery_part, headline, reached
from optplan.brief.money import money_part, who_pays
from optplan.brief.proof import proof_part
from optplan.brief.shortfalls import LONGEST_REASON, shortfalls_part
from optplan.brief.words import say, shortened
from optplan.figures.figures import ZERO, Figures
from optplan.figures.summary import Summary, summarise
from optplan.language import current_language
from optplan.language.lists import listed
from optplan.language.numbers import amount, count, share

if TYPE_CHECKING:
    from optplan.document.document import ResultDocument

LONGEST_TEXT, LONGEST_CELL = 400, 60  # letters
LONGEST = {"title": 120, "county_heads": 24, "reason": LONGEST_REASON, "ground": LONGEST_GROUND}
WORDS = (
    "summary", "proof", "delivers", "where", "money", "cannot", "assumed", "how-good", "target", "delivered", "total", "state",
    "project", "county", "start", "opens", "spent", "gap-share", "payer", "sum", "standard", "required", "stock", "gap", "reason",
    "short", "table", "assumed-rows", "all-rows", "ground", "criterion", "in-plan", "value", "bound", "proof-gap", "proven",
    "chart-money", "shortfalls", "gaps", "projects", "prepared",
)  # fmt: skip


def composed(result: ResultDocument) -> dict[str, Any]:
    """The brief of a sealed result in the current language, but for its pictures."""
    figures, summary = Figures(result), summarise(result, current_language())
    content = {
        "title": figures.title,
        "subtitle": say("subtitle", first=figures.first, last=figures.last),
        "words": {name.replace("-", "_"): say(f"word-{name}", currency=figures.currency, year=figures.last) for name in WORDS}
        | {"chart_deliveries": chart_title(summary)},
        "key_points": _key_points(figures, summary),
        "map_note": map_note(figures),
        **delivery_part(figures, summary),
        **counties_part(figures, summary),
        **money_part(figures, summary),
        **shortfalls_part(figures, summary),
        **assumptions_part(figures, summary),
        **proof_part(figures),
    }
    return {name: _bounded(value, LONGEST.get(name, LONGEST_TEXT)) for name, value in content.items()}


def _bounded(value: Any, letters: int) -> Any:
    """No name, however long, pushes a brief beyond its pages: texts are cut, those of tables sooner, but for reasons."""
    if isinstance(value, str):
        return shortened(value, letters)
    if isinstance(value, list):
        return [_bounded(each, LONGEST_CELL if isinstance(each, dict) else letters) for each in value]
    if isinstance(value, dict):
        return {name: _bounded(each, LONGEST.get(name, letters)) for name, each in value.items()}
    return value


def _key_points(figures: Figures, summary: Summary) -> list[str]:
    """The brief in a few sentences."""
    done, number = reached(summary)
    targets = say("point-all-targets", number=number) if done == number else say("point-targets", done=done, number=number)
    first = headline(summary)
    points = [say("sentence-gap").join([targets, *([say("point-headline", targets=listed(first))] if first else [])])]
    total = sum(summary.payers[-1].by_year, ZERO)
    points.append(
        say(
            "point-money" if total else "point-no-money",
            total=amount(total),
            currency=summary.currency,
            first=summary.open_years[0],
            last=summary.open_years[-1],
            payers=who_pays(figures),
        )
    )
    met, counties, furthest, gap = worst(figures)
    if counties:
        points.append(
            say("point-all-ready", year=figures.last, counties=counties)
            if met == counties
            else say("point-ready", year=figures.last, met=met, counties=counties, furthest=furthest, gap=share(gap))
        )
    if summary.assumptions:
        points.append(say("point-assumptions", number=summary.assumptions, rows=count(summary.rows)))
    return points
