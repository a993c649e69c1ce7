"""Whatever is changed in a result after it was sealed is refused, and the field is named; so are claims that do not follow."""

from __future__ import annotations

import copy
import itertools
import json
import random
import re
from pathlib import Path

import pytest
from damage.falsified import Document, Falsified, every_claim, every_field, every_key, every_table, fields
from plans.random_plans import Size, random_tables

import optplan
from optplan.audit import audit
from optplan.document.seal import seal
from optplan.document.verdict import verdict_on
from optplan.plan import Plan
from optplan.result import Result
from optplan.tables.findings import InputError

SAMPLE = Path(__file__).resolve().parents[2] / "reports" / "sample" / "shuozhou-attain.json"
PLAN = Plan(random_tables(7, Size(counties=2, years=3, goods=3, teams=2, projects=1, money=0.8)))
BY_DEFAULT, ALL = 60, 500


@pytest.fixture(scope="module")
def good() -> Document:
    result = optplan.solve(PLAN, "attain", gap=0.02)
    assert optplan.verify(PLAN, result).ok
    return json.loads(result.text())


def falsifications(document: Document, seed: int) -> list[Falsified]:
    dice = random.Random(seed)
    some = [*every_claim(document), *every_table(document, dice)]
    return [*some, *itertools.islice(every_field(document, dice), max(len(fields(document)), ALL - len(some)))]


def named(document: Document, folder: Path) -> list[str]:
    """The places that a result's refusal names; none where it is accepted."""
    file = folder / "result.json"
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    try:
        verdict = optplan.verify(PLAN, file)
    except InputError as problem:
        return [finding.place.column or finding.code for finding in problem.findings]
    places = []
    for violation in verdict.violations:
        criterion = violation.values.get("criterion")
        listed = [level["name"] for level in document["criteria"]]
        if violation.rule == "figure-differs":
            places.append(violation.values["section"])
        elif violation.rule == "other-plan":
            places.append("plan.sha256")
        elif criterion in listed:
            places.append(f"criteria.{listed.index(criterion)}.in_plan")
        else:
            places.append(str(violation.values.get("where", violation.rule)))
        assert violation.message("zh") != violation.message("en")
    return places


def plain(place: str) -> str:
    """Without the numbers of rows, which a finding of the reader tells as well."""
    return place if place.startswith("criteria") else re.sub(r"\.\d+(?=\.|$)", "", place).removesuffix(".rows")


def is_named(field: str, places: list[str]) -> bool:
    return any(field.startswith(place) or place.startswith(field) for place in map(plain, places))


def check(cases: list[Falsified], folder: Path) -> None:
    accepted, misnamed = [], []
    for field, document in cases:
        places = named(document, folder)
        if not places:
            accepted.append(field)
        elif not is_named(plain(field), places):
            misnamed.append((field, places))
    assert accepted == []
    assert misnamed == []


