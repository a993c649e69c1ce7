"""Decision models, criteria, figures and times in the words of this page."""

from __future__ import annotations

from datetime import datetime

from optplan.decision_model import DecisionModel
from optplan.figures import criteria
from optplan.language import bilingual
from optplan.web.words import Markdown, plain, sentence


def model_title(model: DecisionModel) -> str:
    """What a decision model is called."""
    return bilingual(model.title, model.title_en)


def model_account(model: DecisionModel) -> str:
    """What a decision model asks, in a sentence or two."""
    return bilingual(model.account, model.account_en)


def model_order(model: DecisionModel) -> Markdown:
    """The criteria in the order in which they are made as small as can be."""
    return plain(" → ".join(criteria.criterion_name(criterion.name) for criterion in model.criteria))


def criterion_name(name: str) -> Markdown:
    """What a criterion is called."""
    return plain(criteria.criterion_name(name))


def criterion_account(name: str) -> Markdown:
    """What a criterion measures, in a sentence."""
    return sentence("web_solving", f"about-{name}")


def clock(seconds: float) -> str:
    """A stretch of time, such as 3:07."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def local_time(moment: str | datetime) -> str:
    """A moment in the server's time zone."""
    parsed = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return parsed.astimezone().strftime("%Y-%m-%d %H:%M")


def name_of(signature: str) -> str:
    """The name in a signature of the record, without the address that belongs to it."""
    return signature.partition(" <")[0]
