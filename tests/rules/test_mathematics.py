"""docs/mathematics.md gives every rule its formula, its formulation, its exact check and its example, and all four are there."""

import re
from itertools import chain
from pathlib import Path

import pytest
from rules.pages import PAGES

from optplan.rules.criteria import EXPRESSIONS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "mathematics.md").read_text(encoding="utf-8")


def table():
    """(rule, formula, formulation, exact check, example) of every row."""
    lines = DOCUMENT[DOCUMENT.index("| rule | formula |") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def names(cell):
    """The file and the names of a cell like ``rules/money.py``: ``balance``, ``carried``."""
    file, *inside = re.findall(r"`([^`]+)`", cell)
    return ROOT / "optplan" / file, inside


def page_of(cell):
    return ROOT / "docs" / re.fullmatch(r"\[[\w-]+\]\((rules/[\w-]+\.md)\)", cell)[1]


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row[0]}: {row[1]}")
def test_a_rule_has_all_four(row):
    rule, formula, formulation, check, example = row
    assert rule
    assert formula
    for cell, pattern in (
        (formulation, r"\bm\.{0} = (?:Var|Constraint|Expression)\(|^def {0}\("),
        (check, r"^    def {0}\("),
    ):
        file, inside = names(cell)
        assert inside
        for name in inside:
            assert re.search(pattern.format(name), file.read_text(encoding="utf-8"), re.M), (file.name, name)
    assert formula in page_of(example).read_text(encoding="utf-8"), "the example does not show the formula"


def test_every_rule_and_criterion_of_the_program_has_a_row():
    listed = set(
        chain.from_iterable(((file.name, name) for name in inside) for file, inside in (names(row[2]) for row in table()))
    )
    made = {
        (file.name, name)
        for file in (ROOT / "optplan" / "rules").glob("*.py")
        for name in re.findall(r"\bm\.(\w+) = (?:Var|Constraint|Expression)\(", file.read_text(encoding="utf-8"))
        if name != "criterion"
    }
    assert made - listed == set()
    assert {f"`{name}`" for name in EXPRESSIONS} <= {row[0] for row in table()}


def test_every_function_of_the_exact_check_that_notes_broken_rules_has_a_row():
    listed = {(file.name, name) for file, inside in (names(row[3]) for row in table()) for name in inside}
    for file in (ROOT / "optplan" / "audit").glob("*.py"):
        functions = re.split(r"^    def ", file.read_text(encoding="utf-8"), flags=re.M)[1:]
        noting = {body.split("(")[0] for body in functions if re.search(r"(?<!def )\bneed\(", body.split("\n", 1)[1])}
        assert {(file.name, name) for name in noting} - listed == set()


def test_every_variable_and_constraint_of_a_row_is_written_out_in_some_example():
    written = {name.removeprefix("criterion ") for page in PAGES for names_, _ in page.rows for name in names_}
    functions = {
        "is_open",
        "delivered_so_far",
        "retired",
        "repayments",
        "capital",
        "recurrent",
    }  # what they say is in the rows of others
    assert {name for row in table() for name in names(row[2])[1]} - functions - written == set()


def test_every_page_of_examples_belongs_to_a_row():
    assert {page_of(row[4]).stem for row in table()} == {page.name for page in PAGES}
