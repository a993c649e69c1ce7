"""Sweeps: one plan under many scenarios, solved side by side, in one table and one chart.

>>> import optplan
>>> plan = optplan.read_plan("inputs/shuozhou")  # doctest: +SKIP
>>> swept = optplan.sweep(plan, "inputs/sweeps/shuozhou/city-pool.toml")  # doctest: +SKIP
>>> swept.save("reports/city-pool.xlsx")  # doctest: +SKIP
"""

from optplan.sweeps.design import Axis, Listed, SweepDesign
from optplan.sweeps.executor import Executor, LocalPool
from optplan.sweeps.findings import SweepError
from optplan.sweeps.reading import read_sweep
from optplan.sweeps.runs import SweepRun
from optplan.sweeps.sweep import Sweep
from optplan.sweeps.sweeping import SweepProgress, sweep

__all__ = [
    "Axis", "Executor", "Listed", "LocalPool", "Sweep", "SweepDesign", "SweepError", "SweepProgress", "SweepRun", "read_sweep",
    "sweep",
]  # fmt: skip
