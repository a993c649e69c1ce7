"""What looks like one thing in Excel and is another in the file is never taken for what it is not: it is read right, or named."""

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from reading.changed_plan import in_csv, told, with_cell
from reading.small_plan import grids, to_book, to_folder, to_workbook

from optplan.plan.checks import check
from optplan.tables import read_tables


@pytest.fixture(scope="module")
def intended(tmp_path_factory):
    tables, findings = read_tables(to_folder(grids(), tmp_path_factory.mktemp("plan") / "plan"))
    assert not findings
    return tables.sha256


def in_book(tmp_path, change):
    book = to_book(grids())
    change(book)
    book.save(tmp_path / "plan.xlsx")
    return read_tables(tmp_path / "plan.xlsx")


# -- numbers


@pytest.mark.parametrize(
    "text",
    [
        "420",
        " 420 ",
        "４２０",
        "420.0",
        "420.",
        "+420",
        "4.2e2",
        "0420",
        "\u200b420",
        "4\u200b20",
        "420\ufeff",
        "\u200e420",
        "420\n",
        "\u00a0420",
    ],
)
def test_a_number_in_an_accepted_notation_is_read(tmp_path, intended, text):
    tables, findings = with_cell(tmp_path, "budgets", 1, "amount", text)
    assert told(findings) == []
    assert tables.sha256 == intended


@pytest.mark.parametrize("text", ["1,420", "1 420", "1\u2009420", "１，４２０", "1\u202f420"])
def test_thousands_may_be_set_apart(tmp_path, text):
    tables, findings = with_cell(tmp_path, "budgets", 1, "amount", text)
    assert told(findings) == []
    assert tables["budgets"][0]["amount"] == 1420


def test_a_true_minus_sign_is_a_minus_sign(tmp_path):
    tables, findings = with_cell(tmp_path, "growth", 1, "rate", "−0.02")
    assert told(findings) == []
    assert str(tables["growth"][0]["rate"]) == "-0.02"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("420①", "cell-note-mark"), ("420¹", "cell-note-mark"), ("42⁰", "cell-note-mark"), ("②", "cell-note-mark"),
        ("420₂", "cell-note-mark"), ("420⑴", "cell-note-mark"), ("420❶", "cell-note-mark"), ("420*", "cell-note-mark"),
        ("420[1]", "cell-note-mark"), ("420(1)", "cell-note-mark"), ("420（注1）", "cell-note-mark"), ("420注", "cell-note-mark"),
        ("420†", "cell-note-mark"), ("420ª", "cell-note-mark"), ("420^1", "cell-note-mark"), ("420※", "cell-note-mark"),
        ("4 20", "cell-number-space"), ("42 0", "cell-number-space"), ("4\n20", "cell-number-space"), ("- 420", "cell-number-space"),
        ("4\u00a020", "cell-number-space"), ("4\u300020", "cell-number-space"),
        ("约420", "cell-number-about"), ("420左右", "cell-number-about"), ("~420", "cell-number-about"), ("≈420", "cell-number-about"),
        ("about 420", "cell-number-about"), ("420余", "cell-number-about"), ("近420万", "cell-number-about"),
        ("≥420", "cell-number-bound"), (">420", "cell-number-bound"), ("420以上", "cell-number-bound"), ("不少于420", "cell-number-bound"),
        ("420+", "cell-number-bound"), ("at least 420", "cell-number-bound"), ("逾420", "cell-number-bound"), ("420封顶", "cell-number-bound"), ("不到420", "cell-number-bound"), ("＜420", "cell-number-bound"), ("不超过420万元", "cell-number-bound"),
        ("—", "cell-placeholder"), ("-", "cell-placeholder"), ("——", "cell-placeholder"), ("/", "cell-placeholder"), ("无", "cell-placeholder"),
        ("N/A", "cell-placeholder"), ("待定", "cell-placeholder"), ("…", "cell-placeholder"),
        ("（420）", "cell-number-parentheses"), ("(420)", "cell-number-parentheses"), ("(1,420)", "cell-number-parentheses"),
        ("420万", "cell-number-unit"), ("420万元", "cell-number-unit"), ("¥420", "cell-number-unit"), ("420 元", "cell-number-unit"),
        ("420人", "cell-number-unit"), ("$420", "cell-number-unit"), ("2025年", "cell-number-unit"), ("人民币420", "cell-number-unit"),
        ("400-420", "cell-number-range"), ("400～420", "cell-number-range"), ("400至420", "cell-number-range"),
        ("42%", "cell-number-percent"), ("42‰", "cell-number-percent"), ("42 ％", "cell-number-percent"),
        ("4,20", "cell-number-separators"), ("420,5", "cell-number-separators"), ("1.420,50", "cell-number-separators"),
        ("0,420", "cell-number-separators"), ("1,4200", "cell-number-separators"), ("1'420", "cell-number-separators"),
        ("4.20E+02", "cell-number-scientific"), ("٤٢٠", "cell-number-script"), ("४२०", "cell-number-script"), ("𝟒𝟐𝟎", "cell-number-script"),
        ("四百二十", "cell-number-words"), ("贰佰", "cell-number-words"), ("〃", "cell-ditto"), ("同上", "cell-ditto"),
        ("#DIV/0!", "cell-error"), ("#REF!", "cell-error"), ("####", "cell-error"), ("=1+1", "cell-formula"), ("42O", "cell-number-unit"),
        ("420\u202e", "cell-hidden-character"), ("420\u3164", "cell-hidden-character"), ("420\ufffd", "cell-lost-character"),
        ("½", "cell-number"), ("TRUE", "cell-number"), ("12:30", "cell-number"), ("1/2", "cell-number"),
    ],
)  # fmt: skip
def test_text_that_is_not_wholly_a_number_is_refused_with_its_own_reason(tmp_path, text, code):
    _, findings = with_cell(tmp_path, "budgets", 1, "amount", text)
    assert told(findings) == [("2:amount", code)]


