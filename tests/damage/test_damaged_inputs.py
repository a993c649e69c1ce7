"""Plans damaged as people and programs damage them, in every table and column: none means something else, nearly all name the cell."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from reading.small_plan import Grid, grids, to_book, to_folder, to_workbook

from optplan.plan.checks import check
from optplan.tables import read_tables
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.schema import Kind

NUMBERS = {Kind.WHOLE, Kind.QUANTITY, Kind.RATE, Kind.MONEY, Kind.DEGREES, Kind.YEAR}
BY_DEFAULT, ALL = 60, 1000
FORMS = (
    "约{}", "{}左右", "~{}", "≥{}", "{}以上", "<{}", "不少于{}", "{}万", "{}元", "¥{}", "（{}）", "({})", "[{}]", "{}-{}", "{}～{}", "{}‰", "{}%%",
    "{}①", "{}¹", "{}₂", "{}⑴", "{}❶", "{}*", "{}[1]", "{}（注）", "{}†", "{}ª", "—", "/", "无", "待定", "N/A", "同上", "〃", "#REF!", "#DIV/0!", "#####",
    "={}", "{},", "{},5", ",{}", "{}'", "{}_0", "{}x", "O{}", "\u202e{}", "{}\u3164", "{}\ufffd", "٤{}", "𝟒{}", "{}e999", "{} / {}", "四{}", "{}\n{}", "TRUE",
)  # fmt: skip
UNSEEN = ("\u200b", "\ufeff", "\u2060", "\u00ad")
MARKS = ("①", "¹", "₁", "†", "⑴", "❶")
TOTALS = (
    "合计",
    "小计",
    "总计",
    "共计",
    "合 计",
    "total",
    "Subtotal",
    "SUM",
    "全市合计",
    "合计：",
    "总和",
    "汇总",
    "合计数",
    "平均",
    "全市平均",
    "人均",
    "其中",
    "占比",
    "Average",
    "Max",
    "备注",
    "说明",
    "小计1",
    "Σ",
)
DISGUISES = ("0,", "#,##0.00,,", '0!.0,"万"', '0"亿"', '0"%"', ";;;", '"30"', "0\\%", '[>9]0,"k";0')


@dataclass
class Damage:
    """A damaged plan. ``places``: (table, row from 1, column) of the cells that were damaged; no column: anywhere in the row."""

    what: str
    path: object
    table: str
    row: int | None = None
    column: str | None = None


class Damager:
    """One act of damage, chosen by a seed."""

    def __init__(self, seed: int, folder) -> None:
        self.rng = random.Random(seed)
        self.grids, self.folder = grids(), folder / "plan"

    def damage(self) -> Damage:
        return self.rng.choice(ACTS)(self)

    def cell(self, kinds: set[Kind]) -> tuple[str, int, int, str]:
        """A cell that is filled in, of a column of one of the kinds: table, row and position from 0, its text."""
        places = [
            (name, row, at, text)
            for name, grid in self.grids.items()
            for row, line in enumerate(grid)
            for at, text in enumerate(line)
            if row and text and kind_of(name, grid, row, at) in kinds
        ]
        return self.rng.choice(places)

    def in_either(self, what: str, table: str, row: int, at: int, text: str) -> Damage:
        """The cell replaced, in a folder or a workbook."""
        self.grids[table][row][at] = text
        column = self.grids[table][0][at]
        where = to_folder(self.grids, self.folder) if self.rng.random() < 0.5 else self.book(lambda book: None)
        return Damage(f"{what} {text!r}", where, table, row + 1, column)

    def book(self, change: Callable[[openpyxl.Workbook], None]):
        book = to_book(self.grids)
        change(book)
        path = self.folder.with_suffix(".xlsx")
        book.save(path)
        return path

    def raw(self, table: str, change: Callable[[bytes], bytes]):
        folder = to_folder(self.grids, self.folder)
        path = folder / f"{table}.csv"
        path.write_bytes(change(path.read_bytes()))
        return folder


def kind_of(name: str, grid: Grid, row: int, at: int) -> Kind:
    kind = TABLES[name].column(grid[0][at]).kind
    return PLAN_KEYS[grid[row][0]].kind if kind is Kind.ANY else kind


def a_form(d: Damager) -> Damage:
    table, row, at, text = d.cell(NUMBERS)
    return d.in_either("form", table, row, at, d.rng.choice(FORMS).format(text, text))


def a_space(d: Damager) -> Damage:
    table, row, at, text = d.cell(NUMBERS)
    cut = d.rng.randrange(1, max(2, len(text)))
    space = d.rng.choice([" ", "\u00a0", "\u3000", "\n", "\u2009", "  "])
    return d.in_either("space", table, row, at, f"{text[:cut]}{space}{text[cut:] or text}")


def a_mark(d: Damager) -> Damage:
    table, row, at, text = d.cell({Kind.ID, Kind.FLAG, Kind.CHOICE, Kind.SHARES})
    return d.in_either("mark", table, row, at, text + d.rng.choice(MARKS))


def what_nobody_sees(d: Damager) -> Damage:
    table, row, at, text = d.cell(set(Kind) - {Kind.ANY})
    cut = d.rng.randrange(len(text) + 1)
    return d.in_either("unseen", table, row, at, text[:cut] + d.rng.choice(UNSEEN) + text[cut:])


def full_width(d: Damager) -> Damage:
    table, row, at, text = d.cell(set(Kind) - {Kind.ANY, Kind.TEXT})
    return d.in_either("full width", table, row, at, "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text))


def a_superscript(d: Damager) -> Damage:
    table, row, at, text = d.cell(set(Kind) - {Kind.ANY, Kind.TEXT})
    run = CellRichText(text, TextBlock(InlineFont(vertAlign=d.rng.choice(["superscript", "subscript"])), d.rng.choice("123")))

    def change(book):
        book[table].cell(row + 1, at + 1).value = run

    return Damage("superscript", d.book(change), table, row + 1, d.grids[table][0][at])


def struck(d: Damager) -> Damage:
    """Struck through in whole or in part: nobody can tell whether it is deleted."""
    table, row, at, text = d.cell(set(Kind) - {Kind.ANY})
    run = CellRichText(TextBlock(InlineFont(strike=True), d.rng.choice(["3", "旧", "x"])), text)

    def change(book):
        cell = book[table].cell(row + 1, at + 1)
        if d.rng.random() < 0.5:
            cell.value = run
        else:
            cell.font = Font(strike=True)

    return Damage("struck", d.book(change), table, row + 1, d.grids[table][0][at])


def disguised(d: Damager) -> Damage:
    """A number of which the sheet shows another one, or none."""
    table, row, at, text = d.cell(NUMBERS)

    def change(book):
        cell = book[table].cell(row + 1, at + 1)
        cell.value, cell.number_format = float(text), d.rng.choice(DISGUISES)

    return Damage("disguised", d.book(change), table, row + 1, d.grids[table][0][at])


def in_other_money(d: Damager) -> Damage:
    """An amount that its format gives in another unit than the plan counts in."""
    table, row, at, _ = d.cell({Kind.MONEY})

    def change(book):
        book[table].cell(row + 1, at + 1).number_format = d.rng.choice(
            ['0"元"', '"¥"0.00', "[$¥-804]#,##0", '0.0"亿元"', '"$"0', '0" yuan"']
        )

    return Damage("other money", d.book(change), table, row + 1, d.grids[table][0][at])


def unseen(d: Damager) -> Damage:
    """Something that is written in the colour of the paper, or too small to be read."""
    table, row, at, text = d.cell(set(Kind) - {Kind.ANY})
    look = d.rng.choice([InlineFont(color="FFFFFFFF"), InlineFont(color="FFFDFDFD"), InlineFont(sz=1)])

    def change(book):
        book[table].cell(row + 1, at + 1).value = CellRichText(text, TextBlock(look, d.rng.choice(["1", "0", "5"])))

    return Damage("unseen", d.book(change), table, row + 1, d.grids[table][0][at])


def totals(d: Damager) -> Damage:
    table = d.rng.choice([name for name in d.grids if name != "plan"])
    grid = d.grids[table]
    ids = [at for at, name in enumerate(grid[0]) if TABLES[table].column(name).kind is Kind.ID]
    line = list(d.rng.choice(grid[1:]))
    at = d.rng.choice([at for at in ids if at == 0 or line[at]] if table not in {"counties", "items", "teams"} else ids[:1])
    line[at] = d.rng.choice(TOTALS)
    grid.insert(d.rng.choice([len(grid), d.rng.randrange(1, len(grid))]), line)
    row = grid.index(line)
    return d.in_either("totals", table, row, at, line[at])


def merged(d: Damager) -> Damage:
    table, row, at, text = d.cell(set(Kind))
    grid = d.grids[table]
    last = row
    while last + 1 < len(grid) and grid[last + 1][at] == text and last - row < 5:
        last += 1
    if last == row:  # unlike cells, of which the first is kept
        last = min(row + 1, len(grid) - 1)

    def change(book):
        book[table].merge_cells(start_row=row + 1, end_row=last + 1, start_column=at + 1, end_column=at + 1)

    alike = all(line[at] == text for line in grid[row : last + 1])
    return Damage("merged alike" if alike else "merged unlike", d.book(change), table, row + 1, grid[0][at])


def merged_across(d: Damager) -> Damage:
    table, row, at, _ = d.cell(set(Kind))
    grid = d.grids[table]
    if at + 1 >= len(grid[0]) or not grid[row][at + 1]:
        return merged_across(d)

    def change(book):
        book[table].merge_cells(start_row=row + 1, end_row=row + 1, start_column=at + 1, end_column=at + 2)

    return Damage("merged across", d.book(change), table, row + 1, grid[0][at])


def header_again(d: Damager) -> Damage:
    table = d.rng.choice(list(d.grids))
    grid = d.grids[table]
    row = d.rng.randrange(2, len(grid) + 1)
    grid.insert(row, list(grid[0]))
    where = to_folder(d.grids, d.folder) if d.rng.random() < 0.5 else d.book(lambda book: None)
    return Damage("header again", where, table, row + 1)


def a_title(d: Damager) -> Damage:
    table = d.rng.choice(list(d.grids))
    d.grids[table].insert(0, [d.rng.choice(["示例市;预算;2023", "单位：万元\t2023", "附表3|预算", "标题"])])
    where = to_folder(d.grids, d.folder) if d.rng.random() < 0.5 else d.book(lambda book: None)
    return Damage("title", where, table)


def in_a_number_cell(d: Damager) -> Damage:
    table, row, at, text = d.cell(NUMBERS)

    def change(book):
        cell = book[table].cell(row + 1, at + 1)
        what = d.rng.choice(["formula", "error", "truth", "date", "percent", "huge", "hidden row", "hidden column"])
        if what in {"formula", "error", "truth", "huge"}:
            cell.value = {"formula": f"={text}+0", "error": "#N/A", "truth": True, "huge": 1e300}[what]
        elif what == "date":
            cell.number_format = "yyyy-mm-dd"
        elif what == "percent":
            cell.number_format = "0.0%"
        elif what == "hidden row":
            book[table].row_dimensions[row + 1].hidden = True
        else:
            book[table].column_dimensions[cell.column_letter].hidden = True

    return Damage("number cell", d.book(change), table, row + 1, d.grids[table][0][at])


def a_sheet(d: Damager) -> Damage:
    table = d.rng.choice(list(d.grids))

    def change(book):
        sheet = book[table]
        what = d.rng.choice(["copy", "spaces", "hidden", "ghost", "two headers", "empty row"])
        if what == "copy":
            copy = book.copy_worksheet(sheet)
            copy.title = d.rng.choice([f"{table} (2)", f"{table}_old", f"{table} "])
            copy.cell(2, 2).value = 7
        elif what == "spaces":
            sheet.title = f" {table}\u200b"
        elif what == "hidden":
            sheet.sheet_state = d.rng.choice(["hidden", "veryHidden"])
        elif what == "ghost":
            sheet.cell(1_048_576, 2).number_format = "0.00"
        elif what == "two headers":
            sheet.insert_rows(1)
            sheet["A1"] = "一"
        else:
            sheet.insert_rows(3)

    return Damage("sheet", d.book(change), table)


def on_its_side(d: Damager) -> Damage:
    table = d.rng.choice([name for name in d.grids if len(d.grids[name][0]) > 2])
    d.grids[table] = [list(column) for column in zip(*d.grids[table], strict=True)]
    where = to_folder(d.grids, d.folder) if d.rng.random() < 0.5 else to_workbook(d.grids, d.folder.with_suffix(".xlsx"))
    return Damage("on its side", where, table)


def as_a_file(d: Damager) -> Damage:
    table = d.rng.choice(list(d.grids))
    change = d.rng.choice(
        [
            lambda raw: b"\xef\xbb\xbf" * 2 + raw,
            lambda raw: raw.replace(b"\n", b"\n\xef\xbb\xbf", 2),
            lambda raw: raw.decode().encode("gb18030"),
            lambda raw: raw.decode().encode("utf-16"),
            lambda raw: raw.replace(b",", b";"),
            lambda raw: raw.replace(b",", b"\t"),
            lambda raw: raw.replace(b"\n", b"\r"),
            lambda raw: raw.replace(b"\n", b"\r\n"),
            lambda raw: raw.replace(b"\n", b"\n\n"),
            lambda raw: raw.replace(b",", b',"', 1),
            lambda raw: b"\n".join([*raw.split(b"\n")[:2], b'"' + raw.split(b"\n")[2], b'"'.join(raw.split(b"\n")[3:])]),
            lambda raw: raw[: len(raw) // 2] + b"\0" + raw[len(raw) // 2 :],
            lambda raw: raw + raw[:20],
            lambda raw: raw.rstrip(b"\n"),
            lambda raw: raw.replace(b"\n", b",,,\n"),
            lambda raw: "，".join(raw.decode().split(",")).encode(),
        ]
    )
    return Damage("file", d.raw(table, change), table)


def beside(d: Damager) -> Damage:
    folder = to_folder(d.grids, d.folder)
    for name in ("._budgets.csv", "~$budgets.csv", ".~lock.budgets.csv#", ".DS_Store", "~budgets.csv"):
        (folder / name).write_bytes(b"\0\5\x16\7")
    return Damage("beside", folder, "budgets")


ACTS = (
    a_form, a_form, a_form, a_space, a_mark, a_mark, what_nobody_sees, full_width, a_superscript, a_superscript, struck, struck, disguised, in_other_money, unseen, totals, totals, merged, merged,
    merged, merged_across, header_again, a_title, in_a_number_cell, in_a_number_cell, a_sheet, on_its_side, as_a_file, as_a_file, beside,
)  # fmt: skip


@pytest.fixture(scope="module")
def intended(tmp_path_factory):
    tables, findings = read_tables(to_folder(grids(), tmp_path_factory.mktemp("plan") / "plan"))
    assert not findings
    return tables.sha256


def judged(seed: int, folder, intended: str) -> tuple[str, str]:
    """How a damaged plan is taken: ``same``, ``said``, ``cell``, ``elsewhere`` or ``changed``; and what it was."""
    damage = Damager(seed, folder).damage()
    tables, findings = read_tables(damage.path)
    for finding in findings:
        for language in ("zh", "en"):
            assert finding.message(language) not in {"", finding.code}, (seed, damage)
    errors = [finding for finding in findings if finding.severity == "error"]
    if not errors:
        check(tables)
        if tables.sha256 == intended:
            return "same", damage.what
        return ("said" if any(finding.code == "merged-filled" for finding in findings) else "changed"), damage.what
    for finding in findings:  # that merged cells were filled down is a warning at the cell
        place = finding.place
        right = damage.row in {None, place.row} and damage.column in {None, place.column}
        if (place.table or damage.table) == damage.table and right:
            return "cell", damage.what
    return "elsewhere", f"{damage} {[finding.line('en') for finding in errors[:3]]}"


@pytest.mark.parametrize(
    "seeds", [range(BY_DEFAULT), pytest.param(range(BY_DEFAULT, ALL), marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_no_damage_changes_what_a_plan_means_and_nearly_all_is_named_at_its_cell(tmp_path, intended, seeds):
    taken: Counter[str] = Counter()
    told: dict[str, list[str]] = {}
    for seed in seeds:
        (folder := tmp_path / str(seed)).mkdir()
        how, what = judged(seed, folder, intended)
        taken[how] += 1
        told.setdefault(how, []).append(f"{seed}: {what}")
    assert not told.get("changed"), told["changed"]
    named = taken["cell"] / (taken["cell"] + taken["elsewhere"])
    assert named >= 0.95, told["elsewhere"]
    assert taken["same"]
    assert taken["cell"] > len(seeds) / 3
