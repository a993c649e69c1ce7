"""A row of totals is known in whatever words it is called one; a county whose name only holds such a word is a county."""

from pathlib import Path

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
