"""Questions that an office asks about a plan, each answered by solving, with what is proven and what is not.

``why_not``: what a wish would cost. ``reach``: what it takes so that wishes hold. ``value``: what a step of money is worth, and
``staircase``. ``certain``: what is the same in every plan as good. Each question is a folder: asking it, its answer, its words.
"""

from optplan.questions.certain import Certain, CertainProgress, certain
from optplan.questions.kept_answers import answer_from, keep_answer, open_answer, replay_answer
from optplan.questions.reach import Reach, reach
from optplan.questions.value import Staircase, Value, ValueProgress, staircase, value
from optplan.questions.why_not import WhyNot, why_not

__all__ = [
    "Certain", "CertainProgress", "Reach", "Staircase", "Value", "ValueProgress", "WhyNot",
    "answer_from", "certain", "keep_answer", "open_answer", "reach", "replay_answer", "staircase", "value", "why_not",
]  # fmt: skip
