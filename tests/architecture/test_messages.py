"""Every message that the code names is in both catalogues, and every message of the catalogues has some code that may name it."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk

from optplan.language import find

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "optplan" / "locale"
READERS = {"sentences_of", "words_of"}  # they give a function that reads one catalogue


@cache
def sources():
    return {
        path: path.read_text("utf-8")
        for folder in ("optplan", "docs", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


def constant(node, known):
    return node.value if isinstance(node, ast.Constant) else known.get(ast.unparse(node))


def calls(tree):
    """Every look into a catalogue of a file: its area, the expression of the message's name, constants of the file, line."""
    assigned = [node for node in ast.walk(tree) if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)]
    known = {node.targets[0].id: node.value.value for node in assigned if isinstance(node.value, ast.Constant)}
    areas = {
        node.targets[0].id: constant(node.value.args[0], known)
        for node in assigned
        if isinstance(node.value, ast.Call) and ast.unparse(node.value.func) in READERS
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in {"text", "find", "sentence"} and len(node.args) > 1:
            yield constant(node.args[0], known), node.args[1], known, node.lineno
        elif node.func.id in areas and node.args:
            yield areas[node.func.id], node.args[0], known, node.lineno


def named(tree):
    """The messages that a file names outright: catalogue, name, line."""
    for area, expression, known, line in calls(tree):
        name = constant(expression, known)
        if isinstance(area, str) and isinstance(name, str):
            yield area, name, line


def without_words(tree):
    """Areas whose messages are named by values alone, such as ``f"{table}-{column}"``: any of them may be."""
    for area, expression, _, _ in calls(tree):
        if isinstance(expression, ast.JoinedStr):
            written = "".join(part.value for part in expression.values if isinstance(part, ast.Constant))
            if not re.search("[a-z]", written):
                yield area


def test_every_message_that_is_named_is_in_both_catalogues():
    missing = [
        f"{path}:{line}: {area} {name} ({language})"
        for path, source in sources().items()
        for area, name, line in named(ast.parse(source))
        for language in ("zh", "en")
        if find(area, name, language) is None
    ]
    assert not missing, "\n".join(missing)


def texts(tree):
    """Every text of a file that may be a message's name: whole, or its parts around what is put in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            if re.search("[a-z]", "".join(part or "" for part in parts)):
                yield "".join(".+" if part is None else re.escape(part) for part in parts)


def test_every_message_may_be_named_by_some_code():
    may_be = {text for source in sources().values() for text in texts(ast.parse(source)) if re.search("[a-z]", text)}
    whole = {text.replace("\\", "") for text in may_be if ".+" not in text}
    pattern = re.compile("|".join(text for text in may_be if ".+" in text))
    catalogues = {path: path.read_text("utf-8") for path in sorted((LOCALE / "zh").glob("*.ftl"))}
    for area in {area for source in sources().values() for area in without_words(ast.parse(source))}:
        catalogues.pop(LOCALE / "zh" / f"{area}.ftl", None)
    unused = [
        f"{path.name}: {name}"
        for path, written in catalogues.items()
        for name in re.findall(r"^([a-z][\w-]*) =", written, re.MULTILINE)
        if name not in whole and not pattern.fullmatch(name) and f"{{ {name} }}" not in written
    ]
    assert not unused, "\n".join(unused)


def test_every_catalogue_is_read_whole():
    """What Fluent cannot parse it leaves out without a word, and the reader sees the message's name."""
    parsed = [(path, FluentParser().parse(path.read_text("utf-8"))) for path in sorted(LOCALE.glob("*/*.ftl"))]
    lost = [
        f"{path.parent.name}/{path.name}: {entry.content[:60]}"
        for path, read in parsed
        for entry in read.body
        if isinstance(entry, Junk)
    ]
    assert lost == []


def test_no_message_is_written_twice():
    twice = []
    for path in sorted(LOCALE.glob("*/*.ftl")):
        names = re.findall(r"^([a-z][\w-]*) =", path.read_text("utf-8"), re.MULTILINE)
        twice += [f"{path.parent.name}/{path.name}: {name}" for name, number in Counter(names).items() if number > 1]
    assert twice == []


def test_a_stretch_of_one_year_is_that_year():
    """“2021–2021” tells nobody more than “2021”."""
    assert find("brief", "years-together", "en", first="FY26", last="FY26") == "FY26"
    assert find("brief", "years-together", "zh", first=2021, last=2025) == "2021—2025"
    spelled_out = [
        f"{path.parent.name}/{path.name}: {line}"
        for path in sorted(LOCALE.glob("*/*.ftl"))
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"\{ \$first \} ?[–—] ?\{ \$last \}", line)
    ]
    assert spelled_out == []
