"""What can be known of a plan before it is solved: one small function a check, in files by theme.

A finding is an error only where no plan can exist; what merely cannot be reached, or looks odd, is a warning.
"""

from optplan.plan.checks.every import check

__all__ = ["check"]
