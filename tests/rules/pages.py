"""The worked examples of the rules, docs/rules/*.md: a tiny plan, its rows, and answers, all worked out by hand.

A page is prose with fenced blocks, each of which says in its title what it holds:

- ``csv`` with ``title="limits.csv"``: a table of the plan. ``toml``: the decision model (without one: every criterion, no requests).
- ``lp`` with ``title="limit, mix_min"``: every row of these components of the program, in the symbols of model.md.
- ``answer``: decisions, one a line, all others being 0; ``title="reference"``: the schedule that changes are counted against.
- ``check``: what follows from the answer before it. ``but``: what must not be changed in it, and the rules that are then broken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from rules.algebra import number

from optplan.decision_model import read_model
from optplan.plan import read_plan
from optplan.rules.criteria import EXPRESSIONS
from optplan.schedule import Schedule, in_yuan

PAID = {"e": ("f", "c", "y", "κ"), "q": ("c", "y", "κ")}
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "rules"
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]*)")?\n(.*?)^```$', re.M | re.S)


@dataclass
class Answer:
    """Decisions as they are written, what is said to follow from them, and the changes that break rules."""

    decisions: dict[str, str]
    follows: dict[str, str] = field(default_factory=dict)
    broken: list[tuple[dict[str, str], set[str]]] = field(default_factory=list)


class Page:
    """A page of examples."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.blocks = BLOCK.findall(path.read_text(encoding="utf-8"))

    @cached_property
    def plan(self):
        """The page's plan, read as any plan is; it has neither errors nor warnings of its figures."""
        with TemporaryDirectory() as folder:
            for language, title, text in self.blocks:
                if language == "csv":
                    (Path(folder) / title).write_text(text, encoding="utf-8")
            return read_plan(folder)

    @cached_property
    def model(self):
        """The page's decision model, or one of every criterion."""
        text = next((text for language, _, text in self.blocks if language == "toml"), None)
        named = "\n".join(f'[[criteria]]\nname = "{name}"' for name in EXPRESSIONS)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "model.toml"
            path.write_text(text or f'title = "every"\n{named}\n', encoding="utf-8")
            return read_model(path)

    @cached_property
    def rows(self):
        """(names of components, their rows as text)."""
        return [(title.split(", "), text) for language, title, text in self.blocks if language == "lp"]

    @cached_property
    def answers(self):
        """Every answer of the page but the reference."""
        found = []
        for language, title, text in self.blocks:
            if language == "answer" and title != "reference":
                found.append(Answer(assignments(text)))
            elif language == "check":
                found[-1].follows = assignments(text)
            elif language == "but":
                for line in filter(None, (line.split("#")[0].strip() for line in text.splitlines())):
                    changes, rules = line.split("=>")
                    found[-1].broken.append((assignments(changes.replace(";", "\n")), set(rules.split())))
        return found

    @cached_property
    def reference(self):
        """The schedule that changes are counted against; an empty one where the page has none."""
        text = next((text for _, title, text in self.blocks if title == "reference"), "")
        return schedule(assignments(text))


def assignments(text):
    """``{left: right}`` of every line ``left = right``; ``#`` begins a remark."""
    lines = (line.split("#")[0] for line in text.splitlines())
    return dict(map(str.strip, line.split("=")) for line in lines if line.strip())


def schedule(decisions):
    """The schedule that decisions in the symbols of model.md make up."""
    parts = {"x": {}, "h": {}, "s": {}, "e": {}, "q": {}}
    purposes = {}
    apart = any(symbol[0] in PAID and symbol.count(",") == len(PAID[symbol[0]]) for symbol in decisions)
    for symbol, written in decisions.items():
        letter, *index = re.split(r"[\[\],]", symbol.rstrip("]"))
        key = tuple(int(part) if part.strip().isdigit() else part.strip() for part in index)
        amount = number(written)
        if letter in {"e", "q"} and apart:  # money that is told apart by its purpose, what has no name being blank
            key = (*key, "")[: len(PAID[letter]) + 1]
            value = in_yuan(Decimal(amount.numerator) / amount.denominator)
            purposes[("", *key) if letter == "q" else key] = value
            amount += Fraction(parts[letter].get(key[:-1], 0))
            key = key[:-1]
        parts[letter][key] = Decimal(amount.numerator) / amount.denominator
    return Schedule(
        parts["x"],
        {key: int(value) for key, value in parts["h"].items()},
        {project: year for (project, year), value in parts["s"].items() if value},
        {key: in_yuan(value) for key, value in parts["e"].items()},
        {key: in_yuan(value) for key, value in parts["q"].items()},
        purposes,
    )


PAGES = [Page(path) for path in sorted(FOLDER.glob("*.md")) if path.stem != "index"]
