"""A draft as a scenario, and as a TOML file that a person can read: every change under a remark that says it in words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from optplan.editing.sentences import sentences
from optplan.language import text
from optplan.scenarios import Change, Scenario
from optplan.scenarios.reading import parse_scenario
from optplan.tables.content import Tables

LONGEST_REMARK = 300  # characters
KEYS = ("table", "action", "where", "set", "column", "factor", "rows")  # of a change, in the order in which it is read
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]+")


def scenario_of(
    base: Tables, changes: Sequence[Change], *, title: str, author: str = "", reason: str = "", language: str | None = None
) -> Scenario:
    """A scenario with these changes; its text is what :func:`toml_of` writes. ``changes`` must not be empty."""
    plain = Scenario(name=title[:100], title=title[:200], author=author[:100], reason=reason[:2_000], changes=tuple(changes))
    toml = toml_of(base, plain, language)
    read = parse_scenario(toml, f"{plain.name}.toml", None)
    return read.model_copy(update={"file": "", "lines": ()})


def toml_of(base: Tables, scenario: Scenario, language: str | None = None) -> str:
    """The scenario as a file, its parents' changes written before its own."""
    changes = tuple(change for member in scenario.lineage for change in member.changes)
    lines = [f"# {text('editing', 'scenario-remark', language)}"]
    for name in ("name", "title", "title_en", "author", "reason", "reason_en"):
        if getattr(scenario, name) or name == "title":
            lines.append(f"{name} = {_value(getattr(scenario, name))}")
    for change, sentence in zip(changes, sentences(base, changes, language), strict=True):
        lines += ["", f"# {_UNPRINTABLE.sub(' ', sentence)[:LONGEST_REMARK]}", "[[changes]]"]
        told = change.model_dump()
        lines += [f"{name} = {_told(name, told[name])}" for name in KEYS if told.get(name) not in (None, {}, ())]
    return "\n".join(lines) + "\n"


def _told(name: str, value: Any) -> str:
    if name == "rows":
        return "[\n" + "".join(f"  {_value(row)},\n" for row in value) + "]"
    if name == "where":
        return _value({column: cells[0] if len(cells) == 1 else cells for column, cells in value.items()})
    return _value(value)


def _value(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int():
            return str(value)
        case float() | Decimal():
            digits = format(Decimal(format(value, ".15g")) if isinstance(value, float) else value, "f")
            return digits if "." in digits else f"{digits}.0"
        case Mapping():
            return "{ " + ", ".join(f"{_key(str(name))} = {_value(part)}" for name, part in value.items()) + " }"
    return "[" + ", ".join(_value(part) for part in value) + "]"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)
