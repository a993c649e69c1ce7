"""What asks a solver in its own process prints its answer and nothing else."""

import subprocess
import sys

ASKED = "from optplan.search.solver.silent import silent_highs; silent_highs(); print('answer')"


def test_the_solver_does_not_greet_on_standard_output():
    assert subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True).stdout == "answer\n"
