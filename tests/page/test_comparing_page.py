"""Results that are compared on the page: from files and from the store, honest and not."""

import copy
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from browsing import ROOT, cut_off, go_to, settled, shot
from plans.random_plans import Size, random_tables
from playwright.sync_api import expect

import optplan
from optplan.plan import Plan
from optplan.scenarios import Scenario, apply_scenarios

SAMPLE = ROOT / "reports" / "sample" / "shuozhou-attain.json"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A small city solved as it is, and with three times the money."""
    folder = tmp_path_factory.mktemp("results")
    plan = Plan(random_tables(3, Size(counties=3, years=3, goods=3, teams=2, projects=1)))
    more = {"action": "scale", "table": "budgets", "column": "amount", "factor": 3}
    richer = apply_scenarios(plan, [Scenario(name="三倍资金", title="三倍资金", changes=[more])])
    optplan.solve(plan, model="attain", time_limit=20).to_json(folder / "base.json")
    optplan.solve(richer, model="attain", time_limit=20, scenario=["三倍资金"]).to_json(folder / "richer.json")
    return folder


def drop(page, *paths):
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files([str(path) for path in paths])
    page.wait_for_timeout(500)
    settled(page)


def without_the_open_one(page):
    page.get_by_test_id("stMultiSelect").get_by_role("button").first.click()
    settled(page)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "language"), [("laptop", "zh"), ("phone", "en")])
def test_results_stand_side_by_side(visit, files, size, language):
    page = visit(size, language)
    go_to(page, "方案对比" if language == "zh" else "Compare")
    drop(page, files / "base.json", files / "richer.json")
    without_the_open_one(page)
    expect(page.get_by_role("heading", name="差异地图" if language == "zh" else "Where they differ")).to_be_visible()
    first, second = (json.loads((files / name).read_text()) for name in ("base.json", "richer.json"))
    spent = [sum(Decimal(e["capital"]) + Decimal(e["recurrent"]) for e in each["costs"]) for each in (first, second)]
    said = page.get_by_test_id("stMain").inner_text()
    for amount in spent:
        assert f"{amount:,.2f}" in said
    assert "三倍资金" in said
    assert cut_off(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel 对比表" if language == "zh" else "Excel comparison").click()
    assert openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()), read_only=True).sheetnames
    shot(page, f"compared-{language}-{size}")


@pytest.mark.slow
def test_a_result_that_was_tampered_with_is_refused_and_the_rest_goes_on(visit, files, tmp_path):
    document = json.loads((files / "base.json").read_text())
    forged = copy.deepcopy(document)
    forged["costs"][0]["capital"] = str(Decimal(forged["costs"][0]["capital"]) + 1)
    (tmp_path / "forged.json").write_text(json.dumps(forged))
    (tmp_path / "broken.json").write_text("{")
    page = visit()
    go_to(page, "方案对比")
    drop(page, files / "base.json", tmp_path / "forged.json", tmp_path / "broken.json")
    expect(page.get_by_text("这份结果没有通过逐条精确复核")).to_be_visible()
    assert page.get_by_test_id("stAlertContentError").count() == 2
    expect(page.get_by_role("heading", name="差异地图")).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0
    go_to(page, "总览")
    expect(page.get_by_text("规划 701，全部完成")).to_be_visible()
    other = visit()
    expect(other.get_by_text("规划 701，全部完成")).to_be_visible()
