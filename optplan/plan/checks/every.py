"""All checks, in the order in which their findings are most useful."""

from __future__ import annotations

from optplan.plan.checks.departments import check_duties
from optplan.plan.checks.indicators import check_indicators, check_observations
from optplan.plan.checks.money import (
    check_appropriations,
    check_free,
    check_funds,
    check_kept_money,
    check_nothing_costs,
    check_operating_budgets,
    check_prices,
)
from optplan.plan.checks.must_open import check_must_open, check_must_open_money
from optplan.plan.checks.names import check_names, check_names_of_counties
from optplan.plan.checks.projects import check_bands, check_hard_needs, check_links, check_losses
from optplan.plan.checks.reach import reach_of
from optplan.plan.checks.settings import check_rates, check_settings
from optplan.plan.checks.targets import (
    check_closed_years,
    check_limits,
    check_mix_numbers,
    check_mixes,
    check_projects,
    check_targets,
)
from optplan.plan.checks.unused import check_unused
from optplan.tables.content import Tables
from optplan.tables.findings import Finding

CHECKS = (
    check_projects,
    check_links,
    check_hard_needs,
    check_losses,
    check_bands,
    check_closed_years,
    check_limits,
    check_targets,
    check_mixes,
    check_mix_numbers,
    check_must_open,
    check_must_open_money,
    check_nothing_costs,
    check_funds,
    check_kept_money,
    check_settings,
    check_rates,
    check_appropriations,
    check_operating_budgets,
    check_prices,
    check_free,
    check_names,
    check_names_of_counties,
    check_unused,
    check_indicators,
    check_observations,
    check_duties,
)


def check(tables: Tables) -> list[Finding]:
    """Every finding about tables whose form, keys and references are in order."""
    reach = reach_of(tables)
    return [finding for one in CHECKS for finding in one(reach)]
