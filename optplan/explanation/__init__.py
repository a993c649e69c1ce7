"""Why no plan exists, or why something is missing: the fewest cells of the tables that cannot hold together, and what would do.

The program in which cells give way (:mod:`optplan.explanation.elastic_program`) is asked again and again which cells it can do
without; what is said here of a plan is what such a solve proved, with its bound.
"""

from __future__ import annotations

from optplan.explanation.explain import explain, explained_apart
from optplan.explanation.explanation import Explanation
from optplan.explanation.shortfall import explain_missing

__all__ = ["Explanation", "explain", "explain_missing", "explained_apart"]
