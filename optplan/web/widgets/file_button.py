"""A button that makes a file when it is pressed, in the visitor's language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from optplan.language import current_language, speaking
from optplan.web.words import Markdown

MEDIA_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".toml": "application/toml",
    ".csv": "text/csv",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def file_button(label: Markdown, name: str, make: Callable[[], bytes], key: str, *, disabled: bool = False) -> None:
    """Draw it. ``make`` gives the content of the file ``name``; it is called outside of the page, in the language of now."""
    language = current_language()

    def made() -> bytes:
        with speaking(language):
            return make()

    st.download_button(
        label, made, file_name=name, mime=MEDIA_TYPES[Path(name).suffix], key=key, disabled=disabled, on_click="ignore",
        icon=":material/download:",
    )  # fmt: skip
