"""The plan as the rules see it, in exact numbers, and what can be known of it before it is solved (model.md §1–§3)."""

from optplan.plan.parts import Fund, Link, Mix, Project, Requirement, Target, Team, Use
from optplan.plan.plan import Plan, read_plan, read_plan_to_explain

__all__ = ["Fund", "Link", "Mix", "Plan", "Project", "Requirement", "Target", "Team", "Use", "read_plan", "read_plan_to_explain"]
