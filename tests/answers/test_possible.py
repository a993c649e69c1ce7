"""What can be had at all, and what stands in the way where it cannot: on plans small enough to see it."""

import pytest
from explanation.test_missing import plan_of

import optplan
from optplan.language import speaking
from optplan.questions.possible import possible

WISH = "standard:engines:{}:2021".format


@pytest.mark.parametrize(
    ("plan", "statuses"),
    [
        (plan_of(total=1), ["possible", "possible"]),  # the one engine may go to either
        (plan_of(total=2, amount=4), ["possible", "impossible"]),  # b has 4 of the 10 that it costs
    ],
)
def test_each_wish_is_asked_by_itself_and_what_excludes_it_is_named(plan, statuses):
    result = optplan.solve(plan)
    with speaking("zh"):
        found = list(possible(plan, result, [WISH("a"), WISH("b")]))
    assert [each.wish for each in found] == [WISH("a"), WISH("b")]
    assert [each.status for each in found] == statuses
    for each in found:
        assert bool(each.reasons) == (each.status == "impossible")
    assert "impossible" not in statuses or any("乙" in reason and "4" in reason for reason in found[1].reasons)
