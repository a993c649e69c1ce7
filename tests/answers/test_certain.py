"""What is said to be the same in every plan as good is, and what varies does so between just those values."""

from fractions import Fraction

import openpyxl
import pytest
from answers.enumerated import NAMES, every_sound, optimum, plan_of
from answers.test_wishes import RICH
from optimum.test_second_solver import model_of

import optplan
from optplan.answers.workbook import TONES
from optplan.figures.figures import Figures
from optplan.figures.programmes import headlines
from optplan.questions.certain.words import range_words
from optplan.tables.findings import InputError

MODEL = model_of(["target_shortfall", "readiness_gap", "cost"])


@pytest.fixture(scope="module")
def asked():
    plan = plan_of(0).with_changes(RICH)
    return plan, optplan.solve(plan, MODEL)


@pytest.mark.parametrize("within", [None, "0.2", "0.6"])
def test_ranges_are_those_of_all_schedules_that_are_as_good(asked, within):
    plan, result = asked
    answer = optplan.certain(plan, result, within=within)
    best = optimum(every_sound(plan, 0))
    most = {name: best[name] * (1 + Fraction(within or 0)) for name in NAMES}
    good = [s for s, criteria in every_sound(plan, 0) if all(criteria[name] <= most[name] for name in NAMES)]
    assert answer.status == "answered"
    cells = answer.document["cells"]
    assert len(cells) >= 8
    for cell in cells:
        if cell["kind"] == "delivery":
            values = [float(s.deliveries.get((cell["subject"], cell["county"], cell["year"]), 0)) for s in good]
        elif cell["kind"] == "target":
            item = {"e": "engine", "m": "man"}[cell["subject"]]
            values = [float(sum(q for (i, _, _), q in s.deliveries.items() if i == item)) for s in good]
        elif cell["kind"] == "opening":
            opened = {2022 if s.starts else None for s in good}
            assert {cell["low"], cell["high"]} == opened
            continue
        else:
            teams = cell["subject"].split("+")
            values = [float(sum(s.hires.get((team, cell["year"]), 0) for team in teams)) for s in good]
        assert (cell["low"], cell["high"]) == (min(values), max(values)), cell
        assert (cell["seen_low"], cell["seen_high"]) == (cell["low"], cell["high"])
        assert cell["firm"] == (min(values) == max(values))


def test_it_is_told_in_both_languages_and_as_a_workbook(asked, tmp_path):
    answer = optplan.certain(*asked, within=0.2, items=["engine"])
    assert set(answer.cells[answer.cells["kind"] == "delivery"]["subject"]) == {"engine"}
    answer.to_excel(tmp_path / "certain.xlsx", "zh")
    assert not any("certain-" in said for language in ("zh", "en") for said in answer.sentences(language))


def test_the_workbook_speaks_in_names_and_colours_what_is_firm(asked, tmp_path):
    answer = optplan.certain(*asked, within=0.2, items=["engine"])
    answer.to_excel(tmp_path / "certain.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "certain.xlsx")
    sheet = next(sheet for sheet in book if sheet.title.endswith("交付安排（定与可变）"))
    schedule, tones = answer.schedule(), answer.tones()["schedule"]
    (head,) = [row for row in sheet.iter_rows() if row[0].value == "物品"]
    for row, shown, toned in zip(sheet.iter_rows(min_row=head[0].row + 1), schedule.values, tones.values, strict=False):
        for cell, value, tone in zip(row[2:], shown[2:], toned[2:], strict=False):
            assert str(cell.value) == str(value)
            assert cell.fill.fgColor.rgb == f"00{TONES[tone]}"
    cells = next(sheet for sheet in book if sheet.title.endswith("各处变动范围"))
    assert {"交付", "目标总数"} <= {str(row[0]) for row in cells.iter_rows(values_only=True)}


def test_what_was_stopped_goes_on_from_what_is_known(asked):
    whole = optplan.certain(*asked)
    again = optplan.certain(*asked, earlier=whole, time_limit=1e-9)
    assert again.status == "answered"
    assert again.document["cells"] == whole.document["cells"]
    other = optplan.certain(*asked, within=0.2, earlier=whole, time_limit=1e-9)  # another question, of which nothing is known
    assert other.status == "partly"


def test_without_time_nothing_is_known_and_nothing_is_claimed(asked):
    answer = optplan.certain(*asked, time_limit=1e-9)
    assert answer.status == "partly"
    open_yet = [cell for cell in answer.document["cells"] if not cell["settled"]]
    assert open_yet
    assert all(cell["firm"] is None for cell in open_yet)
    assert "?" in str(answer.schedule())


@pytest.mark.parametrize(("wrong", "code"), [({"items": ["x"]}, "item-unknown"), ({"within": "x"}, "certain-within"), ({"within": 2}, "certain-within")])  # fmt: skip
def test_what_cannot_be_asked_is_refused(asked, wrong, code):
    with pytest.raises(InputError) as problem:
        optplan.certain(*asked, **wrong)
    assert problem.value.findings[0].code == code
    assert code not in problem.value.findings[0].message("zh")


def test_progress_tells_what_people_ask_first_and_ends_with_everything_known(asked):
    plan, result = asked
    news = []
    answer = optplan.certain(plan, result, progress=news.append)
    assert answer.document["headline"] == {each.name: list(each.items) for each in headlines(Figures(result))}
    assert [each.known for each in news] == sorted(each.known for each in news)
    assert (news[-1].known, news[-1].leading_known) == (news[-1].total, news[-1].leading)
    assert news[-1].share == 1
    assert answer.document["effort"]["sitting"] == 1
    again = optplan.certain(plan, result, earlier=answer, time_limit=1e-9)
    assert again.document["effort"]["sitting"] == 2


def test_a_figure_reads_alike_wherever_it_stands():
    cell = {"value": 21369.0, "seen_low": 1116.0, "seen_high": 21369.5, "firm": False, "settled": False}
    assert range_words(cell) == "1,116–21,369.50 ?"
    assert range_words(cell | {"settled": True}) == "1,116–21,369.50"
    assert range_words(cell | {"firm": None}) == "21,369 ?"
    assert range_words(cell | {"firm": True, "settled": True}) == "21,369"
