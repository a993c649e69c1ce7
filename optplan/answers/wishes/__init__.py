"""Wishes about a plan: how they are written, what they mean in it, and how its tables hold them."""

from optplan.answers.wishes.reading import read_wishes
from optplan.answers.wishes.scenario import held, wish_scenario
from optplan.answers.wishes.wish import Wish

__all__ = ["Wish", "held", "read_wishes", "wish_scenario"]
