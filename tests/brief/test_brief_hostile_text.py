"""Whatever stands in a table comes out as the text that it is: no markup, no template language, no broken file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from brief.paper import document_text, pages, run_together, sealed, words
from docx import Document
from plans.random_plans import Size, random_tables
from plans.resealing import resealed

from optplan.brief import write_brief
from optplan.language.printable import printable
from optplan.tables.content import Row, Tables

HOSTILE = [
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    "{%p if a %}{%tr endfor %}{#",
    "}} %} #}",
    "<&>\"' </w:t></w:r> ]]>",
    "<b>bold</b>&amp;&#65;",
    "line\nbreak\ttab",
    "=1+1|cmd",
    "\u202eright to left\u202c",
    "𠮷野家 🚒 Ünïcödé",
    "消防" * 400,
    "w" * 3000,
    "{{ title.__class__ }}",
    "\\n\\a {{r x}}",
]
CONTROLS = "bell\x07 escape\x1b null\x00 vertical\x0b page\x0c \ufffe\uffff{{ x }}"  # tables with them are not even read
TEXTS = {"name", "name_en", "source", "title"}


def hostile_tables(shift: int) -> Tables:
    """A plan in which every text is hostile."""
    tables, count = random_tables(3, Size(counties=4, years=3, goods=3, teams=2, projects=2)), shift
    changed: dict[str, tuple[Row, ...]] = {}
    for name in tables:
        rows = []
        for row in tables[name]:
            values: dict[str, Any] = dict(row.values)
            columns = [column.name for column in row.table.columns if column.name in TEXTS]
            for column in columns:
                values[column] = HOSTILE[count % len(HOSTILE)]
                count += 1
            if name == "plan" and values["key"] == "title":
                values["value"] = HOSTILE[shift % len(HOSTILE)]
            rows.append(replace(row, values=values))
        changed[name] = tuple(rows)
    return Tables(changed, "hostile")


@pytest.mark.parametrize("shift", [0, 4, 6, 11, 12])
def test_hostile_names_come_out_as_text(shift: int, tmp_path: Path) -> None:
    result = sealed(hostile_tables(shift))

    def in_control_characters(document):
        document["scenario"] = [CONTROLS]
        document["model_content"]["title"] = document["made_with"]["fault"] = CONTROLS

    result = resealed(result, in_control_characters)
    write_brief(result, tmp_path / "brief.docx", language="zh")
    shown = run_together(document_text(tmp_path / "brief.docx"))
    assert run_together(printable(HOSTILE[shift]))[:100] in shown  # the title, as it stands
    for county in result.tables()["counties"]:
        assert run_together(printable(county["name"]))[:40] in shown, county["name"]
    assert shown.count(run_together(printable(CONTROLS))) == 3
    assert not set(map(chr, [*range(9), 11, 12, *range(14, 32), 0x202E, 0xFFFE])) & set(shown)
    Document(str(tmp_path / "brief.docx"))


@pytest.mark.parametrize(("shift", "language"), [(0, "zh"), (11, "zh"), (12, "en")])
def test_libreoffice_opens_it_and_it_stays_short(shift: int, language: str, tmp_path: Path) -> None:
    write_brief(sealed(hostile_tables(shift)), tmp_path / "brief.pdf", language=language)
    assert 2 <= pages(tmp_path / "brief.pdf") <= 4
    if shift == 0:
        assert "{{7*7}}" in run_together(words(tmp_path / "brief.pdf"))


def test_printable_keeps_words_and_drops_what_xml_cannot_carry() -> None:
    assert printable(" a\n\tb\x00\x1fc ") == "a bc"
    assert printable("朔州\ud800市") == "朔州市"
    assert printable("{{ <&> }}") == "{{ <&> }}"
