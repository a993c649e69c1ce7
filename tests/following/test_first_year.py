"""Before a plan begins: the implementation plan of its first year, from the adopted result alone, and nothing else."""

from datetime import date

import pytest
from docx import Document
from plans.random_plans import Size, random_tables

import optplan
from optplan.following import follow
from optplan.language.numbers import amount
from optplan.plan import Plan
from optplan.records import Record, Records
from optplan.reporting import Letter, write_report

PLAN = Plan(random_tables(11, Size(counties=2, years=3, goods=2, teams=1, projects=1, money=0.6)))
FIRST = PLAN.first_year
LETTER = Letter("某市消防救援支队", "各县", "", date(2021, 1, 5))


@pytest.fixture(scope="module")
def adopted():
    return optplan.solve(PLAN, "attain", gap=0.05, time_limit=20)


@pytest.fixture(scope="module")
def found(adopted):
    return follow(PLAN, adopted=adopted, ask=False)


def test_what_was_adopted_is_what_comes(found, adopted):
    assert found.to_begin
    assert found.replan is adopted
    assert not any(line.done for line in found.targets)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("county", [None, "c001"])
def test_the_first_yearly_plan_has_the_sums_of_the_adopted_result(found, adopted, tmp_path, county, language):
    path = tmp_path / "plan.docx"
    write_report(found, path, None, LETTER, county=county, language=language)
    document = Document(path)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert {"zh": "2021年1月5日", "en": "5 January 2021"}[language] in text
    assert any(str(FIRST) in paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Title")
    assert {"zh": "最迟时间节点", "en": "Deadlines"}[language] not in text, "no heading over nothing"
    seal = adopted.document["seal"]["sha256"][:32]
    assert text.count(seal) == 1, "one source: what was adopted"
    cost = [e for e in adopted.document["costs"] if e["year"] == FIRST and county in {None, e["county"]}]
    spent = [sum(float(entry[kind]) for entry in cost) for kind in ("capital", "recurrent")]
    last = [cell.text for cell in document.tables[-1].rows[-1].cells]
    assert last[1:] == [amount(each) for each in (*spent, sum(spent))]


def test_nothing_can_be_looked_back_on(found, tmp_path):
    with pytest.raises(optplan.InputError) as raised:
        write_report(found, tmp_path / "x.docx", "check", LETTER)
    assert [finding.code for finding in raised.value.findings] == ["report-before"]


def test_with_records_and_nothing_closed_the_year_they_tell_of_is_meant(adopted):
    item = next(row["item"] for row in PLAN.tables["items"] if row["kind"] == "goods")
    said = {"source": "凭证", "who": "x", "at": "2021-04-01T00:00:00Z"}
    records = Records((Record(1, "delivery", "c000", FIRST, 1, item=item, quantity=1, **said),))
    assert follow(PLAN, records, adopted=adopted, ask=False, seconds=5).year == FIRST


def test_a_record_of_a_team_that_the_plan_does_not_have_is_named(adopted):
    said = {"source": "凭证", "who": "x", "at": "2021-04-01T00:00:00Z"}
    records = Records((Record(1, "hire", "c000", FIRST, 1, team="renamed", item="x", quantity=1, **said),))
    with pytest.raises(optplan.InputError) as raised:
        follow(PLAN, records, adopted=adopted, ask=False)
    assert [finding.code for finding in raised.value.findings] == ["record-not-of-plan"] * 2
    assert "renamed" in "\n".join(finding.message() for finding in raised.value.findings)


def test_a_year_of_which_nothing_is_known_is_refused_in_words_that_fit():
    with pytest.raises(optplan.InputError) as raised:
        follow(PLAN, year=FIRST + 1)
    assert [finding.code for finding in raised.value.findings] == ["follow-year-open"]


def test_a_plan_of_one_year_begins_and_ends_with_a_report(tmp_path):
    plan = Plan(random_tables(11, Size(counties=1, years=1, goods=1, teams=1, projects=0, money=0.6)))
    before = follow(plan, adopted=optplan.solve(plan, "attain", time_limit=5), ask=False)
    write_report(before, tmp_path / "plan.docx", None, LETTER, language="en")
    over = Plan(random_tables(11, Size(counties=1, years=1, goods=1, teams=1, projects=0, money=0.6, closed=1)))
    after = follow(over, ask=False)
    assert after.replan is None
    write_report(after, tmp_path / "final.docx", None, LETTER, language="zh")
