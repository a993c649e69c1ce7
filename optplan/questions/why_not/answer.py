"""What a wish costs, as users hold it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from optplan.answers.answer import Answer
from optplan.questions.why_not.words import sentences

if TYPE_CHECKING:
    import pandas as pd

    from optplan.result import Result


class WhyNot(Answer):
    """What granting a wish does to every criterion, as intervals, and what moves.

    ``document``: beside what every answer has, ``wishes`` (as written, and in words), ``granted`` (the result grants it already),
    ``criteria`` (``before``, ``after`` and ``change``, each an interval), ``moves`` (the dearest first), ``result`` (the sealed
    schedule that grants the wish, as a result file holds it), ``findings`` (why tables with the wish make no plan), ``solves``.
    """

    question: ClassVar[str] = "why-not"

    @property
    def granted(self) -> bool:
        """Whether the result that was asked about grants the wish already."""
        return bool(self.document["granted"])

    @property
    def criteria(self) -> pd.DataFrame:
        """Each criterion before and after, and by how much it changes: the bounds of each."""
        return self.tables()["criteria"]

    @property
    def moves(self) -> pd.DataFrame:
        """What moves from the result to the schedule that grants the wish; money in the plan's currency unit."""
        return self.tables()["moves"]

    @property
    def result(self) -> Result | None:
        """The schedule that grants the wish; ``None`` where none was found or none was looked for."""
        from optplan.result import Result

        found = self.document["result"]
        return None if found is None else Result(found)

    def tables(self) -> dict[str, pd.DataFrame]:
        """``criteria`` and ``moves``."""
        import pandas as pd

        criteria = [
            {
                "criterion": each["name"],
                **{
                    f"{when}_{side}": each[when][end]
                    for when in ("before", "after", "change")
                    for end, side in ((0, "low"), (1, "high"))
                },
            }
            for each in self.document["criteria"]
        ]
        names: dict[str, Any] = {
            "criteria": [
                "criterion", "before_low", "before_high", "after_low", "after_high", "change_low", "change_high",
            ],
            "moves": ["kind", "of", "subject", "county", "year", "quantity", "to_year", "to_county", "to_subject", "money"],
        }  # fmt: skip
        moved = [
            {**each, "quantity": Decimal(each["quantity"]), "money": Decimal(each["money"])} for each in self.document["moves"]
        ]
        return {
            "criteria": pd.DataFrame(criteria, columns=names["criteria"]),
            "moves": pd.DataFrame(moved, columns=names["moves"]),
        }

    def sentences(self, language: str | None = None) -> list[str]:
        """Whether it can be, what each criterion then is, what moves."""
        return sentences(self.document, self.plan_tables, language)
