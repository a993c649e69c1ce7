"""What people call the scenarios and the decision model of a result, which carries only the short names of scenarios."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from optplan.document.document import ResultDocument
from optplan.language import bilingual, current_language
from optplan.scenarios import read_scenario
from optplan.store import StoreError
from optplan.tables.findings import InputError
from optplan.web.cache.plans import PLANS
from optplan.web.desk import store


def model_title(result: ResultDocument) -> str:
    """What the decision model of a result is called."""
    content = result.document["model_content"]
    return bilingual(content["title"], content.get("title_en"))


def scenario_title(name: str) -> str:
    """What people call the scenario ``name``, in the current language, if it ships or the store has it; else that name."""
    titles = _titles(PLANS / "scenarios").get(name) or _kept_titles(name)
    return titles.get(current_language()) or name


@st.cache_resource(show_spinner=False, ttl=60, max_entries=1_000)
def _kept_titles(name: str) -> dict[str, str]:
    """By language; none where scenarios of that name are called differently."""
    try:
        found = {(scenario.title, scenario.title_en) for scenario in store().scenarios_called(name)}
    except StoreError:
        return {}
    if len(found) != 1:
        return {}
    title, title_en = found.pop()
    return {"zh": title, "en": title_en or title}


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
