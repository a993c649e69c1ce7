"""Every report of the example, in both languages, has two to eight pages, annex and all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from brief.paper import pages

import optplan
from optplan.following import follow
from optplan.following.lights import read_lights
from optplan.following.scores import assess, read_scores
from optplan.language import speaking
from optplan.records import Record, Records, read_ledger
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


def came_of(adopted):
    """Entries of what came after the closed years: of what was adopted all but every seventh delivery, payment and the first work."""
    document, begun = adopted.document, {row["project"] for row in PLAN.tables["actuals"]}
    goods = {row["item"] for row in PLAN.tables["items"] if row["kind"] == "goods"}
    counties = {row["team"]: row["county"] for row in PLAN.tables["teams"]} | {
        row["project"]: row["county"] for row in PLAN.tables["projects"]
    }
    delivered = [row for row in document["schedule"] if row["item"] in goods and row["year"] > CLOSED]
    paid = [row for row in document["payments"] if row["year"] > CLOSED]
    for row in [row for at, row in enumerate(delivered) if at % 7]:
        yield "delivery", row["county"], row["year"], {"item": row["item"], "quantity": Decimal(str(row["quantity"]))}
    for row in [row for at, row in enumerate(paid) if at % 7]:
        told = {"fund": row["fund"], "spending_class": row["class"], "amount": Decimal(str(row["amount"]))}
        yield "spending", row["county"], row["year"], told
    for row in [row for row in document["teams"] if row["hires"] and row["year"] > CLOSED]:
        yield "hire", counties[row["team"]], row["year"], {"team": row["team"], "quantity": Decimal(row["hires"])}
    for row in document["projects"][1:]:
        for kind, year in (("start", max(row["start"], CLOSED + 1)), ("opening", row["opens"] + 1)):
            if year <= PLAN.last_year and not (kind == "start" and row["project"] in begun):
                yield kind, counties[row["project"]], year, {"project": row["project"], "quantity": Decimal(1)}


@pytest.fixture(scope="module")
def over(adopted):
    """The example three years on, when it is over: recorded, and not closed yet."""
    last, said = PLAN.last_year, {"source": "示例", "who": "示例", "at": "2026-01-15T08:00:00+00:00"}
    numbers = count(LEDGER.next_number)
    more = [Record(next(numbers), kind, county, year, 4, **told, **said) for kind, county, year, told in came_of(adopted)]
    seen = [row.values for row in PLAN.tables["observations"]]
    plan = PLAN.with_changes({"observations": [*seen, *({**row, "year": last} for row in seen if row["year"] == CLOSED)]})
    return follow(plan, Records((*LEDGER.entries, *more)), adopted=adopted, year=last)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["final", "check", "notice"])
def test_every_report_on_a_plan_that_is_over_has_two_to_eight_pages(over, tmp_path, kind, language):
    path = tmp_path / "report.pdf"
    write_report(replace(over, standing=replace(over.standing)), path, kind, LETTER, language=language)
    assert 2 <= pages(path) <= 8


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_notice_of_the_assessment_has_two_to_eight_pages(adopted, tmp_path, language):
    path = tmp_path / "notice.pdf"
    with speaking(language):
        scores = assess(PLAN, LEDGER, adopted.to_schedule(), CLOSED, read_lights(), read_scores())
        write_score_report(scores, LEDGER, adopted, path, ("朔州市人民政府", "各县（市、区）", "", LETTER.day))
    assert 2 <= pages(path) <= 8
