"""The plan as the rules see it, in exact numbers, and what can be known of it before it is solved (model.md §1–§3)."""

from optplan.plan.plan import Fund, Link, Mix, Plan, Project, Requirement, Target, Team, Use, read_plan

__all__ = ["Fund", "Link", "Mix", "Plan", "Project", "Requirement", "Target", "Team", "Use", "read_plan"]