@pytest.mark.parametrize("text", ["2023年", "２０２３", "2023.0", "2023 年", "2023-01-01"])
def test_a_year_may_be_written_as_one(tmp_path, intended, text):
    assert with_cell(tmp_path, "budgets", 1, "year", text)[0].sha256 == intended


@pytest.mark.parametrize("text", ["2023①", "2023年底", "2023-2024", "23", "约2023年", "2 023①", "2023/5/1"])
def test_a_year_that_is_none_is_refused(tmp_path, text):
    assert [place for place, _ in told(with_cell(tmp_path, "budgets", 1, "year", text)[1])] == ["2:year"]


@pytest.mark.parametrize("text", ["①", "¹", "1①", "是①", "1 1"])
def test_a_flag_is_no_note_mark(tmp_path, text):
    assert [place for place, _ in told(with_cell(tmp_path, "counties", 1, "supported", text)[1])] == ["2:supported"]


# -- ids and names


@pytest.mark.parametrize("text", ["dong\u200b", "\ufeffdong", "d\u00adong", "ｄｏｎｇ", "dong\u200d", "dong\u00a0", "do\u2060ng"])
def test_an_id_without_what_has_no_width_is_the_same_id(tmp_path, intended, text):
    assert with_cell(tmp_path, "budgets", 1, "county", text)[0].sha256 == intended


@pytest.mark.parametrize(
    ("text", "point"),
    [("\u202egnod", "U+202E"), ("dong\u3164", "U+3164"), ("dong\u2066", "U+2066"), ("dong\U000e0061", "U+E0061")],
)
def test_what_cannot_be_seen_is_named_by_its_code_point(tmp_path, text, point):
    _, findings = with_cell(tmp_path, "budgets", 1, "county", text)
    assert ("2:county", "cell-hidden-character") in told(findings)
    assert point in findings[0].message("en")


@pytest.mark.parametrize("text", ["dong①", "dong¹", "dong†", "同上", "〃", "1.406E+17", "—", "…"])
def test_what_is_no_id_is_refused(tmp_path, text):
    assert ("2:county", "reference-missing") not in told(with_cell(tmp_path, "budgets", 1, "county", text)[1])
    assert "2:county" in [place for place, _ in told(with_cell(tmp_path, "budgets", 1, "county", text)[1])]


def test_the_same_id_twice_is_seen_through_invisible_characters(tmp_path):
    _, findings = in_csv(tmp_path, "counties", lambda grid: grid.append(["dong\u200b", "东区", "300000", "1.5", "0"]))
    assert {("2:county", "key-twice"), ("5:county", "key-twice")} <= set(told(findings))


