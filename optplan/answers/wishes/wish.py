"""A wish about one figure of a plan, as people write it: ``ITEM:COUNTY:YEAR>=N``, ``team:TEAM:YEAR`` and so on (interface.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from optplan.language import LANGUAGES, current_language, text
from optplan.language.numbers import exact
from optplan.tables.names import Names

Kind = Literal["item", "team", "project", "target", "standard"]
Sense = Literal[">=", "<=", "=", "by", "after"]
KINDS: tuple[Kind, ...] = ("team", "project", "target", "standard")
_FORMS: dict[Kind, re.Pattern[str]] = {
    "item": re.compile(r"(?P<subject>.+?):(?P<county>[^:]*):(?P<year>\d{4})?年?(?P<sense>>=|<=|=)(?P<quantity>\d+(\.\d+)?)"),
    "team": re.compile(r"(?P<subject>.+):(?P<year>\d{4})年?"),
    "project": re.compile(r"(?P<subject>.+?)(?P<sense>:|>)(?P<year>\d{4})年?"),
    "target": re.compile(r"(?P<subject>.+?)>=(?P<quantity>\d+(\.\d+)?)"),
    "standard": re.compile(r"(?P<subject>.+?):(?P<county>[^:]+):(?P<year>\d{4})年?"),
}
_SAME = str.maketrans({"：": ":", "＝": "=", "＞": ">", "＜": "<"})


@dataclass(frozen=True)
class Wish:
    """What is wished, by ids.

    ``item``: so many units of the item or group ``subject`` in ``county`` (blank: all together) and ``year`` (``None``: all);
    ``team``: it meets its staffing standard from ``year`` on; ``project``: open ``by`` the year, or not open before it is over
    (``after``); ``target``: so much is delivered of it; ``standard``: no gap to it in ``county`` and ``year``.
    """

    kind: Kind
    subject: str
    county: str = ""
    year: int | None = None
    sense: Sense = ">="
    quantity: Decimal = Decimal(0)

    @property
    def written(self) -> str:
        """The wish as it is typed."""
        year, amount = "" if self.year is None else str(self.year), f"{self.sense}{exact_plain(self.quantity)}"
        match self.kind:
            case "item":
                return f"{self.subject}:{self.county}:{year}{amount}"
            case "target":
                return f"target:{self.subject}{amount}"
            case "standard":
                return f"standard:{self.subject}:{self.county}:{year}"
            case "project":
                return f"project:{self.subject}{'>' if self.sense == 'after' else ':'}{year}"
            case _:
                return f"{self.kind}:{self.subject}:{year}"

    def words(self, names: Names) -> str:
        """The wish as a sentence for people."""
        called = names.by_table
        subject = called[_TABLE[self.kind]].get(self.subject, self.subject)
        name = f"wish-{self.kind}" if self.kind in {"team", "standard", "target"} else f"wish-{self.kind}-{_SENSES[self.sense]}"
        language = names.language
        year = text("answers", "all-years", language)
        if self.year is not None:
            year = text("answers", "in-year", language, year=self.year)
        return text(
            "answers", name, language,
            subject=subject,
            county=called["counties"].get(self.county, self.county) or text("answers", "all-counties", language),
            year=year,
            plain_year=self.year,
            quantity=exact(self.quantity),
        )  # fmt: skip


_TABLE = {"item": "groups", "team": "teams", "project": "projects", "target": "targets", "standard": "standards"}
_SENSES = {">=": "at-least", "<=": "at-most", "=": "exactly", "by": "by", "after": "after"}


def exact_plain(quantity: Decimal) -> str:
    """A number without thousands set apart, as it is typed."""
    return exact(quantity).replace(",", "")


def split(asked: str) -> tuple[Kind, dict[str, str]] | None:
    """The kind of wish and its parts as they were written; ``None`` if it is none.

    Full-width signs and the words for kinds of the current language (``项目:``) count as those of interface.md.
    """
    plain = asked.strip().translate(_SAME).replace("≥", ">=").replace("≤", "<=").replace("=>", ">=").replace("=<", "<=")
    plain = re.sub(r"\s*(:|>=|<=|=|>)\s*", r"\1", plain)
    head, _, rest = plain.partition(":")
    kind: Kind = next((each for each in KINDS if head.lower() in _called(each)), "item")
    found = _FORMS[kind].fullmatch(plain if kind == "item" else rest)
    return None if found is None else (kind, {key: value for key, value in found.groupdict().items() if value is not None})


def _called(kind: Kind) -> set[str]:
    return {kind, *(text("answers", f"kind-{kind}", language).lower() for language in {*LANGUAGES, current_language()})}
