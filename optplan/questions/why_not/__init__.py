"""Why not, and what would it take: a wish about the plan, solved with the wish held."""

from optplan.questions.why_not.answer import WhyNot
from optplan.questions.why_not.asking import why_not

__all__ = ["WhyNot", "why_not"]
