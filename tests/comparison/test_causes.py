"""Why two results differ, in words that the figures of both bear out."""

from decimal import Decimal

import pytest

from optplan.comparison import Comparison
from optplan.comparison.causes import causes
from optplan.comparison.differences import changed_rows
from optplan.figures.figures import Figures
from optplan.language import speaking


@pytest.fixture(params=["zh", "en"])
def said(two, request):
    with speaking(request.param):
        sides = Comparison(two)
        return request.param, sides, causes(sides, (Figures(two[0]), Figures(two[1])), 1)


def test_less_money_is_told_county_by_county(said):
    language, sides, sentences = said
    first, other = (side.result.document for side in sides.sides)

    def given(document, county):
        return sum(Decimal(each["amount"]) for each in document["balances"] if each["county"] == county)

    names = {
        row["county"]: row["name" if language == "zh" else "name_en"] or row["name"] for row in sides.sides[0].tables["counties"]
    }
    less = {county: given(other, county) - given(first, county) for county in names}
    county = min(less, key=less.get)
    assert less[county] < 0
    assert any(names[county] in each and f"−{abs(less[county]):,.2f}" in each for each in sentences)


def test_every_sentence_is_whole_and_changed_inputs_are_counted(said):
    _, sides, sentences = said
    assert any(f"{len(list(changed_rows(sides)))}" in each for each in sentences)
    assert not any("cause-" in each or "{" in each for each in sentences)


def test_a_result_beside_itself_differs_in_nothing(two):
    with speaking("zh"):
        found = causes(Comparison([two[0], two[0]]), (Figures(two[0]), Figures(two[0])), 1)
    assert found[0] == "输入与基准完全相同。"
    assert all("没有求到底" in each for each in found[1:])
