"""What it takes, as users hold it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from optplan.answers.answer import Answer
from optplan.answers.interval import Interval, interval_from
from optplan.questions.reach.words import sentences

if TYPE_CHECKING:
    import pandas as pd

    from optplan.result import Result


class Reach(Answer):
    """What it takes so that wishes hold, from both sides.

    ``document``: beside what every answer has, for ``money`` ``least`` (an interval), ``requests`` (by county, year, class) and
    ``already`` (what must be requested without any wish, by the rule of operating budgets); for the others ``possible`` and
    ``impossible`` (the last value shown possible, the first proven impossible), ``most`` (the last value tried of all) and
    ``tried``; ``result``: a sealed schedule that shows it possible.
    """

    question: ClassVar[str] = "reach"

    @property
    def least(self) -> Interval | None:
        """The least extra money, in the plan's currency unit; ``None`` where something else was asked, or nothing is known."""
        found = self.document["least"]
        return None if found is None else interval_from(found)

    @property
    def possible(self) -> str | None:
        """The last year, cut or rise that is shown to be possible."""
        found: str | None = self.document["possible"]
        return found

    @property
    def impossible(self) -> str | None:
        """The first cut or rise that is proven impossible."""
        found: str | None = self.document["impossible"]
        return found

    @property
    def result(self) -> Result | None:
        """The schedule that shows what is possible."""
        from optplan.result import Result

        found = self.document["result"]
        return None if found is None else Result(found)

    def tables(self) -> dict[str, pd.DataFrame]:
        """``requests``: who must find how much, when; ``tried``: what was tried and what came of it."""
        import pandas as pd

        requests = [{**each, "amount": Decimal(each["amount"])} for each in self.document["requests"]]
        tried = [{"at": each["at"], "verdict": each["verdict"]} for each in self.document["tried"]]
        return {
            "requests": pd.DataFrame(requests, columns=["county", "year", "class", "amount"]),
            "tried": pd.DataFrame(tried, columns=["at", "verdict"]),
        }

    def sentences(self, language: str | None = None) -> list[str]:
        """What it takes, by whom, when; what is proven on the other side."""
        return sentences(self.document, self.plan_tables, language)
