"""What a wish would cost: a cell of the schedule is clicked, or the wish is chosen from lists or written out."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from optplan.answers import Answer
from optplan.language import year_name
from optplan.language.numbers import quantity
from optplan.office.inquiries import Inquiry
from optplan.questions import WhyNot, why_not
from optplan.web.asking.schedule_table import Chosen, choose_cell
from optplan.web.asking.subject import About, Asked
from optplan.web.widgets.choice import choose
from optplan.web.words import Markdown, in_language, words_of

say = words_of("web_asking")
KINDS = ("item", "project", "target", "standard", "team")
TABLES = {"item": "groups", "project": "projects", "target": "targets", "standard": "standards", "team": "teams"}
LONGEST = 120.0  # seconds
SENSES = (">=", "<=", "=")
SENSE_NAMES = {">=": "at-least", "<=": "at-most", "=": "exactly"}
WITHOUT = "without"
SOON = 4  # sentences of the answer that is good enough, while the search goes on


@dataclass(frozen=True)
class Wished:
    """What is wished, and of which cells the plan is asked to do without."""

    wishes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def show_form(about: About) -> Asked | None:
    """Draw the form; ``None`` until a wish is made."""
    kinds = [kind for kind in KINDS if _subjects(about, kind)]
    kind = st.segmented_control(
        say("wish"), kinds, default=kinds[0], format_func=lambda each: say(f"wish-{each}"), key=in_language("asking.kind"),
        required=True, wrap=True,
    )  # fmt: skip
    wished = _of_cell(about) if kind == "item" else _of_lists(about, str(kind))
    with st.expander(say("typed"), icon=":material/keyboard:"):
        typed = st.text_input(say("typed"), help=say("typed-help"), key="asking.typed", label_visibility="collapsed")
        st.caption(say("typed-help"))
    if written := tuple(part.strip() for part in typed.replace("；", ";").split(";") if part.strip()):
        wished = Wished(written)
    return None if wished is None else cost_of(about, wished)


def cost_of(about: About, wished: Wished) -> Asked:
    """What a wish would cost, to be asked."""

    def work(inquiry: Inquiry, earlier: Answer | None) -> Answer:
        def first(answer: WhyNot) -> None:
            """What is good enough is shown while the search goes on."""
            inquiry.news = "\n".join([*answer.sentences()[:SOON], say("goes-on").words])

        return why_not(
            about.plan, about.result, wished.wishes, without=wished.without, reference=about.reference, first=first,
            time_limit=LONGEST, cancel=inquiry.cancel,
        )  # fmt: skip

    return Asked((wished,), work)


def _of_cell(about: About) -> Wished | None:
    """A wish about the cell that is chosen in the schedule; about what is delivered there: why is it there?"""
    cell = choose_cell(about)
    if cell is None:
        st.info(say("choose-cell"), icon=":material/touch_app:")
        return None
    senses = (WITHOUT, *SENSES) if cell.quantity else (">=", "=")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sense = choose(
            _said(about, cell), senses, lambda each: say(f"sense-{SENSE_NAMES.get(each, each)}").words,
            f"asking.sense-{bool(cell.quantity)}",
        )  # fmt: skip
        if sense == WITHOUT:
            return Wished(without=(cell.place,))
        amount = st.number_input(
            say("quantity"), min_value=0.0, value=float(cell.quantity) + 1.0, step=1.0, format="%g", key=f"asking.{cell.place}"
        )
    return Wished((f"{cell.place}{sense}{amount:.15g}",))


def _said(about: About, cell: Chosen) -> Markdown:
    return say(
        "chosen-cell", county=about.called("counties", cell.county), item=about.called("groups", cell.item),
        year=year_name(cell.year), now=quantity(cell.quantity) if cell.quantity else "0",
    )  # fmt: skip


def _of_lists(about: About, kind: str) -> Wished:
    plan = about.plan
    with st.container(horizontal=True, vertical_alignment="bottom"):
        subject = choose(
            say("subject"), _subjects(about, kind), lambda key: about.called(TABLES[kind], key), f"asking.subject-{kind}"
        )  # fmt: skip
        if kind == "target":
            total = next(target.total for target in plan.targets if target.target == subject)
            amount = st.number_input(
                say("quantity"), min_value=0.0, value=float(total), step=1.0, format="%g", key=f"asking.quantity-{subject}"
            )
            return Wished((f"target:{subject}>={amount:.15g}",))
        county = ""
        if kind == "standard":
            county = choose(
                say("county"), list(plan.counties), lambda key: about.called("counties", key), "asking.county"
            )  # fmt: skip
        year = choose(say("year"), list(plan.open_years), year_name, "asking.year")
    return Wished((f"standard:{subject}:{county}:{year}" if kind == "standard" else f"{kind}:{subject}:{year}",))


def _subjects(about: About, kind: str) -> list[str]:
    plan = about.plan
    match kind:
        case "item":
            return list(plan.items)
        case "project":
            return [name for name, project in plan.projects.items() if project.started is None]
        case "target":
            return [target.target for target in plan.targets]
        case "standard":
            return sorted(plan.standard_items)
        case _:
            return list(plan.teams)
