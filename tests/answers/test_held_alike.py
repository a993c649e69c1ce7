"""What is proven of a difference: nothing of a criterion where one before it differs by what may be noise."""

import pytest
from answers.enumerated import plan_of

from optplan.answers.interval import UNKNOWN, Interval
from optplan.decision_model import read_model
from optplan.questions.differences import differences
from optplan.questions.why_not.words import sentences

MODEL = read_model("attain")
NAMES = [criterion.name for criterion in MODEL.criteria]


def proven(*sides):
    return dict(zip(NAMES, [Interval(low, high) for low, high in sides], strict=True))


def test_what_is_saved_where_readiness_may_have_been_given_up_for_it_is_not_told():
    before = proven((0.0, 0.0), (0.0304, 0.0313), (100.0, 101.0))
    after = proven((0.0, 0.0), (0.0304, 0.0320), (80.0, 81.0))
    for more_asked in (True, False):
        found = list(differences(MODEL, before, after, more_asked=more_asked))
        assert found[2][2] == UNKNOWN
        assert found[1][2].low <= 0 <= found[1][2].high


def test_where_those_before_it_are_held_alike_or_proven_to_differ_the_next_is_compared():
    before = proven((0.0, 0.0), (0.0304, 0.0313), (100.0, 101.0))
    for readiness in ((0.0304, 0.0313), (0.0404, 0.0413)):
        found = list(differences(MODEL, before, proven((0.0, 0.0), readiness, (80.0, 81.0)), more_asked=False))
        assert found[2][2] == Interval(-21.0, -19.0)


@pytest.mark.parametrize(("language", "said"), [("zh", "没有证明"), ("en", "is not proven")])
def test_a_difference_of_which_nothing_is_known_is_told_so_and_not_as_none(language, said):
    document = {
        "wishes": [{"zh": "要", "en": "a wish"}], "granted": False, "status": "answered", "moves": [], "not_proven": [],
        "criteria": [{"name": "cost", "before": [100.0, 101.0], "after": [80.0, 81.0], "change": UNKNOWN.as_list()}],
    }  # fmt: skip
    assert said in sentences(document, plan_of(0).tables, language)[1]
