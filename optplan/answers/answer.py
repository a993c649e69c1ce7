"""An answer to a question about a plan, as users hold it: a JSON document, tables, sentences, a workbook."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from optplan.answers.interval import Interval, criteria_of
from optplan.decision_model import DecisionModel
from optplan.document.document import inputs_of
from optplan.document.file import tables_within
from optplan.figures.criteria import MeasureIn, measures_of
from optplan.files import write_atomically
from optplan.language import speaking
from optplan.plan import Plan
from optplan.solving.solve import versions
from optplan.tables.content import Tables
from optplan.tables.units import currency_name
from optplan.tables.year_labels import calling_years_of

if TYPE_CHECKING:
    import pandas as pd

    from optplan.result import Result

FORMAT = 1


def head(question: str, plan: Plan, model: DecisionModel, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What every answer begins with: which question, of which plan, under which decision model, and what was asked."""
    return {
        "format": FORMAT,
        "question": question,
        "plan": {"title": plan.title, "sha256": plan.sha256},
        "model": model.name,
        "model_content": model.model_dump(mode="json"),
        "asked": dict(asked),
    }


def foot(plan: Plan) -> dict[str, Any]:
    """What every answer ends with: what it was made with, and the plan's tables, so that it can be read without the plan."""
    return {"made_with": versions(), "inputs": inputs_of(plan.tables)}


def solve_entry(what: str, result: Result, changes: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """A search that an answer rests on: ``what`` it was for, the plan it solved, and what it proved of every criterion."""
    return {
        "what": what,
        "plan_sha256": result.plan_sha256,
        "status": result.status,
        "criteria": [{"name": name, "interval": each.as_list()} for name, each in criteria_of(result.document).items()],
        "seconds": round(sum(level["seconds"] for level in result.document["criteria"]), 3),
        "changes": [dict(change) for change in changes],
    }


class Answer(ABC):
    """An answer as data. ``document`` is its JSON content; figures in it that are proven are intervals, ``[bound, value]``.

    ``status``: ``answered``, ``partly`` (something asked is not known, and said to be so), ``impossible`` or ``unknown``.
    """

    question: ClassVar[str]

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    @property
    def status(self) -> str:
        """Whether there is an answer."""
        return str(self.document["status"])

    @property
    def plan_sha256(self) -> str:
        """The hash of the plan that was asked about."""
        return str(self.document["plan"]["sha256"])

    @property
    def plan_tables(self) -> Tables:
        """The tables of the plan that was asked about."""
        return tables_within(self.document)

    @property
    def currency(self) -> str:
        """The plan's currency unit."""
        return currency_name(self.plan_tables)

    @cached_property
    def measure_in(self) -> MeasureIn:
        """How each criterion of the plan is shown, by its name."""
        return measures_of(self.plan_tables)

    @abstractmethod
    def tables(self) -> dict[str, pd.DataFrame]:
        """The figures of the answer: DataFrames by name."""

    def shown_tables(self) -> dict[str, pd.DataFrame]:
        """The same as a workbook shows them."""
        return self.tables()

    def tones(self) -> dict[str, pd.DataFrame]:
        """Of those tables whose cells are drawn in colours: frames of the same shape, each cell a name in ``workbook.TONES``."""
        return {}

    @abstractmethod
    def sentences(self, language: str | None = None) -> list[str]:
        """The answer in words, the most important first."""

    def as_dict(self) -> dict[str, Any]:
        """The document."""
        return self.document

    def text(self) -> str:
        """The document as text."""
        return json.dumps(self.document, ensure_ascii=False, indent=1, allow_nan=False)

    def to_json(self, path: str | Path) -> None:
        """Write the document; an interrupted write leaves the old one."""
        write_atomically(Path(path), self.text().encode("utf-8"))

    def to_excel(self, path: str | Path, language: str | None = None) -> None:
        """Write the answer as a workbook, as a whole or not at all."""
        write_atomically(Path(path), self.workbook(language))

    def workbook(self, language: str | None = None) -> bytes:
        """The bytes of its workbook."""
        from optplan.answers.workbook import Sheets, workbook_of

        with speaking(language), calling_years_of(self.plan_tables):
            return workbook_of(Sheets(self.document, self.shown_tables(), self.sentences(), self.plan_tables, self.tones()))


def proven(result: Result) -> dict[str, Interval]:
    """What a result proves of each criterion."""
    return criteria_of(result.document)
