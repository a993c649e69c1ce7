"""Who may enter what happened: a county its own, editors everything that is open, approvers everything, and they confirm."""

from __future__ import annotations

import pytest
from records.life import ENGINE, TODAY, small_plan

from optplan.office import NotAllowed, Person, Role, read_roles, signed_in_person
from optplan.office.entries import confirm, enter
from optplan.records import RecordError, draft
from optplan.store import LedgerFile

PLAN = small_plan()
COUNTY = Person("孙", Role.VIEWER, "sun@x.cn", frozenset({"a"}))
EDITOR, APPROVER, VIEWER = Person("李", Role.EDITOR), Person("王", Role.APPROVER), Person("赵", Role.VIEWER)
OTHER = {**ENGINE, "county": "b", "document": "乙1"}


@pytest.fixture
def ledger(tmp_path):
    return LedgerFile(tmp_path / "records.csv")


def codes(problem):
    return [each.code for each in problem.value.findings]


def test_a_county_enters_its_own_and_nobody_without_a_county_enters(ledger):
    [entry], _ = enter(ledger, PLAN, COUNTY, [draft(ENGINE)], TODAY)
    assert entry.who == "孙 <sun@x.cn>"
    with pytest.raises(RecordError) as problem:
        enter(ledger, PLAN, COUNTY, [draft(OTHER)], TODAY)
    assert codes(problem) == ["record-other-county"]
    with pytest.raises(NotAllowed) as problem:
        enter(ledger, PLAN, VIEWER, [draft(ENGINE)], TODAY)
    assert codes(problem) == ["needs-county"]
    assert len(ledger.read()) == 1


def test_approvers_confirm_and_only_they_correct_what_is_confirmed(ledger):
    enter(ledger, PLAN, EDITOR, [draft(ENGINE), draft(OTHER)], TODAY)
    for person in (COUNTY, EDITOR):
        with pytest.raises(NotAllowed):
            confirm(ledger, PLAN, person, 2021, 2, ["a", "b"], today=TODAY)
    assert len(confirm(ledger, PLAN, APPROVER, 2021, 2, ["a", "b"], "已核对", today=TODAY)) == 2
    correction = draft({**ENGINE, "quantity": "5", "corrects": "1", "note": "改"})
    for person in (COUNTY, EDITOR):
        with pytest.raises(RecordError) as problem:
            enter(ledger, PLAN, person, [correction], TODAY)
        assert codes(problem) == ["record-quarter-locked"]
    enter(ledger, PLAN, APPROVER, [correction], TODAY)
    assert ledger.read().deliveries == {("engine", "a", 2021, 2): 5, ("engine", "b", 2021, 2): 2}


def test_the_roles_file_says_whose_county_it_is(tmp_path):
    file = tmp_path / "roles.toml"
    file.write_text('others = "nobody"\neditor = ["li@x.cn"]\n[county]\na = ["Sun@x.cn"]\nb = ["sun@x.cn", "li@x.cn"]\n', "utf-8")
    roles = read_roles(file)
    person = signed_in_person({"email": "sun@X.cn", "name": "孙"}, roles)
    assert (person.role, person.counties) == (Role.VIEWER, {"a", "b"})
    assert roles.role_of("li@x.cn") is Role.EDITOR
    assert roles.role_of("qian@x.cn") is Role.NOBODY
