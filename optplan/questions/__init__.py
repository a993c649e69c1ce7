"""Questions that an office asks about a plan, each answered by solving, with what is proven and what is not.

``why_not``: what a wish would cost. ``reach``: what it takes so that wishes hold. Each question is a folder: asking it, its
answer, its words.
"""

from optplan.questions.reach import Reach, reach
from optplan.questions.why_not import WhyNot, why_not

__all__ = ["Reach", "WhyNot", "reach", "why_not"]
