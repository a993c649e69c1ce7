"""What it takes: the least extra money, the earliest year, the deepest cut or the largest price rise with which wishes hold."""

from optplan.questions.reach.answer import Reach
from optplan.questions.reach.asking import reach

__all__ = ["Reach", "reach"]
