"""Every table, column, setting and criterion of the program is in the contract, docs/model.md."""

import re
from pathlib import Path

from optplan.decision_model import CRITERIA
from optplan.tables.declarations import PLAN_KEYS, PROVENANCE, TABLES

CONTRACT = (Path(__file__).resolve().parents[2] / "docs" / "model.md").read_text(encoding="utf-8")


def columns_told():
    """The columns of each table, as §1 lists them."""
    lines = CONTRACT[CONTRACT.index("| table | columns") :].split("\n\n")[0].splitlines()[2:]
    remark = r"\([^()]*(?:\([^()]*\))?[^()]*\)"
    return {
        table.strip(): set(re.findall(r"\w+", re.sub(remark, "", columns)))
        for table, columns, _ in (line.strip("|").split("|", 2) for line in lines)
    }


def test_every_table_and_column_is_told():
    told = columns_told()
    provenance = {column.name for column in PROVENANCE}
    declared = {table.name: {column.name for column in table.columns} - provenance for table in TABLES.values()}
    assert {name: columns - told.get(name, set()) for name, columns in declared.items()} == {name: set() for name in declared}


def test_every_setting_and_criterion_is_told():
    settings = CONTRACT[CONTRACT.index("| plan | key, value |") :].splitlines()[0]
    assert set(PLAN_KEYS) <= set(re.findall(r"`(\w+)`", settings))
    assert set(CRITERIA) <= set(re.findall(r"^\| (\w+) \| ", CONTRACT, re.M))
