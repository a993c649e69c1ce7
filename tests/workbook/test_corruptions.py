"""One wrong cell anywhere in a real input workbook: the finding names its sheet and cell."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from optplan.plan import read_plan
from optplan.tables import read_tables
from optplan.tables.declarations import PLAN_KEYS
from optplan.tables.findings import Finding, PlanError
from optplan.tables.schema import Kind
from optplan.workbook import write_inputs

from .corruptions import CORRUPTIONS, NOT_HERE, Spot
from .damages import columns_at, table_sheets

SHUOZHOU = Path(__file__).resolve().parents[2] / "inputs" / "shuozhou"
SOME, ALL, NAMED_AT_LEAST = 24, 200, 0.95
MATRICES = ("预算一览", "标准一览", "存量一览")
TYPED_OVER = "typed_over_a_formula"
KINDS = [*CORRUPTIONS, TYPED_OVER]


@dataclass(frozen=True)
class Attempt:
    """A corrupted cell and what was found."""

    kind: str
    place: str
    value: Any
    found: list[str]  # places
    said: str

    @property
    def named(self) -> bool:
        return self.place in self.found

    def __str__(self) -> str:
        return f"{self.kind} at {self.place} ← {str(self.value)[:20]!r}: {len(self.found)} findings: {self.said or '-'}"


def findings_about(path: Path) -> list[Finding]:
    try:
        return list(read_plan(path).findings)
    except PlanError as problem:
        return problem.findings


class Workbook:
    """Shuozhou's input workbook, in which one cell after another is corrupted and put right again."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"plan{os.getpid()}.xlsx"
        write_inputs(read_tables(SHUOZHOU)[0], self.path, "zh")
        self.tables = read_tables(self.path)[0]
        self.book = openpyxl.load_workbook(self.path)
        self.sheets = [each for each in table_sheets(self.book) if self.tables[each[0].name]]

    def corrupt(self, seed: int) -> Attempt:
        """Each kind of slip in its turn, in a random cell of a random sheet where it is one."""
        kind, rng = KINDS[seed % len(KINDS)], random.Random(seed)
        pick: Callable[[], tuple[Any, Any]] = (
            (lambda: self._in_a_matrix(rng)) if kind == TYPED_OVER else (lambda: self._in_a_table(kind, rng))
        )
        cell, value = next((cell, value) for cell, value in iter(pick, None) if value is not NOT_HERE)
        before, form = cell.value, cell.number_format
        cell.value = value
        if kind == "excel_error":
            cell.data_type = "e"
        self.book.save(self.path)
        cell.value, cell.number_format = before, form
        findings = findings_about(self.path)
        place = f"{self.path}!{cell.parent.title}!{cell.coordinate}"
        said = "; ".join(f"{finding.code} {finding.place}" for finding in findings[:4])
        return Attempt(kind, place, value, [str(finding.place) for finding in findings], said)

    def _in_a_table(self, kind: str, rng: random.Random) -> tuple[Any, Any]:
        table, sheet, header = rng.choice(self.sheets)
        at, column = rng.choice(list(columns_at(sheet, table, header).items()))
        number = rng.randrange(len(self.tables[table.name]))
        row = self.tables[table.name][number]
        if column.kind is Kind.ANY:
            column = PLAN_KEYS[row["key"]]
        cell = sheet.cell(header + 1 + number, at)
        if cell.value is None:
            return cell, NOT_HERE
        held = row["value"] if table.name == "plan" and at == 2 else row[column.name]
        return cell, CORRUPTIONS[kind](Spot(self.tables, table, column, number, held), rng)

    def _in_a_matrix(self, rng: random.Random) -> tuple[Any, Any]:
        sheet = self.book[rng.choice(MATRICES)]
        cell = sheet.cell(rng.randint(4, sheet.max_row), rng.randint(3, sheet.max_column))
        return cell, rng.choice([0, 120, "300万元"]) if cell.data_type == "f" else NOT_HERE


def attempts_of(folder: Path, seeds: Iterable[int]) -> list[Attempt]:
    workbook = Workbook(folder)
    return [workbook.corrupt(seed) for seed in seeds]


@pytest.fixture(scope="module", params=[SOME, pytest.param(ALL, marks=pytest.mark.slow)])
def attempts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Attempt]:
    folder = tmp_path_factory.mktemp("corrupted")
    shares = 2
    with ProcessPoolExecutor(shares) as pool:
        works = [pool.submit(attempts_of, folder, range(share, request.param, shares)) for share in range(shares)]
        return [attempt for work in works for attempt in work.result()]


def test_an_untouched_workbook_has_no_findings(tmp_path: Path) -> None:
    write_inputs(read_tables(SHUOZHOU)[0], tmp_path / "plan.xlsx", "zh")
    assert findings_about(tmp_path / "plan.xlsx") == []


def test_a_wrong_cell_is_named(attempts: list[Attempt]) -> None:
    missed = [attempt for attempt in attempts if not attempt.named]
    print(f"\n{len(attempts) - len(missed)} of {len(attempts)} corrupted cells named:", *map(str, missed), sep="\n")
    assert {attempt.kind for attempt in attempts} == set(KINDS)
    assert len(Counter(attempt.place.split("!")[1] for attempt in attempts)) >= min(15, len(attempts) // 4)
    assert len(attempts) - len(missed) >= NAMED_AT_LEAST * len(attempts)
