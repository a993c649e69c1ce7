"""The documents build into a site in which every link leads somewhere, every page is in the menu and every table is listed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from optplan.tables.declarations import PLAN_KEYS, TABLES

ROOT = Path(__file__).resolve().parents[2]


def build(documents, site):
    """Build the site as `make docs` does."""
    command = ["-m", "sphinx", "--builder", "html", "--fail-on-warning", "--nitpicky", "--quiet", "--doctree-dir", f"{site}-read"]
    return subprocess.run(
        [sys.executable, *command, str(documents), str(site)], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    built = build(ROOT / "docs", folder)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_of_every_table_is_explained(site, language):
    page = (site / language / "tables.html").read_text(encoding="utf-8")
    for table in TABLES.values():
        section = page[page.index(f'id="{language}-{table.name.replace("_", "-")}"') :].split("</table>")[0]
        names = PLAN_KEYS if table.name == "plan" else [column.name for column in table.columns]
        rows = {
            re.findall(r"<span class=\"pre\">(\w+)</span>", row)[0]: [
                re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
            ]
            for row in section.split("<tr")[2:]
        }
        assert set(names) <= set(rows), table.name
        for name in names:
            label, meaning, _unit, takes, blank = rows[name]
            assert label.removeprefix(name)
            assert meaning
            assert meaning != label.removeprefix(name), (table.name, name, "a meaning that only repeats the name")
            assert takes
            assert blank


def test_nothing_is_fetched_from_elsewhere(site):
    for page in site.glob("**/*.html"):
        text = page.read_text(encoding="utf-8")
        assert (
            re.findall(
                r'<(?:script|img|iframe)[^>]*\bsrc="(?:https?:)?//[^"]*"|<link[^>]*rel="(?:stylesheet|preconnect)"[^>]*href="(?:https?:)?//[^"]*"',
                text,
            )
            == []
        ), page.name


@pytest.mark.parametrize("link", ["[no page](nowhere.md)", "[no heading](index.md#nowhere)"])
def test_a_dead_link_stops_the_build(tmp_path, link):
    documents = tmp_path / "docs"
    documents.mkdir()
    (documents / "conf.py").write_text('extensions = ["myst_parser"]\nmyst_heading_anchors = 3\n', encoding="utf-8")
    (documents / "index.md").write_text(f"# Title\n\n{link}\n", encoding="utf-8")
    assert build(documents, tmp_path / "site").returncode != 0
