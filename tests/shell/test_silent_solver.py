"""What asks a solver in its own process prints its answer and nothing else."""

import subprocess
import sys

import pytest

SILENT = "from optplan.search.solver.silent import silent_highs; silent_highs(); print('answer')"
SCREENED = """
from answers.enumerated import plan_of
from optimum.test_second_solver import model_of
import optplan
from optplan.questions.base import base_of
from optplan.questions.value.levers import levers_of
from optplan.questions.value.screening import screened
plan = plan_of(0)
result = optplan.solve(plan, model_of(["target_shortfall", "cost"]))
screened(base_of(plan, result, None), levers_of(plan, ["cell", "pool"], [], None))
print('answer')
"""


@pytest.mark.parametrize("asked", [SILENT, SCREENED])
def test_the_solver_does_not_greet_on_standard_output(asked):
    script = f"import sys; sys.path[:0] = {sys.path!r}\n{asked}"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "answer\n"
