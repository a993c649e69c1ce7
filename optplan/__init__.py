"""optplan: from a five-year public-safety plan to a proven, checked, year-by-year and county-by-county schedule.

What users import is listed once, in ``__init__.pyi``, and loaded when first used, so that ``optplan check`` need not wait for
the solver.

>>> import optplan
>>> plan = optplan.read_plan("inputs/shuozhou")  # doctest: +SKIP
>>> result = optplan.solve(plan, model="attain")  # doctest: +SKIP
>>> result.to_excel("reports/attain.xlsx")  # doctest: +SKIP
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
