"""A comparison as a workbook: its figures are those of the results, its differences formulas that another program agrees with."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from slow_set import mostly_slow
from workbook.test_export import agrees

from optplan.comparison import SECTIONS, Comparison
from optplan.figures.criteria import measures_of
from optplan.language import text
from optplan.result import Result, empty_result

FIRST_ROW = 5


def written(comparison: Comparison, path: Path, language: str = "zh") -> Path:
    comparison.to_excel(path, language)
    return path


def sheet(book: Any, name: str, language: str = "zh") -> Any:
    return book[text("compare", f"sheet-{name}", language)]


def recalculated(path: Path, office: Callable[..., Path]) -> int:
    """How many formulas there are; each gives in LibreOffice what is stored beside it."""
    after = office(path)
    formulas, stored, calculated = (
        openpyxl.load_workbook(path),
        openpyxl.load_workbook(path, data_only=True),
        openpyxl.load_workbook(after, data_only=True),
    )
    cells = [
        (page.title, cell.coordinate) for page in formulas for row in page.iter_rows() for cell in row if cell.data_type == "f"
    ]
    for page, cell in cells:
        value = calculated[page][cell].value
        assert not str(value).startswith(("#", "Err")), (page, cell, value)
        assert agrees(stored[page][cell].value, value), (page, cell, stored[page][cell].value, value)
    return len(cells)


@pytest.mark.parametrize("language", mostly_slow(["zh", "en"], 1))
def test_every_formula_gives_the_difference(
    two: list[Result], tmp_path: Path, office: Callable[..., Path], language: str
) -> None:
    assert recalculated(written(Comparison(two), tmp_path / "compared.xlsx", language), office) > 100


def test_every_figure_of_the_comparison_is_in_the_book(two: list[Result], tmp_path: Path) -> None:
    comparison = Comparison([*two, two[0]])
    path = written(comparison, tmp_path / "compared.xlsx")
    values, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    for name, section in SECTIONS.items():
        lines = comparison.differences(name)
        page, live = sheet(values, name), sheet(formulas, name)
        first = 1 + len(section.keys)
        for row, line in enumerate(lines, start=FIRST_ROW):
            shown = [page.cell(row, first + n).value for n in range(5)]
            of_one = float(measures_of(comparison.sides[0].tables)(line.key[0]).whole) if name == "criteria" else 1.0
            due = [None if each is None else float(each) / of_one for each in (*line.values.values(), *line.differences.values())]
            assert shown == [pytest.approx(value, abs=1e-9) if value is not None else "—" for value in due], (
                name,
                line.key,
            )
            for n in (3, 4):
                if due[n] is not None:
                    assert live.cell(row, first + n).data_type == "f"
        if section.money and lines:
            assert live.cell(FIRST_ROW + len(lines), first).value.startswith("=SUM(")


def test_changed_inputs_stand_row_by_row_with_their_differences(
    two: list[Result], tmp_path: Path, office: Callable[..., Path]
) -> None:
    path = written(Comparison(two), tmp_path / "compared.xlsx")
    rows = list(
        sheet(openpyxl.load_workbook(office(path), data_only=True), "inputs").iter_rows(min_row=FIRST_ROW, values_only=True)
    )
    changes = [c for c in Comparison(two).input_changes if c.column not in {"source", "basis"}]
    assert [(row[3], row[6], row[7]) for row in rows] == [(c.key, float(c.before), float(c.after)) for c in changes]
    assert all(row[8] == pytest.approx(row[7] - row[6]) for row in rows)
    assert {row[1] for row in rows} == {"预算", "单价"}


def test_charts_are_native_and_drawn_from_cells(two: list[Result], tmp_path: Path) -> None:
    with zipfile.ZipFile(written(Comparison(two), tmp_path / "compared.xlsx")) as file:
        charts = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) >= 3 + 2 + 2 + 1
    assert all("<c:f>" in chart or "<f>" in chart for chart in charts)


def test_the_book_prints_on_a4(two: list[Result], tmp_path: Path, office: Callable[..., Path]) -> None:
    path = written(Comparison(two), tmp_path / "compared.xlsx")
    for page in openpyxl.load_workbook(path):
        assert page.page_setup.paperSize == 9
        assert page.page_setup.fitToWidth == 1
        assert page.print_area
    assert office(path, kind="pdf").stat().st_size > 10_000


def test_names_that_look_like_formulas_stay_text(two: list[Result], tmp_path: Path, office: Callable[..., Path]) -> None:
    hostile = [Result(_renamed(result.document)) for result in two]
    path = written(Comparison(hostile), tmp_path / "compared.xlsx")
    assert recalculated(path, office)
    shown = [cell for page in openpyxl.load_workbook(path) for row in page.iter_rows() for cell in row if cell.value == NAME]
    assert shown
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in shown)


NAME = '=HYPERLINK("http://x","y")'


def _renamed(document: dict[str, Any]) -> dict[str, Any]:
    """The same result with a hostile name for every county and item."""
    document = copy.deepcopy(document)
    for table in ("counties", "items"):
        at = document["inputs"][table]["columns"].index("name")
        for row in document["inputs"][table]["rows"]:
            row[at] = NAME
    return document


@pytest.mark.slow
def test_results_without_a_schedule_and_results_that_agree(
    two: list[Result], tmp_path: Path, office: Callable[..., Path]
) -> None:
    from optplan.decision_model import read_model

    nothing = empty_result(two[0].tables(), read_model("attain"), status="infeasible", made_with={"optplan": "test"})
    for number, results in enumerate(([two[0], nothing], [nothing, two[0]], [nothing, nothing], [two[0], two[0]])):
        path = written(Comparison(results), tmp_path / f"{number}.xlsx")
        recalculated(path, office)
    book = openpyxl.load_workbook(tmp_path / "3.xlsx", data_only=True)
    assert sheet(book, "schedule").cell(FIRST_ROW, 1).value == text("compare", "nothing-differs", "zh")
    assert sheet(book, "inputs").cell(FIRST_ROW, 1).value == text("compare", "nothing-differs", "zh")


def test_a_full_disk_leaves_the_old_file(two: list[Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "compared.xlsx"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        Comparison(two).to_excel(path)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["compared.xlsx"]


def test_the_shell_writes_the_workbook(two: list[Result], tmp_path: Path) -> None:
    from shell.test_commands import run

    files = [tmp_path / f"{number}.json" for number in range(2)]
    for result, file in zip(two, files, strict=True):
        result.to_json(file)
    done = run("compare", *files, "--out", tmp_path / "compared.xlsx", "--lang", "en")
    assert done.returncode == 0, done.stdout
    assert "compared.xlsx" in done.stdout
    assert openpyxl.load_workbook(tmp_path / "compared.xlsx").sheetnames[0] == "What is compared"
    refused = run("compare", *files, "--out", tmp_path / "compared.pdf", "--lang", "en")
    assert refused.returncode == 2
    assert not (tmp_path / "compared.pdf").exists()
