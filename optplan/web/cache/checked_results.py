"""Nothing is shown of a result that the exact check does not accept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from optplan.audit import Violation
from optplan.document.sealed import SealBroken, sealed
from optplan.result import Result
from optplan.web.findings import refusal

KEPT = 64  # verdicts that are remembered, by what a result says
HELD = 16  # results in memory whose text is not made again
MOST_TOLD = 3  # broken rules that are told


def holds(result: Result) -> bool:
    """Whether there is a schedule and its seal holds."""
    return result.has_schedule and not violations(result)


def must_hold(result: Result) -> None:
    """Raise :class:`InputError` if the seal of a result does not hold; one without a schedule has nothing to seal."""
    refuse_broken(violations(result))


def refuse_broken(broken: Sequence[Violation]) -> None:
    """Raise :class:`InputError` with the first of the broken rules, if there are any."""
    if broken:
        told = "\n\n".join(violation.message() for violation in broken[:MOST_TOLD])
        raise refusal("result-refused", number=len(broken), faults=told)


def violations(result: Result) -> tuple[Violation, ...]:
    """What the exact check finds wrong with a result; nothing if it has no schedule."""
    return _known(result)[1] if result.has_schedule else ()


@st.cache_resource(show_spinner=False, max_entries=HELD, hash_funcs={Result: lambda result: id(result.document)})
def _known(result: Result) -> tuple[dict[str, object], tuple[Violation, ...]]:
    """The verdict on a document that is in memory, kept beside it so that no other one can come to have its identity."""
    return result.document, _checked(hashlib.sha256(result.text().encode()).hexdigest(), result)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _checked(sha256: str, _result: Result) -> tuple[Violation, ...]:
    try:
        sealed(_result)
    except SealBroken as problem:
        return problem.verdict.violations
    return ()
