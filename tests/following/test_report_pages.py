"""Every report of the example, in both languages, has two to eight pages, annex and all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from brief.paper import pages

import optplan
from optplan.following import follow
from optplan.following.lights import read_lights
from optplan.following.scores import assess, read_scores
from optplan.language import speaking
from optplan.records import read_ledger
from optplan.reporting import Letter, write_report
from optplan.reporting.kinds import KINDS
from optplan.reporting.score_report import write_score_report

ROOT = Path(__file__).resolve().parents[2]
PLAN = optplan.read_plan(ROOT / "inputs" / "shuozhou-2023")
LEDGER = read_ledger(ROOT / "inputs" / "shuozhou-2023" / "records.csv")
LETTER = Letter("朔州市消防救援支队", "朔州市人民政府", "朔消〔2023〕12号", date(2023, 6, 30))
CLOSED = 2022


@pytest.fixture(scope="module")
def adopted():
    return optplan.read_result(ROOT / "reports" / "sample" / "shuozhou-attain.json")


@pytest.fixture(scope="module")
def found(adopted):
    return follow(PLAN, LEDGER, adopted=adopted, seconds=120)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", [*KINDS, "plan:yingxian"])
def test_every_report_has_two_to_eight_pages(found, tmp_path, kind, language):
    name, _, county = kind.partition(":")
    own = replace(found, standing=replace(found.standing))  # whose names are in no language yet
    path = tmp_path / "report.pdf"
    write_report(own, path, name, LETTER, county=county or None, language=language)
    assert 2 <= pages(path) <= 8


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_notice_of_the_assessment_has_two_to_eight_pages(adopted, tmp_path, language):
    path = tmp_path / "notice.pdf"
    with speaking(language):
        scores = assess(PLAN, LEDGER, adopted.to_schedule(), CLOSED, read_lights(), read_scores())
        write_score_report(scores, LEDGER, adopted, path, ("朔州市人民政府", "各县（市、区）", "", LETTER.day))
    assert 2 <= pages(path) <= 8
