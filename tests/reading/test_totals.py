"""A row of totals is known in whatever words it is called one; a county whose name only holds such a word is a county."""

from pathlib import Path

import pytest
from reading.changed_plan import in_csv, told, with_cell
from reading.small_plan import grids, to_folder

from optplan.tables import read_tables

TOTALS = (
    "共", "【合计】", "「小计」", "合计*", "合_计", "合-计", "合·计", "合计。", "小计、", "合计数据", "合计行", "全部县区", "总人口", "总共", "一共", "共有", "合",
    "ttl", "Tot.", "以下空白", "以上为草案", "完", "2021年5月1日", "總　計", "Grand-Total", "Total 合计",
)  # fmt: skip
NAMES = ("共和县", "合阳县", "总铺镇", "共青城市", "合川", "完县", "以上镇", "计生站", "全州", "Totnes")


def errors_of(folder: Path, county: str) -> list[tuple[int | None, str | None, str]]:
    """What is said of a plan with one more row in the table of counties."""
    tables = grids()
    tables["counties"].append([county, county, "510000", "", ""])
    _, findings = read_tables(to_folder(tables, folder))
    return [(each.place.row, each.place.column, each.code) for each in findings if each.severity == "error"]


def test_totals_are_known_in_many_spellings(tmp_path: Path) -> None:
    assert {word: errors_of(tmp_path / "plan", word)[:1] for word in TOTALS} == {
        word: [(5, "county", "row-total")] for word in TOTALS
    }


def test_a_name_that_holds_such_a_word_is_a_name(tmp_path: Path) -> None:
    assert {name: errors_of(tmp_path / "plan", name) for name in NAMES} == {name: [] for name in NAMES}


@pytest.mark.parametrize(
    "word",
    [
        "合计",
        "小计",
        "总计",
        "共计",
        "合 计",
        "合　计",
        "合计：",
        "合计（万元）",
        "全市合计",
        "Total",
        "SUBTOTAL",
        "Grand total",
        "Sum",
        "累计数",
        "合共",
        "加总",
        "計",
    ],
)
@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("counties", ["?", "?", "510000", "", ""]),
        ("items", ["?", "?", "", "", "", ""]),
        ("teams", ["?", "?", "dong", "ff", "", "32", "65", "105", ""]),
        ("funds", ["?", "?", "county", "both", "", "", "", "", ""]),
        ("targets", ["?", "truck", "", "2027", "15", "min", ""]),
        ("budgets", ["?", "", "2023", "1120"]),
        ("stock", ["truck", "?", "11", ""]),
    ],
)  # fmt: skip
def test_a_row_of_totals_is_not_data(tmp_path, table, row, word):
    _, findings = in_csv(tmp_path, table, lambda grid: grid.append([cell.replace("?", word) for cell in row]))
    at = f"{len(grids()[table]) + 1}:{grids()[table][0][row.index('?')]}"
    assert (at, "row-total") in told(findings)


@pytest.mark.parametrize("word", ["全部", "总", "所有县区", "ALL", "Summe"])
def test_a_county_or_team_of_all_is_a_row_of_totals_but_a_group_of_all_is_a_group(tmp_path, word):
    _, findings = in_csv(tmp_path, "counties", lambda grid: grid.append([word, word, "510000", "", ""]))
    assert ("5:county", "row-total") in told(findings)
    assert not told(in_csv(tmp_path, "groups", lambda grid: grid.append([word, "truck", word]))[1])


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("targets", "target", "trucks_total"),
        ("items", "name", "Total station"),
        ("counties", "name", "总铺镇"),
        ("limits", "limit", "合计_2023"),
    ],
)
def test_a_name_with_such_a_word_in_it_is_a_name(tmp_path, table, column, text):
    assert not told(with_cell(tmp_path, table, 1, column, text)[1])