def test_falsified_results_are_refused_and_the_field_is_named(good: Document, tmp_path: Path) -> None:
    cases = falsifications(good, 1)
    check(random.Random(1).sample(cases, BY_DEFAULT), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_every_field_of_a_result_is_sealed(good: Document, tmp_path: Path, seed: int) -> None:
    cases = falsifications(good, seed)
    assert len(cases) >= ALL
    assert set(fields(good)) <= {field for field, _ in cases}
    check(cases, tmp_path)


@pytest.mark.slow
def test_no_field_of_a_result_may_be_missing_or_of_another_kind(good: Document, tmp_path: Path) -> None:
    check(list(every_key(good, random.Random(1))), tmp_path)


def test_a_seal_made_anew_does_not_make_true_what_does_not_follow(good: Document) -> None:
    """Anybody can work out a hash; what follows from the rest is refused all the same."""
    accepted = []
    for field, document in every_claim(good):
        if re.fullmatch(r"criteria\.\d\.seconds|scenario|made_with|model_content.*", field):
            continue  # nothing else says what these must be; a signature holds them
        model = optplan.DecisionModel.model_validate(document["model_content"])
        checked = audit(
            PLAN.tables, Result(good).to_schedule(), requests=False, criteria=[level.name for level in model.criteria]
        )
        forged = {**document, "seal": seal(document, checked)}
        if verdict_on(forged, PLAN.tables).ok:
            accepted.append(field)
    assert accepted == []


def test_numbers_may_be_written_in_another_way(good: Document) -> None:
    """A program that passes a result on may write 2.0 as 2, and put keys in another order."""

    def rewritten(content):
        if isinstance(content, dict):
            return {key: rewritten(content[key]) for key in reversed(content)}
        if isinstance(content, list):
            return [rewritten(each) for each in content]
        return int(content) if isinstance(content, float) and content.is_integer() else content

    assert verdict_on(rewritten(good), PLAN.tables).ok


def test_what_is_wrapped_round_an_answer_is_no_part_of_it(good: Document) -> None:
    """It is said that it was not checked."""
    verdict = verdict_on({**good, "approved_by": "mayor"}, PLAN.tables)
    assert verdict.ok
    [note] = [note for note in verdict.notes if note.name == "beside-the-answer"]
    assert "approved_by" in note.message("zh")
    assert "beside-the-answer" not in {note.name for note in verdict_on(good, PLAN.tables).notes}


def test_an_answer_is_refused_at_every_door(good: Document, tmp_path: Path) -> None:
    forged = copy.deepcopy(good)
    forged["criteria"][-1]["bound"] = forged["criteria"][-1]["value"]
    result = Result(forged)
    with optplan.open_store(tmp_path / "store.sqlite3") as store, pytest.raises(InputError):
        store.save_run(result, plan=PLAN)
    for write in (result.to_excel, lambda path: optplan.write_brief(result, path.with_suffix(".docx"))):
        with pytest.raises(optplan.SealBroken) as refused:
            write(tmp_path / "out.xlsx")
        assert next(finding.place.column for finding in refused.value.findings).startswith("criteria.2")
    assert not list(tmp_path.glob("out.*"))


def test_bounds_are_said_to_be_the_solvers_word(good: Document) -> None:
    notes = [note.name for note in verdict_on(good, PLAN.tables).notes]
    assert notes == ["bounds-are-the-solvers"]


def test_a_change_is_sealed_even_where_no_reference_is_at_hand(good: Document) -> None:
    replanned = optplan.solve(PLAN, "replan", reference=Result(good), gap=0.02)
    verdict = replanned.check()
    assert verdict.ok
    assert [note.name for note in verdict.notes] == ["bounds-are-the-solvers", "not-measured"]
    assert optplan.verify(PLAN, replanned, reference=Result(good)).ok
    forged = json.loads(replanned.text())
    forged["criteria"][1]["in_plan"] += 1.0
    assert not Result(forged).check().ok


class TestOlderSeals:
    """A result of version 1 is verified by the rules of its version: what follows is checked, the hash is the older one."""

    FILE = Path(__file__).parent / "sealed-1.json"

    @pytest.fixture
    def old(self) -> Document:
        return optplan.read_result(self.FILE).document

    def test_it_still_holds(self, old: Document) -> None:
        verdict = Result(old).check()
        assert verdict.ok, verdict.violations
        assert "seal-of-version-1" in [note.name for note in verdict.notes]

    @pytest.mark.parametrize(
        "change",
        [
            lambda d: d["criteria"][1].update(gap=d["criteria"][1]["gap"] + 0.01),
            lambda d: d["criteria"][1].update(tolerance=99.0),
            lambda d: d["criteria"][1].update(slack=0.5),
            lambda d: d["criteria"][1].update(bound=d["criteria"][1]["value"] + 1),
            lambda d: d["criteria"].reverse(),
            lambda d: d["criteria"].pop(),
            lambda d: d.update(model="another"),
            lambda d: d["model_content"]["criteria"][1].update(tolerance="0.5"),
            lambda d: d["seal"]["criteria"].update(cost="1"),
            lambda d: d["seal"].update(version=2),
            lambda d: d["inputs"]["budgets"]["rows"].pop(),
            lambda d: d["schedule"].pop(),
        ],
    )
    def test_what_does_not_follow_is_refused(self, old: Document, change) -> None:
        assert Result(old).check().ok
        change(old)
        assert not Result(old).check().ok


def test_the_sample_that_ships_holds() -> None:
    assert optplan.read_result(SAMPLE).check().ok
