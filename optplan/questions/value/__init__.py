"""What money is worth: one more and one less step of it in each place, exactly; and the staircase of one fund."""

from optplan.questions.value.answer import Value
from optplan.questions.value.asking import ValueProgress, value
from optplan.questions.value.staircase import Staircase, staircase

__all__ = ["Staircase", "Value", "ValueProgress", "staircase", "value"]
