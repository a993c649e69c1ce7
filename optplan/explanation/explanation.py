"""The answer that users hold: conflicts and repairs as a document, tables, sentences, scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.answers.answer import Answer, foot, head
from optplan.answers.interval import criteria_of
from optplan.decision_model import DecisionModel
from optplan.explanation.conflict import Conflict
from optplan.explanation.repairs import Repair
from optplan.explanation.ruling import Ruling, Rulings
from optplan.explanation.words import Words
from optplan.files import write_atomically
from optplan.language import LANGUAGES, current_language
from optplan.plan import Plan
from optplan.scenarios import Scenario
from optplan.scenarios.reading import checked_scenario
from optplan.scenarios.writing import account_lines, change_lines
from optplan.tables.values import written

if TYPE_CHECKING:
    import pandas as pd

LONGEST_TITLE = 90  # characters of a repair in the name of its scenario and file


class Explanation(Answer):
    """Why there is no plan, or why something is missing, and what would do. ``document`` is its JSON content."""

    question = "explain"

    @property
    def status(self) -> str:
        """``infeasible`` (no plan exists), ``feasible`` (one does) or ``unknown``."""
        return str(self.document["status"])

    @property
    def irreducible(self) -> bool:
        """Whether of every conflict it is proven that none of its cells can be left out."""
        return bool(self.document["irreducible"])

    @property
    def conflicts(self) -> list[dict[str, Any]]:
        """Every conflict, the fewest cells first."""
        return list(self.document["conflicts"])

    @property
    def repairs(self) -> list[dict[str, Any]]:
        """What would do."""
        return list(self.document["repairs"])

    def scenario(self, number: int) -> Scenario:
        """Repair ``number`` (from 1) as a scenario. Raises ``IndexError`` if there is no such repair."""
        if not 1 <= number <= len(self.repairs):
            raise IndexError(number)
        repair = self.repairs[number - 1]
        content = {
            "name": f"repair-{number}",
            "title": repair["messages"]["zh"][:LONGEST_TITLE],
            "title_en": repair["messages"]["en"][:LONGEST_TITLE],
            "reason": repair["messages"]["zh"],
            "reason_en": repair["messages"]["en"],
            "changes": repair["changes"],
        }
        return checked_scenario(content, Path(f"repair-{number}.toml"), ())

    def write_scenario(self, number: int, path: str | Path) -> None:
        """Write repair ``number`` as a scenario file; an interrupted write leaves the old one."""
        write_atomically(Path(path), self.scenario_text(number, Path(path).stem).encode("utf-8"))

    def scenario_text(self, number: int, name: str = "") -> str:
        """Repair ``number`` as the text of a scenario file, under another name if one is given."""
        scenario = self.scenario(number)
        scenario = scenario.model_copy(update={"name": name}) if name else scenario
        lines = [*account_lines(scenario), *(line for change in scenario.changes for line in ("", *change_lines(change)))]
        return "\n".join(lines) + "\n"

    def tables(self) -> dict[str, pd.DataFrame]:
        """``conflict``: a row a cell; ``repairs``: a row a repair, with the bound and value of every criterion after it; where
        something is missing, ``displaced``: what one unit more makes worse elsewhere, and by how many units."""
        import pandas as pd

        shown = ("message", "place", "value", "table", "row", "column")
        cells = [
            {"conflict": number, **{name: cell[name] for name in shown}}
            for number, one in enumerate(self.conflicts, 1)
            for cell in one["cells"]
        ]
        repairs = [
            {"repair": number, "message": repair["message"], "least": repair["least"], "status": repair["status"]}
            | {
                f"{each['name']}_{side}": at
                for each in repair["criteria"]
                for side, at in zip(("bound", "value"), each["interval"], strict=True)
            }
            for number, repair in enumerate(self.repairs, 1)
        ]
        tables = {
            "conflict": pd.DataFrame(cells, columns=["conflict", *shown]),
            "repairs": pd.DataFrame(repairs) if repairs else pd.DataFrame(columns=["repair", "message", "least", "status"]),
        }
        if displaced := self.document.get("displaced"):
            spoken = current_language()
            worse = [{"message": each["messages"][spoken], "quantity": each["units"]} for each in displaced["what"]]
            tables["displaced"] = pd.DataFrame(worse, columns=["message", "quantity"])
        return tables

    def sentences(self, language: str | None = None) -> list[str]:
        """The answer in words."""
        from optplan.explanation.missing_sentences import told_missing
        from optplan.explanation.sentences import told

        if "missing_at_least" in self.document:
            return told_missing(self.document, language or current_language())
        return told(self.document, language)


def explanation_of(
    plan: Plan,
    model: DecisionModel,
    scenario: Sequence[str],
    status: str,
    rulings: Rulings,
    conflicts: Sequence[Conflict],
    complete: bool,
    repairs: Sequence[Repair],
    results: Mapping[int, Any],
    solves: int,
    seconds: float,
) -> Explanation:
    """The document of what was found."""
    words = {language: Words(plan.tables, language) for language in LANGUAGES}
    spoken = Words(plan.tables)
    told = [_conflict(conflict, rulings, words, spoken) for conflict in conflicts]
    return Explanation(
        {
            **head(Explanation.question, plan, model, {"scenario": list(scenario)}),
            "scenario": list(scenario),
            "status": status,
            "conflict": told[0]["cells"] if told else [],
            "irreducible": bool(told) and all(conflict["irreducible"] for conflict in told),
            "conflicts": told,
            "complete": complete,
            "repairs": [_repair(repair, results.get(number), words, spoken) for number, repair in enumerate(repairs)],
            "solves": solves,
            "seconds": round(seconds, 3),
            **foot(plan),
        }
    )


def _conflict(conflict: Conflict, rulings: Rulings, words: Mapping[str, Words], spoken: Words) -> dict[str, Any]:
    each = [rulings.of(cell) for cell in conflict.cells]
    return {
        "cells": [_cell(ruling, words, spoken) for ruling in each],
        "irreducible": conflict.irreducible,
        "confirmed": conflict.confirmed,
        "lines": [
            {
                "messages": dict(zip(words, said, strict=True)),
                "places": list(dict.fromkeys(str(ruling.place) for ruling in of_line)),
            }
            for of_line in Words.lines(each)
            for said in [[one.line(of_line) for one in words.values()]]
        ],
    }


def _cell(ruling: Ruling, words: Mapping[str, Words], spoken: Words) -> dict[str, Any]:
    place = ruling.place
    return {
        "table": ruling.cell.table,
        "row": place.row,
        "column": ruling.column,
        "key": list(ruling.cell.key),
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
        "place": str(place),
        "value": written(ruling.value),
        "rule": ruling.rule,
        "message": spoken.rule(ruling),
        "messages": {language: said.rule(ruling) for language, said in words.items()},
    }


def _repair(repair: Repair, result: Any, words: Mapping[str, Words], spoken: Words) -> dict[str, Any]:
    proven = {} if result is None else criteria_of(result.document)
    return {
        "changes": [change.model_dump(mode="json", exclude_defaults=False) for change in repair.changes],
        "message": spoken.changes(repair.steps),
        "messages": {language: said.changes(repair.steps) for language, said in words.items()},
        "least": repair.least,
        "steps": [
            {
                "table": ruling.cell.table,
                "row": ruling.place.row,
                "column": ruling.column,
                "key": list(ruling.cell.key),
                "from": written(ruling.value),
                "to": written(ruling.moved(by)),
                "impossible_at": written(ruling.moved(by - ruling.step))
                if repair.least and ruling.way in {"more", "less"}
                else None,
            }
            for ruling, by in repair.steps
        ],
        "status": "unknown" if result is None else result.status,
        "criteria": [{"name": name, "interval": each.as_list()} for name, each in proven.items()],
    }