@pytest.mark.parametrize("text", ["??", "？？", "?? ??"])
def test_a_name_whose_letters_were_lost_is_no_name(tmp_path, text):
    _, findings = with_cell(tmp_path, "counties", 1, "name", text)
    assert [finding.code for finding in findings] == ["cell-lost-character"]


def test_a_name_keeps_its_marks_of_direction(tmp_path):
    tables, findings = with_cell(tmp_path, "counties", 1, "name", "\u200fאב\u200f东\u200d区")
    assert told(findings) == []
    assert tables["counties"][0]["name"] == "\u200fאב\u200f东\u200d区"


# -- rows


def test_a_header_that_stands_again_is_not_data(tmp_path):
    for table in ("counties", "groups", "budgets"):
        _, findings = in_csv(tmp_path, table, lambda grid: grid.append(list(grid[0])))
        assert [code for _, code in told(findings)] == ["header-again"]


# -- merged cells


def merged(tmp_path, table, column, first, last, value):
    """The plan with a column of a sheet merged over rows, and what reading it says."""

    def change(book):
        sheet = book[table]
        at = [cell.value for cell in sheet[1]].index(column) + 1
        sheet.cell(first, at).value = value
        sheet.merge_cells(start_row=first, end_row=last, start_column=at, end_column=at)

    return in_book(tmp_path, change)


@pytest.mark.parametrize(
    ("table", "column", "first", "last", "value"),
    [
        ("limits", "group", 2, 6, "truck"), ("limits", "kind", 2, 11, "capacity"), ("budgets", "year", 2, 5, 2023),
        ("stock", "item", 2, 4, "truck"), ("standards", "standard", 2, 4, "fleet"), ("standards", "from_year", 5, 7, 2023),
        ("growth", "county", 2, 5, "dong"), ("teams", "item", 2, 4, "ff"), ("targets", "by_year", 2, 6, 2027), ("groups", "group", 2, 3, "rescue"),
        ("groups", "name", 2, 3, "救援"), ("counties", "supported", 3, 4, 1), ("funds", "carry_share", 2, 2, 0.3),
    ],
)  # fmt: skip
def test_what_is_said_of_each_row_is_filled_down_and_said(tmp_path, intended, table, column, first, last, value):
    tables, findings = merged(tmp_path, table, column, first, last, value)
    assert told(findings) == []
    assert tables.sha256 == intended
    if last > first:
        assert [code for _, code in told(findings, "warning")] == ["merged-filled"]
        assert f"{first}:" in findings[0].message("en")


@pytest.mark.parametrize(
    ("table", "column", "first", "last", "value", "code"),
    [
        ("costs", "unit_cost", 2, 5, 60, "merged-figures"), ("budgets", "amount", 2, 5, 1120, "merged-figures"),
        ("counties", "population", 2, 4, 510000, "merged-figures"), ("limits", "max", 2, 6, 20, "merged-figures"),
        ("targets", "weight", 2, 3, 10, "merged-figures"), ("counties", "name", 2, 3, "东区", "merged-names"),
        ("limits", "limit", 2, 6, "trucks", "merged-names"), ("teams", "staff", 2, 3, 32, "merged-figures"), ("plan", "value", 3, 4, 2023, "merged-figures"),
    ],
)  # fmt: skip
def test_merged_figures_and_names_are_refused_at_their_cell(tmp_path, table, column, first, last, value, code):
    _, findings = merged(tmp_path, table, column, first, last, value)
    assert (f"{chr(65 + grids()[table][0].index(column))}{first}", code) in told(findings)


def test_merged_cells_across_columns_or_over_the_header_are_refused(tmp_path):
    _, findings = in_book(tmp_path, lambda book: book["budgets"].merge_cells("B2:C2"))
    assert ("B2", "merged-across") in told(findings)
    _, findings = in_book(tmp_path, lambda book: book["budgets"].merge_cells("B1:B2"))
    assert ("B1", "merged-header") in told(findings)


def test_a_title_may_be_merged(tmp_path, intended):
    def titled(book):
        book["budgets"].insert_rows(1)
        book["budgets"]["A1"] = "示例市预算表；单位：万元"
        book["budgets"].merge_cells("A1:D1")

    tables, findings = in_book(tmp_path, titled)
    assert not findings
    assert tables.sha256 == intended


