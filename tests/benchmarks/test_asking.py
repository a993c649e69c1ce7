"""What-ifs: the same for a seed, each a valid plan of its own, asked of whoever answers."""

from types import SimpleNamespace

import optplan
from benchmarks.asking import COLD, QUICK, SESSION, Answers, answers, questions
from benchmarks.asking_report import ask_section
from benchmarks.plans import Size, realistic_plan


def test_questions_are_the_same_for_a_seed_and_change_the_plan():
    plan = realistic_plan(1, Size(counties=2, years=3))
    asked = questions(plan, 8, seed=5)
    assert [title for title, _ in asked] == [title for title, _ in questions(plan, 8, seed=5)]
    hashes = {plan.sha256, *(changed.sha256 for _, changed in asked)}
    assert len(hashes) == 9
    assert all(isinstance(changed, optplan.Plan) for _, changed in asked)


def test_answers_are_kept_and_compared(tmp_path):
    plan = realistic_plan(1, Size(counties=2, years=3))
    kept = Answers(tmp_path, "made-up")
    document = {"criteria": [{"name": "target_shortfall", "value": 1.5}, {"name": "cost", "value": 100}]}

    def ask(_):
        return SimpleNamespace(document=document, status="optimal")

    asked = [("the plan itself", plan), *questions(plan, 4, seed=5)]
    for how in (COLD, SESSION, QUICK):
        for answered in answers(ask, how, asked, model="attain", seed=5, code=""):
            kept.keep(answered)
    assert len(kept.newest()) == 15
    section = ask_section(kept.path)
    assert section.count("| agree |") == 5
    assert "A session's time over that" in section
    assert "A session that stops at good enough takes" in section
