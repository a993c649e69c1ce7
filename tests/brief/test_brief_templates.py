"""The template that ships, an office's own, and those that cannot be used."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from brief.paper import document_text, parts, sealed
from docx import Document
from docx.shared import Pt, RGBColor
from plans.random_plans import Size, random_tables

from optplan.brief import TEMPLATE, write_brief
from optplan.brief.compose import composed
from optplan.brief.styles import LOOKS
from optplan.brief.template import template_file
from optplan.result import Result
from optplan.tables.findings import InputError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def plain() -> Result:
    return sealed(random_tables(3, Size(counties=3, years=3, goods=3, teams=2, projects=2)))


def template_saying(path: Path, words: str) -> Path:
    document = Document()
    document.add_paragraph(words)
    document.save(str(path))
    return path


def test_the_template_that_ships_is_the_one_that_the_script_makes() -> None:
    assert parts(TEMPLATE.read_bytes()) == parts(template_file())


def test_every_look_is_a_style_and_none_is_set_by_hand() -> None:
    document = Document(str(TEMPLATE))
    tables = [cell.paragraphs for table in document.tables for row in table.rows for cell in row.cells]
    for paragraph in (*document.paragraphs, *(each for some in tables for each in some)):
        assert paragraph.style.name in LOOKS, paragraph.text
        assert all(run._r.rPr is None for run in paragraph.runs), paragraph.text
    assert all(table.style.name == "Brief Table" for table in document.tables)


def test_an_office_restyles_it_in_word(plain: Result, tmp_path: Path) -> None:
    document = Document(str(TEMPLATE))
    heading = document.styles["Heading 1"]
    heading.font.color.rgb, heading.font.size, heading.font.name = RGBColor(0xAA, 0, 0), Pt(17), "FangSong"
    document.sections[0].header.paragraphs[0].text = "朔州市消防救援支队"
    document.paragraphs[2].insert_paragraph_before("各县（市、区）：{{ title }}")
    document.save(str(tmp_path / "own.docx"))
    write_brief(plain, tmp_path / "brief.docx", template=tmp_path / "own.docx", language="zh")
    made = Document(str(tmp_path / "brief.docx"))
    assert made.styles["Heading 1"].font.color.rgb == RGBColor(0xAA, 0, 0)
    assert made.styles["Heading 1"].font.name == "FangSong"
    shown = document_text(tmp_path / "brief.docx")
    assert "朔州市消防救援支队" in shown
    assert "各县（市、区）：random" in shown


def test_a_template_may_show_only_a_little(plain: Result, tmp_path: Path) -> None:
    own = template_saying(tmp_path / "own.docx", "{{ title }}: {% for point in key_points %}{{ point }}{% endfor %}{{ map }}")
    write_brief(plain, tmp_path / "brief.docx", template=own, language="en")
    assert "random: 0 of" in document_text(tmp_path / "brief.docx")
    assert [name for name in parts((tmp_path / "brief.docx").read_bytes()) if name.endswith(".png")]


@pytest.mark.parametrize(
    "words",
    [
        "{{ nothing_of_the_kind }}",
        "{{ title",
        "{% for year in years %}",
        "{{ title.nothing }}",
        "{{ title | nothing }}",
        "{{ 1 / 0 }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% for n in range(10000000) %}{{ n }}{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{%p if title %}",
    ],
)
def test_a_template_that_asks_for_what_there_is_not_is_refused(plain: Result, tmp_path: Path, words: str) -> None:
    own = template_saying(tmp_path / "own.docx", words)
    with pytest.raises(InputError) as caught:
        write_brief(plain, tmp_path / "brief.docx", template=own)
    assert [finding.code for finding in caught.value.findings] == ["template-invalid"]
    assert not (tmp_path / "brief.docx").exists()


def a_zip_of(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "template-not-word"),
        (b"{{ title }}", "template-not-word"),
        (a_zip_of("word/document.xml", b"<w:document/>"), "template-not-word"),
        (a_zip_of("[Content_Types].xml", b"<broken"), "template-not-word"),
        ((ROOT / "reports" / "sample" / "shuozhou-attain.xlsx").read_bytes(), "template-not-word"),
        (None, "file-unreadable"),
    ],
)
def test_a_template_that_is_no_word_file_is_refused(plain: Result, tmp_path: Path, content: bytes | None, code: str) -> None:
    own = tmp_path / "own.docx"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(InputError) as caught:
        write_brief(plain, tmp_path / "brief.docx", template=own)
    assert [finding.code for finding in caught.value.findings] == [code]
    assert caught.value.findings[0].place.file == str(own)


def test_a_template_without_an_end_or_a_bomb_is_refused(plain: Result, tmp_path: Path) -> None:
    endless, bomb = tmp_path / "endless.docx", tmp_path / "bomb.docx"
    endless.symlink_to("/dev/zero")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file, file.open("word/document.xml", "w") as part:
        for _ in range(110):
            part.write(b" " * 1_000_000)
    for template, code in ((endless, "file-not-regular"), (bomb, "file-too-large")):
        with pytest.raises(InputError) as caught:
            write_brief(plain, tmp_path / "brief.docx", template=template)
        assert [finding.code for finding in caught.value.findings] == [code]


def test_the_document_lists_everything_that_a_template_may_show(plain: Result) -> None:
    listed = (ROOT / "docs" / "brief.md").read_text(encoding="utf-8")
    content = composed(plain)
    rows = {key for value in content.values() if isinstance(value, list) for row in value if isinstance(row, dict) for key in row}
    for name in (*content, *rows, "map", "chart_deliveries", "chart_money"):
        assert f"`{name}`" in listed, name
