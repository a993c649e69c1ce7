"""Why something is missing: which target falls short, or what a county lacks of a standard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import streamlit as st

from optplan.answers import Answer
from optplan.explanation import Explanation, explain_missing
from optplan.explanation.explain import Progress
from optplan.explanation.missing_sentences import told_so_far
from optplan.figures.reasons import Reasons
from optplan.language import current_language, text, year_name
from optplan.language.numbers import quantity
from optplan.office.inquiries import Inquiry
from optplan.plan import Plan
from optplan.result import Result
from optplan.tables.content import Tables
from optplan.web.asking.subject import About, Asked, answered_apart
from optplan.web.cache.results import figures_of
from optplan.web.widgets.choice import choose
from optplan.web.words import plain, words_of

say = words_of("web_asking")
LONGEST = 40.0  # seconds
MORE = 60.0  # seconds beyond what it took, if it is asked once more


def show_form(about: About) -> Asked | None:
    """Draw the form; ``None`` where nothing is missing."""
    missing = missing_in(about)
    if not missing:
        st.success(say("nothing-missing"))
        return None
    chosen = choose(
        say("what-is-missing", number=len(missing)), list(missing), missing.__getitem__, "asking.missing"
    )  # fmt: skip
    if shown := _as_the_figures_show(about, str(chosen)):
        st.caption(say("figures-show", reason=plain(shown)))
    return why_missing(about, str(chosen))


def _as_the_figures_show(about: About, missing: str) -> str:
    """The reason that can be seen without a search; none for years before the last."""
    figures = figures_of(about.result)
    kind, subject, *place = missing.split(":")
    if kind == "target":
        return Reasons(figures).of_target(next(row for row in figures.tables["targets"] if row["target"] == subject))
    county, year = place
    return Reasons(figures).of_gap(subject, county) if int(year) == figures.last else ""


def why_missing(about: About, chosen: str) -> Asked:
    """Why something is missing, to be asked."""

    def work(inquiry: Inquiry, earlier: Answer | None) -> Answer:
        def told(news: tuple[str, int, dict[str, Any] | None]) -> None:
            stage, number, so_far = news
            known = [] if so_far is None else told_so_far(so_far, current_language())
            inquiry.news = "\n".join([*known, text("explanation", f"progress-{stage}", found=number)])

        seconds = LONGEST if earlier is None else max(LONGEST, earlier.document["seconds"] + MORE)
        given = (about.plan.tables, about.result.document, chosen, seconds)
        found = Explanation(answered_apart(inquiry, seconds, told, asked_apart, *given))
        return found if earlier is None or found.conflicts or found.status == "feasible" else earlier

    return Asked((chosen,), work)


def longer(about: About, answer: Answer) -> Asked | None:
    """The same question with more time, where the time was too short to settle it."""
    if not isinstance(answer, Explanation) or "missing" not in answer.document["asked"]:
        return None
    displaced = answer.document.get("displaced", {}).get("status") != "unknown"
    proven = answer.conflicts and all(conflict["irreducible"] for conflict in answer.conflicts)
    if answer.status == "feasible" or (answer.status == "infeasible" and proven and displaced):
        return None
    return replace(why_missing(about, answer.document["asked"]["missing"]), long=True)


def missing_in(about: About) -> dict[str, str]:
    """What :func:`optplan.explain_missing` can be asked of the result, in words: the last year first, then the widest."""
    document, found = about.result.document, list[tuple[tuple[object, ...], str, str]]()
    for row in document["targets"]:
        if (short := Decimal(str(row["shortfall"]))) > 0:
            said = say("missing-target", target=about.called("targets", row["target"]), short=quantity(short))
            found.append(((0, -short / Decimal(str(row["total"]))), f"target:{row['target']}", said.words))
    for row in document["gaps"]:
        if (short := Decimal(str(row["gap"]))) > 0:
            standard, county, year = row["standard"], row["county"], row["year"]
            said = say(
                "missing-standard", standard=about.called("standards", standard), county=about.called("counties", county),
                year=year_name(year), short=quantity(short),
            )  # fmt: skip
            rank = (1, -year, -short / Decimal(str(row["required"])))
            found.append((rank, f"standard:{standard}:{county}:{year}", said.words))
    return {asked: said for _, asked, said in sorted(found, key=lambda each: (each[0], each[1]))}


def asked_apart(
    tables: Tables,
    result: dict[str, Any],
    missing: str,
    seconds: float,
    *,
    told: Callable[[Any], None],
    cancel: threading.Event,
) -> dict[str, Any]:
    """The document of :func:`optplan.explain_missing`, as another process can be asked for it: it searches where it is called."""

    def moved(news: Progress) -> None:
        told((news.stage, news.found, None if news.so_far is None else news.so_far.document))

    return explain_missing(
        Plan(tables), Result(result), missing, time_limit=seconds, progress=moved, cancel=cancel
    ).document  # fmt: skip
