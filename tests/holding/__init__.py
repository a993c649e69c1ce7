"""Searches that wait until a test says so: what they go through is real, only how long they take does not depend on the solver.

A held search sends its first plan and then does nothing until it is told to stop, as a search on a hard plan might for hours.
"""

import os
from pathlib import Path

STARTUP = Path(__file__).parent / "startup"
VARIABLE = "TEST_HOLDS_SEARCHES"
MARK = "TEST_MARKS_HELD_SEARCHES"


def holding(counties, before="going on", mark=""):
    """The environment in which searches of plans of that many ``counties`` are held, in this process' children.

    ``before="the first plan"``: they wait before they have found anything. ``mark``: a file that is there once one is held.
    """
    path = os.pathsep.join(filter(None, [str(STARTUP), os.environ.get("PYTHONPATH", "")]))
    return {"PYTHONPATH": path, VARIABLE: f"{counties} {before}", MARK: str(mark)}
