"""Units in the reader's language: Chinese measure words and sums of money as English knows them."""

from __future__ import annotations

from optplan.language import current_language, text
from optplan.tables.content import Tables

# What a unit that plans write is called in the catalogue ``units``; English counts most things without a word.
CODES = {
    "人": "people", "名": "people", "辆": "vehicles", "台": "none", "个": "none", "件": "none", "套": "none", "件(套)": "none",
    "件（套）": "none", "处": "none", "座": "none", "项": "none", "次": "none", "部": "none", "支": "none", "公里": "kilometres",
    "千米": "kilometres", "米": "metres", "平方米": "square-metres", "亩": "mu", "公顷": "hectares", "元": "yuan",
    "千元": "thousand-yuan", "万元": "wan-yuan", "百万元": "million-yuan", "亿元": "hundred-million-yuan",
    "人/10万人": "people-per-100000", "元/亿元": "yuan-per-hundred-million-yuan",
}  # fmt: skip


def unit_name(unit: str | None, language: str | None = None) -> str:
    """A unit in words of ``language`` (default: the current one): one that is not known stays as the plan writes it."""
    code = CODES.get(unit or "")
    if code is None or (language or current_language()) == "zh":
        return unit or ""
    return "" if code == "none" else text("units", code, "en")


def currency_name(tables: Tables, language: str | None = None) -> str:
    """The plan's unit of money, in words of ``language``."""
    return unit_name(str(tables.setting("currency")), language)
