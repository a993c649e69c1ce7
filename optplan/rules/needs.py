"""Which rules a rule builds on: whose variables and sets it reads of the model."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def needs(*rules: Callable[..., Any]) -> Callable[[Callable[Concatenate[Any, P], R]], Callable[Concatenate[Any, P], R]]:
    """Declare the rules that must be on the model ``m`` before the rule or criterion ``f(m, …)``, which reads what they add.

    ``f.needs`` keeps them; calling ``f`` too early raises ``LookupError``.
    """

    def declare(rule: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
        @wraps(rule)
        def checked(m: Any, /, *args: P.args, **kwargs: P.kwargs) -> R:
            added = getattr(m, "rules_added", ())
            if lacking := [other.__name__ for other in rules if other not in added]:
                raise LookupError(f"{rule.__name__} reads what {' and '.join(lacking)} put on the model: call it afterwards")
            result = rule(m, *args, **kwargs)
            m.rules_added = (*added, checked)
            return result

        checked.needs = rules  # type: ignore[attr-defined]
        return checked

    return declare
