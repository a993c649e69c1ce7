"""Roles: who has which, from a file that an office writes, and that the functions themselves refuse what a role does not reach."""

import pytest
from office.conftest import LI, QIAN, WANG, ZHAO

import optplan
from optplan.office import (
    NotAllowed,
    OfficeError,
    Person,
    Role,
    Roles,
    adopted_for,
    approve,
    list_runs,
    list_scenarios,
    local_person,
    read_roles,
    retire,
    save_plan,
    save_scenario,
    signed_in_person,
)
from optplan.scenarios import Scale, Scenario

STRANGER = Person("陌生人", Role.NOBODY)
CHANGE = Scenario(name="cheap", title="降价", reason="招标", changes=(Scale(table="costs", column="unit_cost", factor="0.9"),))


@pytest.fixture(scope="module")
def result(quick):
    return optplan.solve(quick, "thrift")


def roles_file(folder, text):
    (folder / "roles.toml").write_text(text, "utf-8")
    return folder / "roles.toml"


def test_the_file_gives_each_address_its_role_and_everybody_else_may_look(tmp_path, monkeypatch):
    file = roles_file(tmp_path, 'approver = ["Wang@Example.gov.cn"]\neditor = ["li@example.gov.cn"]\n')
    monkeypatch.setenv("OPTPLAN_ROLES", str(file))
    roles = read_roles()
    assert roles.role_of("wang@example.gov.cn ") is Role.APPROVER
    assert roles.role_of("li@example.gov.cn") is Role.EDITOR
    assert roles.role_of("sun@example.gov.cn") is roles.role_of("") is Role.VIEWER
    roles_file(tmp_path, 'others = "nobody"')
    assert read_roles().role_of("li@example.gov.cn") is Role.NOBODY
    monkeypatch.delenv("OPTPLAN_ROLES")
    assert read_roles() == Roles({}, Role.VIEWER)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("approver = [", "写法有误"),
        ('aprover = ["wang@example.gov.cn"]', "aprover"),
        ('others = "boss"', "others"),
        ('editor = ["li"]', "不是邮箱"),
        ('editor = ["li@x.cn"]\napprover = ["LI@x.cn"]', "两个名单"),
    ],
)
def test_a_file_with_a_mistake_lets_nobody_in_and_says_what_is_wrong(tmp_path, text, word):
    with pytest.raises(OfficeError) as refused:
        read_roles(roles_file(tmp_path, text))
    assert word in refused.value.findings[0].message("zh")
    assert str(tmp_path) in refused.value.findings[0].message("en")


def test_a_missing_file_lets_nobody_in(tmp_path):
    with pytest.raises(OfficeError) as refused:
        read_roles(tmp_path / "none.toml")
    assert "OPTPLAN_ROLES" in refused.value.findings[0].message("zh")


def test_an_address_that_the_provider_did_not_verify_counts_for_nothing():
    roles = Roles({"wang@example.gov.cn": Role.APPROVER})
    claims = {"sub": "7", "email": "wang@example.gov.cn", "name": "王审定"}
    assert signed_in_person(claims, roles) == WANG
    assert signed_in_person({**claims, "email_verified": True}, roles) == WANG
    assert signed_in_person({**claims, "email_verified": False}, roles) == Person("王审定", Role.VIEWER, "7")
    assert signed_in_person({"sub": "7"}, roles) == Person("7", Role.VIEWER, "7")


def test_where_nobody_signs_in_people_are_called_by_the_name_they_give(monkeypatch):
    monkeypatch.setenv("OPTPLAN_USER", "jike")
    assert local_person("", Role.EDITOR) == Person("jike", Role.EDITOR)
    assert local_person("  孙 会计\n", Role.APPROVER) == Person("孙 会计", Role.APPROVER)
    assert local_person("", Role.EDITOR).signature == "jike"


def test_only_an_approver_approves_and_then_it_is_the_adopted_plan(store, quick, result):
    run = store.save_run(result, plan=quick, who=LI.signature)
    for person in (STRANGER, QIAN, LI):
        with pytest.raises(NotAllowed) as refused:
            approve(store, person, run.id, "好")
        assert refused.value.findings[0].message("zh") != refused.value.findings[0].code
    assert adopted_for(store, quick) is None
    with pytest.raises(OfficeError) as refused:
        approve(store, WANG, run.id, "  ")
    assert "原因" in refused.value.findings[0].message("zh")
    approve(store, WANG, run.id, "局务会通过")
    assert adopted_for(store, quick).id == run.id
    with pytest.raises(OfficeError) as refused:
        retire(store, WANG, run.id, "不要了")
    assert "现行" in refused.value.findings[0].message("zh")
    (row,) = list_runs(store, QIAN).rows
    assert (row.adopted, row.decisions[-1].reason, row.decisions[-1].who) == (True, "局务会通过", WANG.signature)


def test_editors_retire_only_what_they_saved(store, quick, result):
    run = store.save_run(result, plan=quick, who=LI.signature)
    for person in (STRANGER, QIAN, ZHAO):
        with pytest.raises(NotAllowed):
            retire(store, person, run.id, "重复")
    assert retire(store, LI, run.short, "重复") == run.id
    other = store.save_run(result, plan=quick, who=ZHAO.signature)
    retire(store, WANG, other.id, "重复")
    assert store.runs() == []
    assert store.open(run.id).status == "optimal"


def test_viewers_save_no_scenarios_or_plans_and_strangers_see_nothing(store, quick):
    with pytest.raises(NotAllowed):
        save_scenario(store, QIAN, CHANGE)
    with pytest.raises(NotAllowed):
        save_plan(store, QIAN, quick)
    assert save_plan(store, LI, quick) == quick.sha256
    sha = save_scenario(store, LI, CHANGE)
    (row,) = list_scenarios(store, QIAN).rows
    assert (row.sha256, row.who, row.scenario.reason) == (sha, LI.signature, "招标")
    for listing in (list_runs, list_scenarios):
        with pytest.raises(NotAllowed) as refused:
            listing(store, STRANGER)
        assert "登录" in refused.value.findings[0].message("zh")


def test_re_planning_starts_from_the_adopted_plan(store, queues, quick, result):
    from office.conftest import ask, over, wait

    run = store.save_run(result, plan=quick, who=LI.signature)
    approve(store, WANG, run.id, "局务会通过")
    adopted = adopted_for(store, quick)
    queue = queues()
    done = wait(queue, ask(queue, LI, quick, "replan", reference=store.open(adopted.id), reference_run=adopted.id), over)
    assert done.status == "optimal"
    assert store.record(done.run).reference_run == run.id
    assert store.record(done.run).criteria["change"] == 0
