"""What is certain: what of a schedule is the same in every plan as good as it, what varies, and between what."""

from optplan.questions.certain.answer import Certain
from optplan.questions.certain.asking import CertainProgress, certain

__all__ = ["Certain", "CertainProgress", "certain"]
