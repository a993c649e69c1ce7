"""What is certain, as users hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from optplan.answers.answer import Answer
from optplan.questions.certain.words import range_words, sentences

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["kind", "subject", "county", "year", "value", "low", "high", "seen_low", "seen_high", "settled", "firm"]


class Certain(Answer):
    """Which figures are the same in every plan as good as this one, and between what the others vary.

    ``document``: beside what every answer has, ``held`` (what each criterion may be), ``cells``: each with its ``value`` here,
    ``low`` and ``high`` (no plan lies outside), ``seen_low`` and ``seen_high`` (plans reach so far), ``settled`` (both are known
    to be the same), ``firm`` (the same in every plan; ``null``: not known). For openings the ends are years, ``null``: never.
    """

    question: ClassVar[str] = "certain"

    @property
    def cells(self) -> pd.DataFrame:
        """Every figure with its range."""
        return self.tables()["cells"]

    def tables(self) -> dict[str, pd.DataFrame]:
        """``cells``: every figure; ``promises``: the totals of targets; ``schedule``: as :meth:`schedule` has it."""
        import pandas as pd

        cells = pd.DataFrame(self.document["cells"], columns=COLUMNS)
        return {"cells": cells, "promises": cells[cells["kind"] == "target"].reset_index(drop=True), "schedule": self.schedule()}

    def schedule(self) -> pd.DataFrame:
        """Deliveries by item and county with a column a year: the value, alone where firm, with its range where it varies, with
        a question mark where that is not known."""
        import pandas as pd

        rows: dict[tuple[str, str], dict[str, object]] = {}
        for cell in self.document["cells"]:
            if cell["kind"] == "delivery":
                row = rows.setdefault((cell["subject"], cell["county"]), {"item": cell["subject"], "county": cell["county"]})
                row[str(cell["year"])] = range_words(cell)
        return pd.DataFrame(list(rows.values()))

    def tones(self) -> dict[str, pd.DataFrame]:
        """Of each cell of the schedule, whether it is firm, flexible, or not known."""
        schedule = self.schedule()
        kinds = {
            (cell["subject"], cell["county"], str(cell["year"])): {True: "firm", False: "flexible", None: "unknown"}[cell["firm"]]
            for cell in self.document["cells"]
            if cell["kind"] == "delivery"
        }
        toned = schedule.astype(object).copy()
        for at, row in enumerate(schedule.to_dict("records")):
            for column, name in enumerate(schedule.columns):
                toned.iat[at, column] = kinds.get((row["item"], row["county"], str(name)), "")
        return {"schedule": toned}

    def sentences(self, language: str | None = None) -> list[str]:
        """How much is firm, which targets and openings are, what is not known."""
        return sentences(self.document, self.plan_tables, language)
