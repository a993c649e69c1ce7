"""A small plan that uses every table, as grids of text that tests damage and write as a folder or a workbook."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl

Grid = list[list[str]]

_TEXTS = {
    "budgets": """\
fund,county,year,amount
own,dong,2023,420
own,xi,2023,210
own,nan,2023,230
prov,,2023,260
own,dong,2024,430
own,xi,2024,220
own,nan,2024,240
prov,,2024,260
own,dong,2025,440
own,xi,2025,230
own,nan,2025,250
prov,,2025,260
own,dong,2026,450
own,xi,2026,240
own,nan,2026,260
prov,,2026,260
own,dong,2027,460
own,xi,2027,250
own,nan,2027,270
prov,,2027,260
""",
    "costs": """\
item,county,year,unit_cost,annual_cost,first_year_share
truck,,,60,3,0.5
hydrant,,,1.2,0.05,0.5
breaks,,,2.5,0.1,0.5
ff,,,3,7.5,0.5
""",
    "counties": """\
county,name,population,risk_weight,supported
dong,东区,300000,1.5,0
xi,西县,120000,1,1
nan,南县,90000,0.8,1
""",
    "funds": """\
fund,name,level,pays,carry_share,county_cap_share,support_floor,match_rate,match_rate_supported
own,县级经费,county,both,0.3,,,,
prov,省级专项,pool,capital,0.5,0.6,0.3,0.5,0.2
""",
    "growth": """\
county,year,rate
dong,2024,0.02
dong,2025,0.02
dong,2026,0.02
dong,2027,0.02
xi,2024,0.02
xi,2025,0.02
xi,2026,0.02
xi,2027,0.02
nan,2024,0.02
nan,2025,0.02
nan,2026,0.02
nan,2027,0.02
""",
    "items": """\
item,name,category,unit,whole,kind
truck,水罐车,vehicle,辆,1,goods
hydrant,消火栓,hydrant,个,1,goods
breaks,隔离带,other,公里,0,goods
ff,消防员,personnel,人,1,staff
st2,二级站,station,座,1,project
""",
    "limits": """\
limit,group,county,year,min,max,kind
trucks_2023,truck,,2023,,4,capacity
trucks_2024,truck,,2024,,4,capacity
trucks_2025,truck,,2025,,4,capacity
trucks_2026,truck,,2026,,4,capacity
trucks_2027,truck,,2027,,4,capacity
hyd_2023,hydrant,,2023,,30,capacity
hyd_2024,hydrant,,2024,,30,capacity
hyd_2025,hydrant,,2025,,30,capacity
hyd_2026,hydrant,,2026,,30,capacity
hyd_2027,hydrant,,2027,,30,capacity
xi_trucks,truck,xi,,,5,ceiling
""",
    "plan": """\
key,value
title,示例市消防规划
first_year,2023
last_year,2027
currency,万元
price_year,2023
""",
    "project_needs": """\
project,standard,quantity
p_nan,fleet,2
""",
    "projects": """\
project,name,county,item,capital_cost,build_years,spend,annual_cost,first_year_share,earliest_start,latest_opening,mandatory
p_nan,南县二级站,nan,st2,800,1,0.4;0.6,20,0.5,2023,2027,0
""",
    "standards": """\
standard,group,county,from_year,required,weight
fleet,truck,dong,2023,8,2
fleet,truck,xi,2023,5,2
fleet,truck,nan,2024,5,2
water,hydrant,dong,2023,140,1
water,hydrant,xi,2023,60,1
water,hydrant,nan,2023,55,1
""",
    "stock": """\
item,county,quantity,retires_after
truck,dong,6,
truck,xi,3,2023
truck,nan,2,
hydrant,dong,120,
hydrant,xi,40,
hydrant,nan,30,2024
""",
    "targets": """\
target,group,county,by_year,total,sense,weight
trucks_12,truck,,2027,12,exact,10
hydrants_90,hydrant,,2027,90,min,10
breaks_40,breaks,xi,2027,40,min,1
ff_30,ff,,2027,30,min,5
st_1,st2,,2027,1,min,5
""",
    "teams": """\
team,name,county,item,class,staff,min_staff,max_staff,project
t_dong,东区站,dong,ff,一级站,20,30,45,
t_xi,西县站,xi,ff,二级站,12,20,30,
t_new,南县新站,nan,ff,二级站,0,15,30,p_nan
""",
    "groups": """\
group,item,name
rescue,truck,救援
rescue,breaks,救援
""",
    "mix": """\
mix,part,whole,county,year,min_share,max_share
m1,truck,rescue,,,0.05,
""",
}


def grids() -> dict[str, Grid]:
    """The tables as fresh grids, the header in row 0."""
    return {name: list(csv.reader(io.StringIO(text))) for name, text in _TEXTS.items()}


def to_folder(tables: dict[str, Grid], folder: Path) -> Path:
    """Write grids as a folder of CSV files."""
    folder.mkdir(exist_ok=True)
    for name, grid in tables.items():
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(grid)
        (folder / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8")
    return folder


def to_book(tables: dict[str, Grid]) -> openpyxl.Workbook:
    """Grids as a workbook, numbers as numbers, one sheet a table."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, grid in tables.items():
        sheet = book.create_sheet(name)
        for line in grid:
            sheet.append([_typed(cell) for cell in line])
    return book


def to_workbook(tables: dict[str, Grid], path: Path) -> Path:
    """Write grids as a workbook."""
    to_book(tables).save(path)
    return path


def _typed(cell: str) -> object:
    if re.fullmatch(r"[0-9]+", cell):
        return int(cell)
    return float(cell) if re.fullmatch(r"[0-9]+\.[0-9]+", cell) else cell or None