# -- workbooks


def test_a_superscript_run_is_no_digit(tmp_path):
    def noted(book):
        mark = TextBlock(InlineFont(vertAlign="superscript"), "1")
        book["targets"]["E3"] = CellRichText("90", mark)
        book["budgets"]["B2"] = CellRichText("dong", mark)
        book["counties"]["B2"] = CellRichText("东区", mark)

    tables, findings = in_book(tmp_path, noted)
    assert {("E3", "cell-note-mark"), ("B2", "cell-note-mark")} <= set(told(findings))
    assert tables["counties"][0]["name"] == "东区¹"


def test_a_percentage_is_a_share_only_where_shares_stand(tmp_path):
    def shown(book):
        book["growth"]["C2"].number_format = book["budgets"]["D2"].number_format = "0.00%"

    assert told(in_book(tmp_path, shown)[1]) == [("D2", "cell-number-percent")]


def test_a_column_formatted_to_the_last_row_is_harmless(tmp_path, intended):
    def formatted(book):
        for row in (1_048_576, 700_000):
            book["budgets"].cell(row, 1).number_format = "@"
            book["budgets"].cell(row, 4).number_format = "0.00"

    tables, findings = in_book(tmp_path, formatted)
    assert not findings
    assert tables.sha256 == intended


def test_what_is_hidden_is_read_and_said(tmp_path, intended):
    def hide(book):
        book["budgets"].row_dimensions[3].hidden = True
        book["budgets"].column_dimensions["D"].hidden = True
        book["growth"].sheet_state = "veryHidden"

    tables, findings = in_book(tmp_path, hide)
    assert tables.sha256 == intended
    assert set(told(findings, "warning")) == {("A3", "rows-hidden"), ("D2", "column-hidden"), (None, "sheet-hidden")}


def test_what_has_no_width_or_height_is_as_good_as_hidden(tmp_path, intended):
    def squeeze(book):
        book["budgets"].row_dimensions[3].height = 0.5
        book["budgets"].column_dimensions["D"].width = 0.1
        book["costs"].sheet_format.defaultColWidth = 0

    tables, findings = in_book(tmp_path, squeeze)
    assert tables.sha256 == intended
    assert {("A3", "rows-hidden"), ("D2", "column-hidden"), ("A2", "column-hidden")} <= set(told(findings, "warning"))


def test_a_copy_of_a_sheet_does_not_win(tmp_path):
    def copied(book):
        book.copy_worksheet(book["budgets"]).title = "budgets (2)"

    assert [code for _, code in told(in_book(tmp_path, copied)[1])] == ["sheet-copy"]


def test_the_same_table_in_two_languages_is_named(tmp_path):
    def copied(book):
        book.copy_worksheet(book["budgets"]).title = "预算 "

    assert [code for _, code in told(in_book(tmp_path, copied)[1])] == ["table-twice"]


def test_a_table_on_its_side_is_named(tmp_path):
    tables = grids()
    tables["budgets"] = [list(column) for column in zip(*tables["budgets"][:5], strict=True)]
    _, findings = read_tables(to_workbook(tables, tmp_path / "plan.xlsx"))
    assert told(findings) == [("A1", "table-transposed")]
    _, findings = read_tables(to_folder(tables, tmp_path / "plan"))
    assert [code for _, code in told(findings)] == ["table-transposed"]


@pytest.mark.slow
def test_a_cell_of_every_size_is_a_finding(tmp_path):
    for table, grid in grids().items():
        for position in range(len(grid[0])):
            tables = grids()
            for value in ("1e300", "1e-300", "9" * 400):
                tables[table][1][position] = value
                tables_read, findings = read_tables(to_folder(tables, tmp_path / "plan"))
                if not told(findings):
                    check(tables_read)
    book = to_book(grids())
    for row, value in enumerate((1e300, -1e300, 1e-300), start=2):
        book["budgets"].cell(row, 4).value = value
        book["budgets"].cell(row, 3).value = value
        book["budgets"].cell(row, 3).number_format = "yyyy-mm-dd"
    book.save(tmp_path / "plan.xlsx")
    assert {place for place, _ in told(read_tables(tmp_path / "plan.xlsx")[1])} >= {"D2", "C2", "D3", "C3", "D4"}
