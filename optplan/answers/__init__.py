"""What answers to questions about a plan share: proven intervals, wishes, the JSON document, words, the workbook.

>>> from optplan.answers.wishes import read_wishes, wish_scenario
>>> wishes = read_wishes(plan, ["ladder:yingxian:2023>=1"])  # doctest: +SKIP
>>> wished = apply_scenarios(plan, [wish_scenario(plan, wishes)])  # doctest: +SKIP
"""

from optplan.answers.answer import Answer, foot, head, proven, solve_entry
from optplan.answers.interval import Interval, interval_from

__all__ = ["Answer", "Interval", "foot", "head", "interval_from", "proven", "solve_entry"]
