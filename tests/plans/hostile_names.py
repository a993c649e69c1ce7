"""Names that would be markup, a formula, a template, a path or a command somewhere, and a plan in which everything is called so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from plans.random_plans import Size, random_tables

from optplan.tables.content import Row, Tables
from optplan.tables.declarations import TABLES

NAMES = [
    "<img src=x onerror=document.title='hit'>",
    '=HYPERLINK("http://evil.example/","点我")',
    "{{ 7*7 }} {% for x in y %}",
    "$x$ 与 $$y^2$$",
    "[a](javascript:alert(1))",
    ":material/home: :red[x] :smile: :streamlit:",
    "\u202e右到左\u202c שלום",
    "![t](http://evil.example/t.png)",
    "甲 -> 乙 -- 丙 >= 丁",
    "# 一\n\n- 二",
    "</td></table><script>document.title='hit'</script>",
    "[/b] [red]东[/red] [link=http://x]区[/link]",
    "../../etc/passwd",
    "www.evil.example a@evil.example https://evil.example/b_c_d",
    "`码` ~~删~~ &lt;b&gt; *斜* __粗__ \\* 1. 一",
    "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |",
    "+1|cmd",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "消防" * 2_500,
    '\\" + (document.title) + \\"\n\\\\host\\share \\u0041\\',
    "${7*7} #{7*7} <%= 7*7 %> %(x)s %s {0}",
    "\t=1+1",
    "\\x1b[31m ]]><!-- <!ENTITY a 'b'> &a; &P&N&\"Arial,Bold\"20",
    "=1+1",
    "-1+1 CON",
    "javascript:alert(1) data:text/html,<script>",
    "nan",
    "__proto__",
    "2023-01-01",
    "00123",
]
CURRENCY = NAMES[19]  # in titles of charts
SIZE = Size(counties=3, years=3, goods=4, teams=2, projects=2)
TEXTS = {"class_en", "name", "name_en", "source", "unit"}


def hostile_tables(size: Size = SIZE, seed: int = 3) -> Tables:
    """A plan in which every text is hostile; each name is used."""
    tables, count = random_tables(seed, size), 0
    changed: dict[str, tuple[Row, ...]] = {}
    for name in tables:
        rows = []
        for row in tables[name]:
            values: dict[str, Any] = dict(row.values)
            for column in (column.name for column in row.table.columns if column.name in TEXTS):
                values[column] = NAMES[count % len(NAMES)]
                count += 1
            if name == "plan" and values["key"] == "title":
                values["value"] = NAMES[0]
            rows.append(replace(row, values=values))
        if name == "plan":
            rows.append(Row(TABLES["plan"], {"key": "currency", "value": CURRENCY}, len(rows) + 2))
        changed[name] = tuple(rows)
    return Tables(changed, "hostile")
