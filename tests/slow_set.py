"""What the default tests leave to the slow set, of tests that repeat one thing for many cases."""

from collections.abc import Iterable
from typing import Any

import pytest


def mostly_slow(cases: Iterable[Any], by_default: int) -> list[Any]:
    """The cases, all but the first few only in the slow set."""
    cases = list(cases)
    return [*cases[:by_default], *(pytest.param(case, marks=pytest.mark.slow) for case in cases[by_default:])]
