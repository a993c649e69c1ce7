"""What the server finds once for all visitors is what each of them would have been told."""

from pathlib import Path

import optplan
from optplan.editing import Draft, Unread, inspect
from optplan.result import Result
from optplan.web.cache.checked_results import holds
from optplan.web.cache.inspections import inspection_of

ROOT = Path(__file__).resolve().parents[2]
SHUOZHOU = optplan.read_plan(ROOT / "inputs" / "shuozhou").tables
SAMPLE = ROOT / "reports" / "sample" / "shuozhou-attain.json"


def priced(typed):
    row = SHUOZHOU["costs"][0]
    return Draft((), (Unread("costs", row.key, {"unit_cost": typed}),)) if typed else Draft()


def test_drafts_that_differ_are_told_apart():
    for draft in (priced("many"), priced("more"), Draft(), priced("many")):
        for language in ("zh", "en"):
            found, alone = (ask(SHUOZHOU, draft, language, "d") for ask in (inspection_of, inspect))
            assert found.found == alone.found
            assert found.tables.sha256 == alone.tables.sha256


def test_a_result_that_was_falsified_is_refused_whatever_was_known_of_the_other():
    result = optplan.read_result(SAMPLE)
    assert holds(result)
    assert holds(result)
    entry, *others = result.document["schedule"]
    falsified = Result({**result.document, "schedule": [{**entry, "quantity": entry["quantity"] + 1}, *others]})
    assert not holds(falsified)
    assert holds(result)


def test_the_tables_of_a_result_are_those_it_carries():
    result = optplan.read_result(SAMPLE)
    before = result.tables()
    assert result.tables() is before
    budgets = result.document["inputs"]["budgets"]
    fewer = {**budgets, "rows": budgets["rows"][:-1]}
    result.document["inputs"] = {**result.document["inputs"], "budgets": fewer}
    assert len(result.tables()["budgets"]) == len(before["budgets"]) - 1
