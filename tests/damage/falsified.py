"""Results that were changed after they were sealed: every field of the document, every table, every claim."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

Document = dict[str, Any]
Falsified = tuple[str, Document]  # the field, as the verdict should name it, and the document

TABLES = (
    "schedule", "teams", "projects", "payments", "requests", "targets", "gaps", "costs", "balances", "commitments", "criteria",
)  # fmt: skip


def leaves(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every leaf."""
    if isinstance(content, dict) and content:
        for key, value in content.items():
            yield from leaves(value, (*path, key))
    elif isinstance(content, list) and content:
        for number, value in enumerate(content):
            yield from leaves(value, (*path, number))
    else:
        yield path


def field_of(path: tuple[Any, ...]) -> str:
    """The field that a leaf belongs to: of a table, its column."""
    if path[0] == "inputs":
        return f"inputs.{path[1]}" if path[2] == "columns" else f"inputs.{path[1]}.{path[4]}"
    if path[0] in TABLES and path[0] != "criteria":
        return ".".join(str(part) for part in path if not isinstance(part, int))
    return ".".join(map(str, path))


def other(value: Any, dice: random.Random) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + dice.choice([-1, 1])
    if isinstance(value, float):
        return value + dice.choice([-0.5, 0.25, 1.0])
    if isinstance(value, str):
        if re.fullmatch(r"-?\d+(\.\d+)?", value):
            digit = value[-1]
            return value[:-1] + str((int(digit) + dice.randint(1, 9)) % 10)
        return value + "x" if len(value) < 60 else value[:-1] + ("0" if value[-1] != "0" else "1")
    return "changed"  # of what was nothing


def with_leaf(document: Document, path: tuple[Any, ...], value: Any) -> Document:
    changed = copy.deepcopy(document)
    at: Any = changed
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    return changed


def fields(document: Document) -> dict[str, list[tuple[Any, ...]]]:
    """The paths of the leaves of each field."""
    of_field: dict[str, list[tuple[Any, ...]]] = {}
    for path in leaves(document):
        if path[0] == "inputs" and path[2] == "rows":
            named = (*path[:4], document["inputs"][path[1]]["columns"][path[4]])
            of_field.setdefault(field_of(named), []).append(path)
        else:
            of_field.setdefault(field_of(path), []).append(path)
    return of_field


def every_field(document: Document, dice: random.Random) -> Iterator[Falsified]:
    """A leaf of every field changed, in random rows and in random order; again and again."""
    of_field = fields(document)
    while True:
        for field in dice.sample(list(of_field), len(of_field)):
            path = dice.choice(of_field[field])
            before: Any = document
            for part in path:
                before = before[part]
            yield field, with_leaf(document, path, other(before, dice))


def every_key(document: Document, dice: random.Random) -> Iterator[Falsified]:
    """Each field taken away, and each made nothing, a list and a text."""
    for field, paths in fields(document).items():
        path = dice.choice(paths)
        before: Any = document
        for part in path:
            before = before[part]
        for other_kind in (None, [before], {"is": before}, f" {before}"):
            if other_kind != before:
                yield field, with_leaf(document, path, other_kind)
        changed = copy.deepcopy(document)
        at: Any = changed
        for part in path[:-1]:
            at = at[part]
        if isinstance(at, dict):
            del at[path[-1]]
            yield field, changed


def every_table(document: Document, dice: random.Random) -> Iterator[Falsified]:
    """Rows doubled, taken away, added, moved."""
    changes: list[Callable[[list[Any], int], Any]] = [
        lambda rows, n: rows.append(copy.deepcopy(rows[n])),
        lambda rows, n: rows.pop(n),
        lambda rows, n: rows.insert(0, {**rows[n], "year": 2099} if "year" in rows[n] else dict(rows[n])),
        lambda rows, n: rows.insert((n and 0) or len(rows) - 1, rows.pop(n)),
        lambda rows, n: rows.reverse(),
        lambda rows, n: rows.clear(),
    ]
    for table in TABLES:
        for change in changes:
            changed = copy.deepcopy(document)
            rows = changed[table]
            if not rows:
                continue
            change(rows, dice.randrange(len(rows)))
            if rows != document[table]:
                yield table, changed


def every_claim(document: Document) -> Iterator[Falsified]:
    """What a forger would change to make an answer look better proven than it is."""

    def of_criterion(number: int, **figures: Any) -> Falsified:
        changed = copy.deepcopy(document)
        changed["criteria"][number].update(figures)
        return f"criteria.{number}.{next(iter(figures))}", changed

    for number, level in enumerate(document["criteria"]):
        yield of_criterion(number, bound=(level["bound"] + level["value"]) / 2 + 0.001)
        yield of_criterion(number, bound=level["value"] + 0.002, gap=0.0)
        yield of_criterion(number, gap=level["gap"] + 0.01)
        yield of_criterion(number, tolerance=99.0)
        yield of_criterion(number, relative_tolerance=0.99)
        yield of_criterion(number, slack=0.5)
        yield of_criterion(number, proven=not level["proven"])
        yield of_criterion(number, in_plan=level["in_plan"] * 0.9 - 0.01)
        yield of_criterion(number, value=level["value"] * 0.9 - 0.01)
        yield of_criterion(number, seconds=level["seconds"] + 1)
        changed = copy.deepcopy(document)
        changed["model_content"]["criteria"][number]["tolerance"] = "98"
        yield f"model_content.criteria.{number}.tolerance", changed
    for field, value in (
        ("status", "feasible" if document["status"] == "optimal" else "optimal"),
        ("model", "another"),
        ("scenario", ["a letter that nobody wrote"]),
        ("made_with", {}),
        ("inputs", {}),
    ):
        yield field, {**copy.deepcopy(document), field: value}
    yield "plan.title", {**document, "plan": {**document["plan"], "title": "another"}}
