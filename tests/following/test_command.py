"""From the shell: one command from records to a report and its sealed schedules, one JSON document, findings with places."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from plans.random_plans import Size, random_tables

import optplan
from optplan.following.lights import read_lights
from optplan.tables import write_folder

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, cwd):
    command = [sys.executable, "-m", "optplan.cli", *map(str, arguments), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, timeout=120, check=False)
    assert "Traceback" not in done.stderr + done.stdout
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("follow")
    write_folder(random_tables(11, Size(counties=1, years=3, goods=1, teams=1, projects=0, closed=1, money=0.4)), where / "plan")
    (where / "plan" / "records.csv").write_text("number,kind,county,year,quarter,who,at\n", encoding="utf-8")
    return where


def test_one_command_from_records_to_the_report_with_its_sealed_schedules(folder):
    code, told = run(
        "follow", "plan", "--schedules", "kept", "--out", "report.docx", "--report", "midterm", "--time-limit", "2", cwd=folder
    )
    assert code == 0
    assert Document(folder / "report.docx").paragraphs
    assert told["year"] == 2021
    seals = {told["replan"]["seal"]} | {line["forecast"]["seal"] for line in told["targets"]} - {None}
    for seal in seals:
        result = optplan.read_result(folder / told["schedules"][seal])
        assert result.document["seal"]["sha256"] == seal
        assert result.check().ok
    replan = optplan.read_result(folder / told["schedules"][told["replan"]["seal"]])
    assert optplan.verify(optplan.read_plan(folder / "plan"), replan).ok


def test_wrong_rules_of_lights_are_named_at_their_key(tmp_path):
    (tmp_path / "lights.toml").write_text("title = 1\n", encoding="utf-8")
    with pytest.raises(optplan.InputError) as raised:
        read_lights(tmp_path / "lights.toml")
    assert {finding.code for finding in raised.value.findings} == {"rules-invalid"}
    assert {finding.place.column for finding in raised.value.findings} >= {"title", "progress", "forecast"}
