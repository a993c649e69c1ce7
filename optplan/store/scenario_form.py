"""Scenarios as bytes and back: the very text of the file they were read from, so that comments in it are kept too."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from optplan.scenarios import Scenario
from optplan.scenarios.reading import parse_scenario
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
    lines = [
        f"{name} = {_value(said)}"
        for name in ("name", "title", "title_en", "author", "reason", "reason_en")
        if (said := getattr(scenario, name)) or name == "title"
    ]
    for change in scenario.changes:
        lines += ["", "[[changes]]"]
        lines += [f"{name} = {_value(value)}" for name, value in change.model_dump().items() if value not in ({}, ())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int():
            return str(value)
        case float():
            return _value(Decimal(format(value, ".15g")))  # as cells are read
        case Decimal():
            digits = format(value, "f")
            return digits if "." in digits else f"{digits}.0"
        case Mapping():
            return "{ " + ", ".join(f"{_value(str(name))} = {_value(part)}" for name, part in value.items()) + " }"
        case Sequence():
            return "[" + ", ".join(_value(part) for part in value) + "]"
    raise TypeError(type(value))
