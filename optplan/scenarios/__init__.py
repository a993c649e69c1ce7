"""What if: a scenario is a patch on a plan, written in a TOML file, with a name, an author and a reason.

>>> import optplan
>>> from optplan.scenarios import apply_scenarios
>>> plan = optplan.read_plan("inputs/shuozhou")  # doctest: +SKIP
>>> dearer = apply_scenarios(plan, ["inputs/scenarios/shuozhou/prices-up-8.toml"])  # doctest: +SKIP
"""

from optplan.scenarios.applying import apply_scenarios
from optplan.scenarios.reading import read_scenario
from optplan.scenarios.scenario import Add, Change, Remove, Scale, Scenario, Set, names_of

__all__ = [
    "Add",
    "Change",
    "Remove",
    "Scale",
    "Scenario",
    "Set",
    "apply_scenarios",
    "names_of",
    "read_scenario",
]
