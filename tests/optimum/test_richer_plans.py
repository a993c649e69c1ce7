"""What plans can say beyond the common: the optimum agrees with another solver, feature by feature and all together."""

import pytest
from optimum.second_solver import second_optimum
from optimum.test_second_solver import model_of
from plans.richer_plans import FEATURES, richer

from benchmarks.objectives import straight_program
from benchmarks.rivals import load
from optplan.audit import audit
from optplan.plan import Plan
from optplan.plan.checks import check
from optplan.search.lexicographic import search
from optplan.search.run import Orders

LISTS = [
    (["target_shortfall", "readiness_gap", "cost"], False),
    (["target_shortfall", "request", "readiness_gap", "cost"], True),
    (["target_shortfall", "worst_county", "unevenness", "surplus", "payer_order"], False),
]
# By default each feature with one list of criteria, and all features together with each.
CASES = [
    pytest.param(name, seed, marks=[pytest.mark.slow] * (at % 3 != seed)) for at, name in enumerate(FEATURES) for seed in range(3)
] + [("", seed) for seed in range(6)]


@pytest.mark.parametrize(("feature", "seed"), CASES)
def test_every_level_has_the_value_that_another_solver_finds(feature, seed):
    tables = richer(100 + seed, *([feature] if feature else []), closed=seed == 2)
    names, requests = LISTS[seed % len(LISTS)]
    expected = second_optimum(tables, names, requests)
    if any(finding.severity == "error" for finding in check(tables)):
        assert expected is None
        return
    found = search(Plan(tables), model_of(names, requests), Orders())
    if expected is None:
        assert found.status == "infeasible"
        return
    assert found.status == "optimal"
    assert [float(level.value) for level in found.levels] == pytest.approx(expected, rel=1e-5, abs=1e-5)
    assert audit(tables, found.schedule, requests=requests).violations == ()


def test_the_plain_formulation_that_rivals_are_given_has_the_same_optimum():
    for seed in (0, 3):
        tables, model = richer(100 + seed), model_of(LISTS[0][0])
        found = search(Plan(tables), model, Orders())
        program = straight_program(Plan(tables), model)
        rival, values = load("highs", program), []
        for criterion in model.criteria:
            objective = program.objectives[criterion.name]
            answer = rival.minimise(objective, absolute=0, relative=0, start=None, seconds=60, told=lambda *_, **__: None)
            values.append(objective.at(program.rounded(answer.point)))
            rival.hold(objective, values[-1] + 1e-6 * max(1.0, abs(values[-1])))
        assert values == pytest.approx([float(level.value) for level in found.levels], rel=1e-5, abs=1e-5)
