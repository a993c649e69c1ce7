"""Every row that the program has for the worked examples is the one written out by hand, and no row is left unexplained."""

import pytest
from rules.algebra import rows
from rules.pages import PAGES
from rules.program_rows import ProgramRows

from optplan.rules.program import build_program

WRITTEN = [(page, name) for page in PAGES for names, _ in page.rows for name in names]


@pytest.fixture(scope="module")
def program_of():
    built = {}

    def program(page):
        if page.name not in built:
            built[page.name] = ProgramRows(build_program(page.plan, page.model, page.reference), page.plan)
        return built[page.name]

    return program


@pytest.mark.parametrize(
    ("page", "names", "text"),
    [(page, *block) for page in PAGES for block in page.rows],
    ids=lambda value: value.name if hasattr(value, "name") else ",".join(value) if isinstance(value, list) else "",
)
def test_the_program_has_the_rows_written_out_by_hand(program_of, page, names, text):
    has, written = sum((program_of(page).of(name) for name in names), start=rows("")), rows(text)
    assert sorted((has - written).elements()) == [], "in the program and not on the page"
    assert sorted((written - has).elements()) == [], "on the page and not in the program"


def test_everything_that_a_program_can_hold_is_written_out_on_some_page(program_of):
    written = {name for _, name in WRITTEN}
    assert {name for page in PAGES for name in program_of(page).components()} - written == set()
