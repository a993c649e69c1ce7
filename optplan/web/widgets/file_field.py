"""A field for a file, in the visitor's language: the field's own words are English and cannot be set otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from optplan.web.uploads import offer
from optplan.web.words import Markdown, words_of

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.runtime.uploaded_file_manager import UploadedFile

say = words_of("web_inputs")
LOOK = """<style>
.st-key-{key}-field [data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
.st-key-{key}-field [data-testid="stFileUploaderDropzone"] > span button > *,
.st-key-{key}-field [data-testid="stFileUploaderDropzone"] > button > * {{ display: none; }}
.st-key-{key}-field [data-testid="stFileUploaderDropzone"] > span button::after,
.st-key-{key}-field [data-testid="stFileUploaderDropzone"] > button::after {{ content: "{words}"; }}
</style>"""


def file_field(label: Markdown, types: Sequence[str], megabytes: int, key: str, *, disabled: bool = False) -> UploadedFile | None:
    """The file that was chosen, of one of ``types`` and of at most ``megabytes``; the label should say both."""
    if not disabled:
        offer(megabytes)
    with _field(key):
        return st.file_uploader(label, type=list(types), max_upload_size=megabytes, key=key, disabled=disabled)


def files_field(label: Markdown, types: Sequence[str], megabytes: int, key: str) -> list[UploadedFile]:
    """As :func:`file_field`, for any number of files."""
    offer(megabytes)
    with _field(key):
        return st.file_uploader(label, type=list(types), max_upload_size=megabytes, key=key, accept_multiple_files=True)


def _field(key: str) -> DeltaGenerator:
    name = key.replace(".", "-")
    container = st.container(key=f"{name}-field")
    container.html(LOOK.format(key=name, words=say("choose-file")))
    return container
