"""The user's guide works as written: its files are written, its commands run one after another, in both languages."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import optplan
from optplan.console.commands import command_line
from optplan.language import speaking

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("first-plan", "what-if", "excel", "replan", "records")
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]*)")?\n(.*?)^```$', re.M | re.S)


def steps(language):
    """(page, kind, title, text) of every block of the guide, in the order in which it is read."""
    for page in PAGES:
        for block in BLOCK.findall((DOCS / language / f"{page}.md").read_text(encoding="utf-8")):
            yield page, *block


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_every_command_of_the_guide_does_what_the_guide_says(language, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("linhe").mkdir()
    with speaking(language):
        run = CliRunner()
        for page, kind, title, text in steps(language):
            if kind == "csv" and page == "first-plan":
                Path("linhe", title).write_text(text, encoding="utf-8")
            elif title:
                Path(title).write_text(text, encoding="utf-8")
            for line in text.splitlines() if kind == "sh" else ():
                done = run.invoke(command_line(), shlex.split(line)[1:])
                assert done.exit_code == 0, (line, done.output)
    plan, result = optplan.read_plan("linhe"), optplan.read_result("reports/linhe.json")
    assert [finding.line("en") for finding in plan.findings] == []
    later, replanned = optplan.read_result("reports/less.json"), optplan.read_result("reports/linhe-2025-replan.json")
    assert [list(each.projects["opens"]) for each in (result, later)] == [[2025], [2026]]
    hires = replanned.teams.set_index(["team", "year"])["hires"]
    assert (hires["east_1", 2024], hires["east_1", 2025]) == (3, 2)
    recorded = {(row["item"], row["county"]): row["quantity"] for row in optplan.read_plan("linhe-recorded").tables["actuals"]}
    assert recorded == {("engine", "east"): 1, ("firefighter", "east"): 4, ("station", "west"): 1}
    assert len(list(Path("forms").glob("*.xlsx"))) == len(plan.counties)
    assert (result.status, (result.targets["shortfall"] == 0).all()) == ("optimal", True)
    made = (
        "linhe-schedule.xlsx",
        "linhe-brief.docx",
        "compared.xlsx",
        "linhe-inputs.xlsx",
        "linhe-repaired.xlsx",
        "linhe-2025/actuals.csv",
    )
    assert [name for name in made if not Path(name).exists()] == []


def test_both_languages_say_the_same_with_the_same_files_and_commands():
    zh, en = ([step for step in steps(language) if step[1] in ("csv", "sh")] for language in ("zh", "en"))
    assert zh == en
