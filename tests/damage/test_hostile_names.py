"""Whatever things are called, people read what was written: in the shell, workbooks, briefs, charts, on the page, as file names."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from plans.hostile_names import CURRENCY, NAMES, hostile_tables
from streamlit.testing.v1 import AppTest

import optplan
from optplan.charts.every import charts_of
from optplan.charts.picture import scalable_picture
from optplan.console.commands import command_line
from optplan.language.printable import LONGEST_FILE_NAME, file_name, html, in_chart, markdown, on_terminal
from optplan.result import Result
from optplan.scenarios import read_scenario
from optplan.tables import write_folder
from optplan.web.schedule.page import SECTIONS

SCENARIO = """name = "<b>[x](javascript:y)</b>"
title = "=1+1 [/b] :red[x]"
author = "![t](http://evil.example/t.png)"
reason = "$x$ \\u001b[31m"
changes = [{action = "scale", table = "budgets", column = "amount", factor = "0.9"}]
"""


def run(*arguments: object, code: int = 0) -> str:
    done = CliRunner().invoke(command_line(), [*map(str, arguments), "--lang", "zh"], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("hostile")
    write_folder(hostile_tables(), where / "plan")
    (where / "scenario.toml").write_text(SCENARIO, "utf-8")
    return where


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    solved = optplan.solve(optplan.read_plan(folder / "plan"), time_limit=20)
    solved.to_json(folder / "result.json")
    return solved


def test_each_medium_shows_the_text_itself() -> None:
    for name in NAMES:
        assert markdown(name).words == re.sub(r"\s*\n\s*", " ", on_terminal(name)).strip()
        assert markdown(markdown(name)) is markdown(name) or markdown(markdown(name)) == markdown(name)
        assert re.sub(r"\\(.)", r"\1", markdown(name)).replace("\u2060", "") == markdown(name).words
        assert not re.search(r"(?<!\\)[<\[$`*_]", markdown(name))
        assert "<" not in html(name)
        short = file_name(name)
        assert 0 < len(short) <= LONGEST_FILE_NAME
        assert not set(short) & set('/\\:*?"<>|\n')
        assert not short.startswith(".")
    assert [file_name(name) for name in ("..", "", "CON", "nul.txt", "a" * 999, "/")] == [
        "optplan", "optplan", "_CON", "_nul.txt", "a" * LONGEST_FILE_NAME, "_",
    ]  # fmt: skip


def test_the_title_of_a_chart_is_never_a_program(result: Result) -> None:
    """Vega writes titles into program text as they are, backslashes and all."""
    assert str(result.tables().setting("currency")).splitlines() == CURRENCY.splitlines()
    assert "\\" not in in_chart(CURRENCY)
    drawn = scalable_picture(charts_of(result)["money"]())
    assert "host⧵share" in drawn.decode("utf-8")


def test_the_shell(folder: Path, result: Result) -> None:
    run("check", folder / "plan")
    said = run("solve", folder / "plan", "--scenario", folder / "scenario.toml", "--out", folder / "changed.json", code=0)
    assert "\x1b" not in said
    said = run("compare", folder / "result.json", folder / "changed.json", "--out", folder / "compared.xlsx")
    assert "\x1b" not in said
    assert "\u202e" not in said
    for name in (NAMES[0], NAMES[5], "(document.title)", "__proto__", "<b>[x](javascript:y)</b>"):
        assert name in said
    run("verify", folder / "plan", folder / "result.json")


def test_workbooks_hold_text_and_no_formula_of_theirs(folder: Path, result: Result) -> None:
    run("export", folder / "result.json", folder / "schedule.xlsx")
    run("convert", folder / "plan", folder / "plan.xlsx")
    for name in ("schedule", "plan"):
        book = openpyxl.load_workbook(folder / f"{name}.xlsx")
        texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        hostile = [cell for cell in texts if ("HYPERLINK(" in cell.value and "evil" in cell.value) or "cmd|" in cell.value]
        assert hostile
        assert all(cell.data_type == "s" and not cell.hyperlink for cell in hostile)
        with zipfile.ZipFile(folder / f"{name}.xlsx") as archive:
            formulas = [each for part in archive.namelist() for each in re.findall(rb"<f[ >][^<]*<", archive.read(part))]
        assert not [each for each in formulas if b"evil" in each or b"cmd|" in each]
    back = optplan.read_plan(folder / "plan.xlsx")
    assert back.sha256 == optplan.read_plan(folder / "plan").sha256
    run("verify", folder / "plan", folder / "schedule.xlsx")


@pytest.mark.slow
def test_the_brief_and_charts(folder: Path, result: Result) -> None:
    run("brief", folder / "result.json", folder / "brief.docx")
    with zipfile.ZipFile(folder / "brief.docx") as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    assert "&lt;img src=x" in body
    assert not re.search(r"\b49\b(?=.{0,12}%)", body)
    for draw in charts_of(result).values():
        drawn = scalable_picture(draw()).decode("utf-8")
        assert "<img" not in drawn
        assert "<script" not in drawn


def draw(page: str) -> None:
    import importlib

    from optplan.web.desk import Desk

    desk = Desk()
    with desk.speaking():
        importlib.import_module(f"optplan.web.{page}.page").show(desk)


def seen(app: AppTest) -> list[str]:
    """Everything that Streamlit will read as Markdown."""
    found = []
    for element in app:
        if element.type == "html":
            tags = set(re.findall(r"<(\w+)", element.proto.body))
            assert tags <= {
                "div",
                "table",
                "caption",
                "thead",
                "tbody",
                "tr",
                "th",
                "td",
                "span",
                "small",
                "figure",
                "figcaption",
                "b",
                "i",
                "style",
            }
            continue
        proto = getattr(element, "proto", None)
        for part in ("body", "label", "help", "tooltip", "caption"):
            if isinstance(said := getattr(proto, part, None), str):
                found.append(said)
        for option in getattr(proto, "options", ()) if type(element).__name__ == "ButtonGroup" else ():
            found.append(getattr(option, "content", str(option)))
    return found


MARKUP = re.compile(
    r"(?<!\\)<(?:img|script|/td)|(?<!\\)\]\(|(?<!\\)\$|(?<![\\\w]):(?:red|smile|streamlit|material/home)|evil\.example|(?<!\\)`"
)


@pytest.mark.parametrize(
    ("page", "state"),
    [("overview", {}), ("inputs", {}), ("solving", {}), *(("schedule", {"schedule-section": name}) for name in SECTIONS)],
    ids=str,
)
def test_the_page(page: str, state: dict[str, str], result: Result, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPTPLAN_STORE", str(folder / "store.sqlite3"))
    app = AppTest.from_function(draw, args=(page,), default_timeout=60)
    given = {"desk.result": result, "desk.run_id": None, "desk.language": "zh", "desk.plan": optplan.read_plan(folder / "plan")}
    given["desk.changes"] = read_scenario(folder / "scenario.toml").changes
    given["desk.scenario_name"] = NAMES[4]
    for name, value in {**given, **state}.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception
    found = seen(app)
    assert found
    assert [said for said in found if MARKUP.search(said)] == []
