"""Forms as counties send them back: filled in properly, and with one mistake in each of the ways in which people make them."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from optplan.plan import Plan
from optplan.records import Records
from optplan.schedule import Schedule
from optplan.workbook.record_form import form_content
from records.life import ENGINE, entered, small_plan

YEAR, QUARTER = 2021, 3
DELIVERIES, HIRES, PROJECTS, SPENDING, CORRECTIONS, GUIDE = "到货", "招录", "开工与建成", "支出", "更正", "填写说明"
FIRST = 5


def form_plan() -> Plan:
    """The small plan with more to deliver, so that a form has lines enough."""
    plan = small_plan()
    items = [dict(row.values) for row in plan.tables["items"]]
    items += [{"item": f"g{n}", "name": f"装备{n}", "unit": "件", "whole": n % 2} for n in range(1, 9)]
    return plan.with_changes({"items": items, "costs": [*(dict(row.values) for row in plan.tables["costs"]), *({"item": f"g{n}", "unit_cost": n} for n in range(1, 9))]})  # fmt: skip


PLAN = form_plan()
BEFORE: Records = entered(PLAN, ENGINE, {**ENGINE, "county": "b", "document": "乙验1"}, {"kind": "hire", "team": "t_b", "year": "2021", "quarter": "2", "quantity": "3", "source": "录用文件"})  # fmt: skip
ADOPTED = Schedule({("engine", "b", 2021): 4, ("g1", "b", 2021): 10}, {("t_b", 2021): 6}, {"p_b": 2021})


def blank(
    county: str = "b",
    year: int = YEAR,
    quarter: int = QUARTER,
    plan: Plan = PLAN,
    records: Records = BEFORE,
    language: str = "zh",
) -> bytes:
    return form_content(plan.tables, county, year, quarter, records, ADOPTED, language)


def opened(content: bytes, path: Path) -> Workbook:
    path.write_bytes(content)
    return load_workbook(path)


def column(sheet: Worksheet, label: str) -> int:
    return next(cell.column for cell in sheet[4] if cell.value == label)


def rows(sheet: Worksheet, beginning: str) -> list[int]:
    return [row for row in range(FIRST, sheet.max_row + 1) if str(sheet.cell(row, 1).value or "").startswith(beginning)]


def some_day(dice: random.Random) -> date:
    return date(2021, 7, 1) + timedelta(days=dice.randrange(92))


def put(sheet: Worksheet, row: int, size: str, value: Any, day: Any, document: str, source: str = "验收单") -> None:
    sheet.cell(row, column(sheet, size)).value = value
    sheet.cell(row, column(sheet, "日期")).value = day
    sheet.cell(row, column(sheet, "凭据")).value = source
    sheet.cell(row, column(sheet, "文号")).value = document


def fill(book: Workbook, dice: random.Random) -> int:
    """Fill in a form properly; how many records that makes."""
    count = 0
    deliveries = book[DELIVERIES]
    for row in dice.sample(rows(deliveries, "delivery:"), 4):
        put(deliveries, row, "本季数量", dice.randint(1, 3), some_day(dice), f"乙〔2021〕{row}号")
        count += 1
    spare = rows(deliveries, "spare:")[0]
    deliveries.cell(spare, column(deliveries, "另选")).value = "到货 · 水罐车"
    put(deliveries, spare, "本季数量", 1, some_day(dice), "乙〔2021〕另号")
    hires = book[HIRES]
    put(hires, FIRST, "本季招录", dice.randint(1, 5), datetime(2021, 8, dice.randint(1, 28)), "乙人1", "录用文件")
    projects = book[PROJECTS]
    put(projects, rows(projects, "start:")[0], "本季发生（填1）", 1, some_day(dice), "乙开1", "开工令或竣工验收")
    spending = book[SPENDING]
    put(spending, rows(spending, "spending:own:capital")[0], "本季支出", dice.randint(1, 50) + 0.25, None, "乙拨1", "拨款凭证")
    put(spending, rows(spending, "spending:pool:capital")[0], "本季支出", "12.5", some_day(dice), "乙拨2", "拨款凭证")
    spending.cell(rows(spending, "spending:pool:capital")[0], column(spending, "用于（可选）")).value = "水罐车"
    corrections = book[CORRECTIONS]
    corrections.cell(FIRST, column(corrections, "更正为")).value = 3
    corrections.cell(FIRST, column(corrections, "更正原因")).value = "看错"
    return count + 6


@dataclass(frozen=True)
class Slip:
    """A mistake; ``make`` makes it in a filled book and says where: sheet and cell."""

    make: Callable[[Workbook, random.Random], tuple[str, str]]


def _filled(sheet: Worksheet, size: str) -> list[int]:
    return [row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, column(sheet, size)).value is not None]


def _typed(sheet: str, label: str, size: str, *values: Any) -> Slip:
    """Something wrong typed into a cell of a line that was filled in."""

    def make(book: Workbook, dice: random.Random) -> tuple[str, str]:
        page = book[sheet]
        cell = page.cell(dice.choice(_filled(page, size)), column(page, label))
        cell.value = dice.choice(values)
        return sheet, cell.coordinate

    return Slip(make)


def _figure(*values: Any) -> list[Slip]:
    """A wrong figure, on each of the sheets that take figures."""
    return [
        _typed(DELIVERIES, "本季数量", "本季数量", *values),
        _typed(HIRES, "本季招录", "本季招录", *values),
        _typed(SPENDING, "本季支出", "本季支出", *values),
    ]


def _printed(sheet: str, label: str, value: Any) -> Slip:
    def make(book: Workbook, dice: random.Random) -> tuple[str, str]:
        page = book[sheet]
        printed = [
            row for row in range(FIRST, page.max_row + 1) if not str(page.cell(row, 1).value or "spare").startswith("spare")
        ]
        cell = page.cell(dice.choice(printed), column(page, label))
        cell.value = value
        return sheet, cell.coordinate

    return Slip(make)


def _header(sheet: str, label: str, other: str) -> Slip:
    def make(book: Workbook, dice: random.Random) -> tuple[str, str]:
        cell = book[sheet].cell(4, column(book[sheet], label))
        cell.value = other
        return sheet, cell.coordinate

    return Slip(make)


def _blanked(sheet: str, label: str, size: str) -> Slip:
    return _typed(sheet, label, size, None)


def _guide(row: int, value: str) -> Slip:
    def make(book: Workbook, dice: random.Random) -> tuple[str, str]:
        book[GUIDE].cell(row, 2).value = value
        return GUIDE, f"B{row}"

    return Slip(make)


def _copied_line(book: Workbook, dice: random.Random) -> tuple[str, str]:
    """A line copied below the others, its hidden key with it."""
    page = book[DELIVERIES]
    row, to = dice.choice(_filled(page, "本季数量")[:-1]), page.max_row + 1
    for at in range(1, page.max_column + 1):
        page.cell(to, at).value = copy(page.cell(row, at).value)
    return DELIVERIES, page.cell(to, column(page, "本季数量")).coordinate


def _own_line(book: Workbook, dice: random.Random) -> tuple[str, str]:
    """A line written below the form."""
    page = book[DELIVERIES]
    row = page.max_row + dice.randint(1, 3)
    put(page, row, "本季数量", 2, date(2021, 8, 1), "乙9")
    return DELIVERIES, page.cell(row, column(page, "本季数量")).coordinate


def _merged(book: Workbook, dice: random.Random) -> tuple[str, str]:
    page = book[DELIVERIES]
    row, at = dice.choice(_filled(page, "本季数量")), column(page, "本季数量")
    page.merge_cells(start_row=row, end_row=row + 1, start_column=at, end_column=at)
    return DELIVERIES, page.cell(row, at).coordinate


def _unpicked(book: Workbook, dice: random.Random) -> tuple[str, str]:
    """A spare line with a figure and nothing picked."""
    page = book[DELIVERIES]
    row = rows(page, "spare:")[dice.randint(1, 5)]
    put(page, row, "本季数量", 2, date(2021, 8, 1), "乙9")
    return DELIVERIES, page.cell(row, column(page, "另选")).coordinate


def _picked_otherwise(book: Workbook, dice: random.Random) -> tuple[str, str]:
    page = book[DELIVERIES]
    cell = page.cell(rows(page, "spare:")[0], column(page, "另选"))
    cell.value = dice.choice(["水罐车", "到货 · 水灌车", "engine", "消防员"])
    return DELIVERIES, cell.coordinate


def _purpose_otherwise(book: Workbook, dice: random.Random) -> tuple[str, str]:
    page = book[SPENDING]
    cell = page.cell(rows(page, "spending:pool:capital")[0], column(page, "用于（可选）"))
    cell.value = dice.choice(["水灌车", "办公费", "甲县站"])
    return SPENDING, cell.coordinate


def _opened_unbegun(book: Workbook, dice: random.Random) -> tuple[str, str]:
    """Opened, and its start taken out."""
    page = book[PROJECTS]
    start, opening = rows(page, "start:")[0], rows(page, "opening:")[0]
    for label in ("本季发生（填1）", "日期", "凭据", "文号"):
        page.cell(start, column(page, label)).value = None
    put(page, opening, "本季发生（填1）", 1, some_day(dice), "乙竣1")
    return PROJECTS, page.cell(opening, column(page, "名称")).coordinate


def _same_paper_twice(book: Workbook, dice: random.Random) -> tuple[str, str]:
    """The very same delivery on two spare lines."""
    page = book[DELIVERIES]
    first, second = rows(page, "spare:")[:2]
    for at in range(2, page.max_column + 1):
        page.cell(second, at).value = page.cell(first, at).value
    return DELIVERIES, page.cell(second, column(page, "本季数量")).coordinate


def _lost_line(book: Workbook, dice: random.Random) -> tuple[str, str]:
    """A line deleted: nothing is left of it to name, so the head of its sheet is named."""
    page = book[DELIVERIES]
    blank = [row for row in rows(page, "delivery:") if page.cell(row, column(page, "本季数量")).value is None]
    page.delete_rows(dice.choice(blank))
    return DELIVERIES, f"A{FIRST}"


def _key_lost(book: Workbook, dice: random.Random) -> tuple[str, str]:
    """The hidden key of a filled line cleared, as when the whole row is typed anew."""
    page = book[DELIVERIES]
    row = dice.choice([row for row in rows(page, "delivery:") if page.cell(row, column(page, "本季数量")).value is not None])
    page.cell(row, 1).value = None
    return DELIVERIES, page.cell(row, column(page, "本季数量")).coordinate


def _much(book: Workbook, dice: random.Random) -> tuple[str, str]:
    """A digit too many in a line for which the adopted schedule has a figure."""
    page = book[DELIVERIES]
    row = rows(page, "delivery:engine")[0]
    put(page, row, "本季数量", dice.choice([20, 30, 200]), some_day(dice), "乙多1")
    return DELIVERIES, page.cell(row, column(page, "本季数量")).coordinate


def _reasonless(book: Workbook, dice: random.Random) -> tuple[str, str]:
    page = book[CORRECTIONS]
    cell = page.cell(FIRST, column(page, "更正原因"))
    cell.value = None
    return CORRECTIONS, cell.coordinate


SLIPS: dict[str, list[Slip]] = {
    "a unit beside the figure": _figure("3辆", "5 人", "2万元", "12.5万"),
    "a negative figure": _figure(-1, "-2", -0.5),
    "a word for a figure": _figure("无", "三", "待定", "—", "同上"),
    "about so much": _figure("约5", "10左右", "3-5", "≥3"),
    "a formula": _figure("=1+2", "=SUM(A1:A3)"),
    "an error value": _figure("#REF!", "#N/A", "#DIV/0!"),
    "a yes for a figure": _figure(True),
    "figures with stray marks": _figure("1、000", "1,00", "5*", "3 4"),
    "figures that are too large": _figure(10**16, "1e20"),
    "half of what is whole": [_typed(HIRES, "本季招录", "本季招录", 1.5, "2.25")],
    "a date for a figure": _figure(date(2021, 8, 1)),
    "money finer than a yuan": [_typed(SPENDING, "本季支出", "本季支出", 1.23456, "0.00001")],
    "a day that is none": [_typed(DELIVERIES, "日期", "本季数量", "2021-02-30", "8月1日", "2021.13.1", "20210801", "八月")],
    "a day of another quarter": [_typed(DELIVERIES, "日期", "本季数量", date(2021, 6, 30), "2021-10-01", date(2022, 8, 1))],
    "a day in another quarter of hires": [_typed(HIRES, "日期", "本季招录", date(2020, 8, 1), "2021/12/31")],
    "no evidence": [_blanked(DELIVERIES, "凭据", "本季数量"), _blanked(HIRES, "凭据", "本季招录"), _blanked(SPENDING, "凭据", "本季支出")],
    "no figure": [_blanked(DELIVERIES, "本季数量", "本季数量"), _blanked(HIRES, "本季招录", "本季招录"), _blanked(SPENDING, "本季支出", "本季支出")],
    "nothing with a paper": _figure(0, "0"),
    "two stations in one": [_typed(PROJECTS, "本季发生（填1）", "本季发生（填1）", 2, "是", "√")],
    "opened and never begun": [Slip(_opened_unbegun)],
    "a header changed": [_header(DELIVERIES, "本季数量", "数量（件）"), _header(HIRES, "日期", "时间"), _header(SPENDING, "本季支出", "本年支出")],
    "a name changed": [_printed(DELIVERIES, "名称", "其他车辆"), _printed(HIRES, "名称", "别的队"), _printed(SPENDING, "名称", "银行贷款")],
    "a figure over what is printed": [_printed(DELIVERIES, "本年已登记", 99), _printed(HIRES, "全年计划", 77), _printed(SPENDING, "本年预算", 1)],
    "a unit changed": [_printed(DELIVERIES, "单位", "台套")],
    "another county's name": [_guide(4, "甲县")],
    "another quarter": [_guide(5, "2021年第2季度"), _guide(5, "2022年第3季度")],
    "another plan's name": [_guide(3, "另一规划")],
    "a line copied": [Slip(_copied_line)],
    "a line of their own": [Slip(_own_line)],
    "a line deleted": [Slip(_lost_line)],
    "the key of a line lost": [Slip(_key_lost)],
    "cells merged": [Slip(_merged)],
    "nothing picked": [Slip(_unpicked)],
    "picked what is not offered": [Slip(_picked_otherwise)],
    "spent on what is not offered": [Slip(_purpose_otherwise)],
    "one paper twice": [Slip(_same_paper_twice)],
    "a digit too many": [Slip(_much)],
    "a correction without a reason": [Slip(_reasonless)],
    "a correction to less than nothing": [_typed(CORRECTIONS, "更正为", "更正为", -3, "无", "三辆")],
    "a correction of half an engine": [_typed(CORRECTIONS, "更正为", "更正为", 1.5)],
}  # fmt: skip
