"""What people read, in their language: messages by name, from the Fluent catalogues under ``locale/``.

A message is named, never spelled out in code. ``text("solve-done", cost="12")`` looks it up in the chosen language and falls
back to English, then to the name itself, so a missing translation is seen and never fatal. Catalogues are split by area
(``cli.ftl``, ``findings.ftl``, ``tables.ftl`` …) and parsed only when first asked for, because parsing is the slow part.
In them ``SPAN($first, $last)`` is a stretch of years or numbers, and a single one where both are the same.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from optplan.language.years import year_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fluent.runtime import FluentBundle

LANGUAGES = ("zh", "en")
# Variables of messages that are years where they are whole numbers; in a date (with a day) the year is one of the calendar.
YEARS = frozenset({"year", "from_year", "to_year", "plain_year", "next", "first", "last", "closed", "opens", "until"})
_chosen: ContextVar[str | None] = ContextVar("optplan_language", default=None)


def default_language() -> str:
    """``OPTPLAN_LANG`` if set, else English for an English locale, else Chinese."""
    asked = os.environ.get("OPTPLAN_LANG", "").lower()[:2]
    if asked in LANGUAGES:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "zh"
    system = locale.getlocale()[0] or ""
    return "en" if system.lower().startswith("en") else "zh"


def current_language() -> str:
    """The language chosen with :func:`speaking`, or the default one."""
    return _chosen.get() or default_language()


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Use ``language`` (``zh`` or ``en``; ``None``: the one in use already) inside the block."""
    token = _chosen.set(language or current_language())
    try:
        yield
    finally:
        _chosen.reset(token)


@cache
def _bundle(language: str, area: str) -> FluentBundle:
    from fluent.runtime import FluentBundle, FluentResource

    dash = "—" if language == "zh" else "–"

    def span(*ends: Any) -> Any:
        return ends[0] if ends[0] == ends[-1] else f"{ends[0]}{dash}{ends[-1]}"

    def plural(number: Any) -> Any:
        return "one" if str(number) == "1" else "other"

    bundle = FluentBundle([language], functions={"SPAN": span, "PLURAL": plural}, use_isolating=False)
    source = files("optplan").joinpath("locale", language, f"{area}.ftl")
    if source.is_file():
        bundle.add_resource(FluentResource(source.read_text(encoding="utf-8")))
    return bundle


def find(area: str, name: str, language: str | None = None, /, **values: Any) -> str | None:
    """The message ``name`` of ``area`` (``name.attribute`` for an attribute of it) in ``language``, or ``None``."""
    language = language or current_language()
    return _formatted(
        language, area, name, tuple((key, value_in_words(key, value, "day" in values)) for key, value in values.items())
    )


@lru_cache(maxsize=50_000)
def _formatted(language: str, area: str, name: str, values: tuple[tuple[str, str], ...]) -> str | None:
    bundle = _bundle(language, area)
    message_id, _, attribute = name.partition(".")
    if not bundle.has_message(message_id):
        return None
    message = bundle.get_message(message_id)
    pattern = message.attributes.get(attribute) if attribute else message.value
    if pattern is None:
        return None
    formatted, _errors = bundle.format_pattern(pattern, dict(values))
    return str(formatted)


def value_in_words(key: str, value: Any, dated: bool) -> str:
    """What a message is given as ``key``, as it stands in the sentence; the years of dates are no years of a plan."""
    # Numbers go in as text: years must not become "2,025", and the figures are formatted where their unit is known.
    if isinstance(value, int) and key in YEARS and not dated:
        return year_name(value)
    return "" if value is None else str(value)


def text(area: str, name: str, language: str | None = None, /, **values: Any) -> str:
    """The message ``name`` of ``area``; English if the language lacks it, the bare name if both do."""
    found = find(area, name, language, **values)
    if found is None:
        found = find(area, name, "en", **values)
    return name if found is None else found


def bilingual(chinese: str, english: str | None, language: str | None = None) -> str:
    """What somebody wrote in both languages: ``english`` where that is spoken and given."""
    return english if english and (language or current_language()) == "en" else chinese


def sentences_of(area: str) -> Callable[..., str]:
    """A function that gives the messages of ``area`` in the current language: ``say("unit", currency="万元")``."""

    def say(name: str, /, **values: Any) -> str:
        return text(area, name, None, **values)

    return say
