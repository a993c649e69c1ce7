"""Scenarios as bytes and back: the very text of the file they were read from, so that comments in it are kept too."""

from __future__ import annotations

import json

from optplan.scenarios import Scenario
from optplan.scenarios.reading import parse_scenario
from optplan.scenarios.writing import account_lines, change_lines
from optplan.store.contents import encoded, plain


def scenario_bytes(scenario: Scenario, parent: str | None) -> bytes:
    """The content of ``scenario``, whose parent is kept under ``parent``."""
    toml = scenario.toml or written(scenario)
    return encoded(plain({"name": scenario.name, "parent": parent, "file": bool(scenario.file), "toml": toml}))


def scenario_from(content: bytes, sha: str, parent: Scenario | None) -> Scenario:
    """The scenario with that content.

    One that was read from a file says so again: where several scenarios share a parent, its file tells that it is the same.
    """
    held = json.loads(content)
    read = parse_scenario(held["toml"], f"{held['name']}.toml", parent)
    file = f"{held['name']}@{sha[:10]}.toml" if held["file"] else ""
    return read.model_copy(update={"name": held["name"], "file": file})


def written(scenario: Scenario) -> str:
    """A scenario that was made in Python as the text of a file; the parent is left out."""
    lines = account_lines(scenario)
    for change in scenario.changes:
        lines += ["", *change_lines(change)]
    return "\n".join(lines) + "\n"
