"""A scenario as the text of a file (TOML): its account, then its changes, each cell as it was given."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from optplan.scenarios.scenario import Account, Change

ACCOUNT = ("name", "title", "title_en", "author", "reason", "reason_en")
KEYS = ("table", "action", "where", "set", "column", "factor", "rows")  # of a change, in the order in which it is read
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def account_lines(account: Account) -> list[str]:
    """What a scenario is called, who asks and why, a line for each that is said."""
    return [f"{name} = {_value(said)}" for name in ACCOUNT if (said := getattr(account, name)) or name == "title"]


def change_lines(change: Change) -> list[str]:
    """A change under its heading, a line for each part of it."""
    told = change.model_dump()
    return ["[[changes]]", *(f"{name} = {_told(name, told[name])}" for name in KEYS if told.get(name) not in (None, {}, ()))]


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
            digits = format(Decimal(format(value, ".15g")) if isinstance(value, float) else value, "f")  # as cells are read
            return digits if "." in digits else f"{digits}.0"
        case Mapping():
            return "{ " + ", ".join(f"{_key(str(name))} = {_value(part)}" for name, part in value.items()) + " }"
    return "[" + ", ".join(_value(part) for part in value) + "]"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)
