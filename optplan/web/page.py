"""The page: eight pages beside each other, in the visitor's language, with plan, result and user in the sidebar."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from optplan.web.desk import Desk
from optplan.web.drafts import address_script, restore_draft
from optplan.web.plan_choice import PARAMETER, name_in_address, restore_plan
from optplan.web.sidebar import show_sidebar
from optplan.web.signing_in import admitted, show_door
from optplan.web.uploads import withdraw
from optplan.web.widgets.guard import guarded
from optplan.web.words import words_of

say = words_of("web")
PAGES = {
    "overview": ":material/dashboard:",
    "inputs": ":material/edit_note:",
    "solving": ":material/calculate:",
    "schedule": ":material/calendar_month:",
    "asking": ":material/contact_support:",
    "comparing": ":material/compare_arrows:",
    "tracking": ":material/fact_check:",
    "history": ":material/history:",
}
LOOK = Path(__file__).with_name("look.css")
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


def show() -> None:
    """Draw the page; Streamlit runs this again on every touch."""
    desk = Desk()
    with desk.speaking():
        st.set_page_config(page_title=say("title"), page_icon="🚒", layout="wide")
        inside = admitted(desk)
        if not inside:
            withdraw()
        else:
            restore_plan(desk)
    with desk.speaking():  # with the names of years of the plan that is worked on
        pages = [
            st.Page(
                _drawn(name, desk) if inside else show_door,
                title=say(f"page-{name}"),
                icon=icon,
                url_path=name,
                default=name == "overview",
            )
            for name, icon in PAGES.items()
        ]
        st.html(LOOK)
        # what reads a page aloud speaks the language that its root says
        script = f"document.documentElement.lang = '{desk.language}'"
        if inside:
            restore_draft(desk)
            script = f"{script};\n{address_script(desk, **{PARAMETER: name_in_address(desk)})}"
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
        chosen = st.navigation(pages, position="sidebar" if inside else "hidden")
        _corner(desk, next((name for name, page in zip(PAGES, pages, strict=True) if page is chosen), "") if inside else "")
        if inside:
            desk.pages = dict(zip(PAGES, pages, strict=True))
            with guarded(), st.sidebar:
                show_sidebar(desk)
        chosen.run()


def _drawn(name: str, desk: Desk) -> Callable[[], None]:
    def draw() -> None:
        with guarded():
            importlib.import_module(f"optplan.web.{name}.page").show(desk)

    return draw


def _corner(desk: Desk, name: str) -> None:
    """Beside the title, for phones fold the sidebar away: what the page ``name`` answers, and the other language."""
    (other,) = LANGUAGE_NAMES.keys() - {desk.language}

    def switch() -> None:
        desk.language = other

    with st.container(key="language-switch", horizontal=True, gap="small"):
        if name:
            with st.popover(say("help"), icon=":material/help:", type="tertiary"):
                st.markdown(say(f"help-{name}"))
        st.button(LANGUAGE_NAMES[other], key="language", type="tertiary", icon=":material/translate:", on_click=switch)


if __name__ == "__main__":
    show()
