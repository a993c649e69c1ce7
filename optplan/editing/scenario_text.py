"""A draft as a scenario, and as a TOML file that a person can read: every change under a remark that says it in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from optplan.editing.sentences import sentences
from optplan.language import text
from optplan.scenarios import Change, Scenario
from optplan.scenarios.reading import parse_scenario
from optplan.scenarios.writing import account_lines, change_lines
from optplan.tables.content import Tables

LONGEST_REMARK = 300  # characters
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]+")


def scenario_of(
    base: Tables, changes: Sequence[Change], *, title: str, author: str = "", reason: str = "", language: str | None = None
) -> Scenario:
    """A scenario with these changes; its text is what :func:`toml_of` writes. ``changes`` must not be empty."""
    plain = Scenario(name=title[:100], title=title[:200], author=author[:100], reason=reason[:2_000], changes=tuple(changes))
    toml = toml_of(base, plain, language)
    read = parse_scenario(toml, f"{plain.name}.toml", None)
    return read.model_copy(update={"file": "", "lines": ()})


def toml_of(base: Tables, scenario: Scenario, language: str | None = None) -> str:
    """The scenario as a file, its parents' changes written before its own."""
    changes = tuple(change for member in scenario.lineage for change in member.changes)
    lines = [f"# {text('editing', 'scenario-remark', language)}"]
    lines += account_lines(scenario)
    for change, sentence in zip(changes, sentences(base, changes, language), strict=True):
        lines += ["", f"# {_UNPRINTABLE.sub(' ', sentence)[:LONGEST_REMARK]}", *change_lines(change)]
    return "\n".join(lines) + "\n"
