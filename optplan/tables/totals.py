"""Rows of totals, averages, shares and notes under a table: they look like one row more, and count everything twice."""

from __future__ import annotations

import re
from typing import Any

from optplan.tables.characters import plain
from optplan.tables.schema import Column, Kind, Table

_IN = r"(\(.*\))?"  # 合计（万元）
_WORDS = r"(合计|小计|总计|共计|合共|累计|累加|加总|总和|总共|一共|共有|合計|小計|總計|共計|累計|總和)"
_ENGLISH = r"(sub|grand|overall|page|running)?[-_ ]*(totals?|ttl|tot\.?)|sums?|[Σ∑]"
_TOTAL = re.compile(
    rf"((全[市县区省国]|本[页表]|以上|各[县项区]|[一二三四五六七八九十]+、)?{_WORDS}|[计計共合]|{_ENGLISH}){_IN}", re.IGNORECASE
)
_OF_SOMETHING = re.compile(
    rf".*(合计|小计|总计|共计|合計|小計|總計|共計){_IN}|.+[-_ ](sub|grand)?[-_ ]?totals?{_IN}", re.IGNORECASE
)
_ABOUT_ROWS = re.compile(
    r"((全[市县省区国]|各?县|人|分)?(平均|均)[值数]?|平均(每.*)?|中位数|最[大小高低][值数]?|average|avg\.?|mean|median|max(imum)?|min(imum)?"
    r"|全[市县省区国]|汇总数?|(合计|小计|总计|共计|累计)(数据?|行|\d+)|总([数量额]|人[数口])|其中|占比|比[重例]|增长率|增幅|[同环]比|完成率"
    r"|以[上下](空白|为.{1,6}|无正文)|此[行页].*|结束|完|\d{4}年\d\d?月(\d\d?[日号])?"
    rf"|备注|说明|附注|注释?\d*|(资料|数据)来源.*|(填表|制表|审核)[人者]?.*){_IN}",
    re.IGNORECASE,
)
_ALL = re.compile(r"总|全部.{0,4}|所有.{0,4}|all|summe|gesamt(summe)?|итого|всего", re.IGNORECASE)
_BRACKETS = {"()", "[]", "【】", "「」", "『』", "〔〕", "《》", "〈〉", "“”", "--"}
_OF_THINGS = {"counties", "items", "teams", "projects", "funds"}  # nothing real in these tables is called a total of something


def is_total(cell: Any, column: Column, table: Table) -> bool:
    """Whether a cell that says which row this is says that it is a total, an average, a share of others or a note.

    A target may be called a total of something.
    """
    names = column.name in {"name", "name_en"} and table.name in _OF_THINGS
    if not isinstance(cell, str) or not (column.kind is Kind.ID or names) or len(cell) > 60 or table.name == "plan":
        return False
    text = re.sub(r"[\s:*。、，,;.=—-]+$", "", plain(cell).strip())
    closed = re.sub(r"(?<=[\u3000-\u9fff])[\s_·・.-]+(?=[\u3000-\u9fff])", "", text)  # 合　计
    closed = closed[1:-1] if closed[:1] + closed[-1:] in _BRACKETS else closed
    own = table.name in _OF_THINGS or bool(column.refers_to)
    if table.name in _OF_THINGS and column.name in {*table.key, "name"} and _ALL.fullmatch(closed):
        return True
    said = _TOTAL.fullmatch(closed) or _ABOUT_ROWS.fullmatch(closed) or (own and _OF_SOMETHING.fullmatch(closed))
    return bool(said)
