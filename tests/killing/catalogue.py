"""Whoever imports this reads every message of the product, so that no fork of theirs has to."""

from __future__ import annotations

from importlib.resources import files

from optplan.language.catalogue import LANGUAGES, find

for language in LANGUAGES:
    for file in files("optplan").joinpath("locale", language).iterdir():
        find(file.name.removesuffix(".ftl"), "any", language)
