"""How Sphinx makes the documents into a site (`make docs`), which can be read from a folder, without a server or the net."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from sphinx.search import SearchLanguage, languages

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import generated_pages  # noqa: E402 — it stands beside this file

project = "optplan"
language = "zh_CN"  # of the site's own words; the pages are in the language of their folder
extensions = ["myst_parser"]
nitpicky = True

myst_heading_anchors = 3
myst_enable_extensions = ["attrs_block"]

html_theme = "furo"
html_title = "optplan"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_static_path = ["site.css"]
html_css_files = ["site.css"]


class EveryCharacter(SearchLanguage):
    """Search in Chinese and English: every Chinese character is a word of its own, so that no dictionary is needed."""

    lang = "every-character"
    language_name = "Chinese and English"
    js_splitter_code = "function splitQuery(query) { return query.match(/[\\u4e00-\\u9fff]|[a-z0-9_]+/gi) || []; }"

    def split(self, input: str) -> list[str]:  # noqa: A002 — the name that Sphinx gives it
        """The words of a text."""
        return re.findall(r"[\u4e00-\u9fff]|[a-z0-9_]+", input, re.I)


languages[EveryCharacter.lang] = EveryCharacter
html_search_language = EveryCharacter.lang

# What the blocks of a worked example are called; csv, toml … are called by their title.
CAPTIONS = {"answer": "answer", "check": "check: what follows", "but": "but: what is refused, and for which rule"}
WITHOUT_COLOURS = {"csv", "lp", *CAPTIONS}


def _captions(app: Any, name: str, source: list[str]) -> None:
    """Blocks with a title show it."""

    def directive(block: re.Match[str]) -> str:
        kind, title = block[1], block[2] or CAPTIONS.get(block[1])
        lexer = "text" if kind in WITHOUT_COLOURS else kind
        return f"```{{code-block}} {lexer}\n:caption: {title}\n\n" if title else block[0]

    source[0] = re.sub(r'^```(\w+)(?: title="([^"]*)")?\n', directive, source[0], flags=re.M)


def setup(app: Any) -> None:
    """Make the pages that are made before the sources are looked for."""
    app.connect("builder-inited", lambda app: generated_pages.write(HERE))
    app.connect("source-read", _captions)
