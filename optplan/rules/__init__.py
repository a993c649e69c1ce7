"""The rules of model.md §3 and the criteria of §4, a file per family, as Pyomo components.

Every file has the same order: what it is for, variables, constraints under their formulas. Decisions are held *so far*
(``delivered_so_far[i,c,y] = Σ_{y'≤y} x[i,c,y']`` and likewise hires and openings) because a stock, a staffing level or an
open station is then one variable instead of a sum; the deliveries of a year are their differences. The optimum is the same.
Money is in the plan's currency unit. ``@needs(…)`` over a rule or criterion names the rules whose variables it reads.
"""
