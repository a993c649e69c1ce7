"""A plan through its life: where it stands, what can still be reached, what must be done by when.

>>> import optplan
>>> plan = optplan.read_plan("inputs/shuozhou-2023")  # doctest: +SKIP
>>> found = optplan.follow(plan, adopted=optplan.read_result("reports/sample/shuozhou-attain.json"))  # doctest: +SKIP
"""

from optplan.following.follow import Following, follow

__all__ = ["Following", "follow"]
