"""What a wish would cost: which wish, in lists to choose from."""

from __future__ import annotations

import streamlit as st

from optplan.questions import WhyNot, why_not
from optplan.web.asking.subject import About
from optplan.web.words import in_language, plain, words_of

say = words_of("web_asking")
KINDS = ("item", "project", "target", "standard", "team")
LONGEST = 120.0  # seconds
SENSES = (">=", "<=", "=")
SENSE_NAMES = {">=": "at-least", "<=": "at-most", "=": "exactly"}


def show_form(about: About) -> None:
    """Draw the form, and ask once the button is pressed."""
    plan = about.plan
    kinds = [kind for kind in KINDS if _subjects(about, kind)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            say("wish"), kinds, format_func=lambda each: say(f"wish-{each}").words, key=in_language("asking.kind")
        )
        table = {"item": "groups", "project": "projects", "target": "targets", "standard": "standards", "team": "teams"}[kind]
        subject = st.selectbox(
            say("subject"),
            _subjects(about, kind),
            format_func=lambda key: about.called(table, key),
            key=in_language(f"asking.subject-{kind}"),
        )
        county = ""
        if kind in {"item", "standard"}:
            county = st.selectbox(
                say("county"),
                list(plan.counties),
                format_func=lambda key: about.called("counties", key),
                key=in_language("asking.county"),
            )
        year = None if kind == "target" else st.selectbox(say("year"), list(plan.open_years), key="asking.year")
        sense, quantity = ">=", 1.0
        if kind == "item":
            sense = st.selectbox(
                say("sense"),
                SENSES,
                format_func=lambda each: say(f"sense-{SENSE_NAMES[each]}").words,
                key=in_language("asking.sense"),
            )
        if kind in {"item", "target"}:
            quantity = st.number_input(say("quantity"), min_value=0.0, value=1.0, step=1.0, format="%g", key="asking.quantity")
    typed = st.text_input(say("typed"), placeholder="ITEM:COUNTY:YEAR>=N", help=say("typed-help"), key="asking.typed")
    if not st.button(say("ask-why-not"), type="primary", key="asking.ask-why-not"):
        return
    wishes = [part for part in typed.replace("；", ";").split(";") if part.strip()]
    asked = wishes or [_wish(kind, subject, county, year, sense, quantity)]
    place = st.empty()

    def first(answer: WhyNot) -> None:
        """What is good enough is shown while the search goes on."""
        place.info("  \n".join(plain(said) for said in (*answer.sentences()[:4], say("goes-on").words)))

    with st.spinner(say("asking")):
        answer = why_not(plan, about.result, asked, reference=about.reference, first=first, time_limit=LONGEST)
    place.empty()
    about.keep("why-not", answer)


def _subjects(about: About, kind: str) -> list[str]:
    plan = about.plan
    match kind:
        case "item":
            return list(plan.groups)
        case "project":
            return [name for name, project in plan.projects.items() if project.started is None]
        case "target":
            return [target.target for target in plan.targets]
        case "standard":
            return sorted(plan.standard_items)
        case _:
            return list(plan.teams)


def _wish(kind: str, subject: str, county: str, year: int | None, sense: str, quantity: float) -> str:
    match kind:
        case "item":
            return f"{subject}:{county}:{year}{sense}{quantity:g}"
        case "target":
            return f"target:{subject}>={quantity:g}"
        case "standard":
            return f"standard:{subject}:{county}:{year}"
        case _:
            return f"{kind}:{subject}:{year}"
