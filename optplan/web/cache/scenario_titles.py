"""What people call the scenarios and the decision model of a result, which carries only the short names of scenarios."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from optplan.document.document import ResultDocument
from optplan.language import bilingual, current_language
from optplan.scenarios import read_scenario
from optplan.tables.findings import InputError
from optplan.web.cache.plans import PLANS


def model_title(result: ResultDocument) -> str:
    """What the decision model of a result is called."""
    content = result.document["model_content"]
    return bilingual(content["title"], content.get("title_en"))


def scenario_title(name: str) -> str:
    """The title of a scenario that ships, in the current language; any other's name, which a person gave it."""
    titles = _titles(PLANS / "scenarios").get(name)
    return name if titles is None else titles[current_language()]


@st.cache_resource(show_spinner=False, ttl=600)
def _titles(folder: Path) -> dict[str, dict[str, str]]:
    found = {}
    for path in sorted(folder.glob("*/*.toml")):
        try:
            scenario = read_scenario(path)
        except InputError:
            continue  # `optplan check` tells what is wrong with it
        found[scenario.name] = {"zh": scenario.title, "en": scenario.title_en or scenario.title}
    return found
