"""The seal over an answer (model.md §5): a hash of all that it says, and what names the place where it was changed.

Version 2 covers every part of the answer, the bounds and the tools included. Version 1, of results that bear no version, covers
plan, model, scenario, decisions and exact criteria; what it leaves out can only be recomputed as far as it follows from those.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from optplan.audit import Audit
from optplan.document.schema import ANSWER, CRITERIA, SECTIONS

VERSION = 2
CHECKED_BY = "optplan.audit 1"
SHORT = 8  # hexadecimal digits of a digest that only names a place; the seal itself has all 64
_SEALED_IN_1 = ("plan", "model_content", "scenario", "schedule", "projects", "payments", "requests")


def seal(document: Mapping[str, Any], checked: Audit) -> dict[str, Any]:
    """What the exact check stamps on a document.

    ``criteria``: exact values as fractions. ``rules``: how many instances of each family were looked at. ``parts``: short digests
    by which a change is named. ``sha256``: over all of the answer and of the seal but ``parts``.
    """
    stamp = {
        "version": VERSION,
        "criteria": {name: str(value) for name, value in checked.criteria.items()},
        "rules": dict(checked.rules_checked),
        "checked_by": CHECKED_BY,
    }
    return {"sha256": sealing_hash(document, stamp), **stamp, "parts": _digests(document)}


def resealed(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its seal made anew over what it says now; for who has just looked whether the old one held."""
    stamp = {name: content for name, content in document["seal"].items() if name not in {"sha256", "parts"}}
    return {**document, "seal": {"sha256": sealing_hash(document, stamp), **stamp, "parts": _digests(document)}}


def version_of(stamp: Mapping[str, Any]) -> int:
    """The version of a document's seal."""
    return int(stamp.get("version", 1))


def sealing_hash(document: Mapping[str, Any], stamp: Mapping[str, Any]) -> str:
    """The ``sha256`` of a seal of version 2 that says ``stamp``."""
    answer = {name: document[name] for name in ANSWER if name in document}
    said = {name: content for name, content in stamp.items() if name not in {"sha256", "parts"}}
    return _hash({"answer": answer, "seal": said})


def sealing_hash_1(document: Mapping[str, Any], criteria: Mapping[str, str]) -> str:
    """The ``sha256`` of a seal of version 1, with the exact ``criteria``."""
    sealed = {name: document[name] for name in _SEALED_IN_1}
    sealed |= {name: document[name] for name, section in SECTIONS.items() if section.seldom and name in document}
    sealed["hires"] = [[entry["team"], entry["year"], entry["hires"]] for entry in document["teams"]]
    text = json.dumps(
        {**sealed, "criteria": criteria}, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=number_of
    )
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def changed_since_sealed(document: Mapping[str, Any], stamp: Mapping[str, Any]) -> Iterator[str]:
    """The places of a document that are not what was sealed, in its order; nothing where the seal of version 2 holds.

    A change of a table is named by its column, ``schedule.quantity``; where rows were added, taken away or moved all columns
    differ and the table is named. Anything else is named to the leaf: ``criteria.2.bound``, ``made_with.python``.
    """
    if sealing_hash(document, stamp) == stamp["sha256"]:
        if stamp.get("parts") != _digests(document):
            yield "seal.parts"
        return
    parts = stamp.get("parts")
    places = list(_differing(parts if isinstance(parts, Mapping) else {}, _digests(document), ""))
    yield from places or ["seal"]


def number_of(value: Any) -> int | float:
    """Decimals of the document as JSON numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value))


def _digests(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _digest(document[name], name) for name in ANSWER if name in document}


def _digest(content: Any, name: str = "") -> Any:
    """A digest for each leaf, in a table for each column: few bytes, however long the table is."""
    if name in SECTIONS and name != CRITERIA.name:
        return _columns(content, [entry for entry in content if isinstance(entry, Mapping)])
    if name == "inputs":
        return {table: _cells(entry["columns"], entry["rows"]) for table, entry in content.items()}
    if name == "proof":
        return _hash(content)[:SHORT]  # long, and read by no person
    if isinstance(content, Mapping):
        return {key: _digest(value) for key, value in content.items()}
    if (
        name != "proof"
        and isinstance(content, Sequence)
        and not isinstance(content, str)
        and any(isinstance(each, Mapping) for each in content)
    ):
        return {str(number): _digest(each) for number, each in enumerate(content)}
    return _hash(content)[:SHORT]


def _columns(rows: Sequence[Any], entries: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    names = sorted({name for entry in entries for name in entry})
    return {name: _hash([entry.get(name) for entry in entries])[:SHORT] for name in names} | {"rows": _hash(len(rows))[:SHORT]}


def _cells(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    return {name: _hash([row[number] for row in rows])[:SHORT] for number, name in enumerate(columns)} | {
        "rows": _hash([list(columns), len(rows)])[:SHORT]
    }


def _differing(before: Any, now: Any, place: str) -> Iterable[str]:
    if before == now:
        return []
    if not (isinstance(before, Mapping) and isinstance(now, Mapping)):
        return [place]
    names = [*now, *(name for name in before if name not in now)]
    differing = [name for name in names if before.get(name) != now.get(name)]
    if "rows" in differing or ("rows" in now and set(differing) >= set(names) - {"rows"}):
        return [place]  # rows were added, taken away or moved
    inside = [found for name in differing for found in _differing(before.get(name), now.get(name), f"{place}.{name}")]
    return [found.removeprefix(".") for found in inside]


def _hash(content: Any) -> str:
    text = json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(content: Any) -> Any:
    """Numbers written alike, as programs that pass JSON on may write 2.0 as 2."""
    if isinstance(content, Decimal):
        return number_of(content)
    if isinstance(content, float) and content.is_integer():
        return int(content)
    if isinstance(content, Mapping):
        return {key: _plain(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_plain(each) for each in content]
    return content
