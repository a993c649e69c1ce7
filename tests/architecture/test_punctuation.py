"""No sentence is put together with one language's punctuation: lists and brackets come from ``language/lists.py``."""

import ast
import re
from pathlib import Path

from optplan.language.lists import clauses, in_brackets, listed

PRODUCT = Path(__file__).resolve().parents[2] / "optplan"
CHINESE = re.compile("[、，。；：？！（）《》【】]")


def put_together(tree):
    """The texts of the code that go into other texts: parts of f-strings, what joins, what is added. Patterns are not among them."""
    patterns = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")
        for part in ast.walk(node)
    }  # fmt: skip
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=parts):
                found = parts
            case ast.Call(func=ast.Attribute(attr="join" | "format", value=glue)):
                found = [glue]
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                found = [left, right]
            case _:
                continue
        yield from (
            (part.lineno, part.value)
            for part in found
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in patterns
        )


def test_the_code_puts_no_chinese_punctuation_into_a_sentence():
    said = (
        (path, *found) for path in sorted(PRODUCT.rglob("*.py")) for found in put_together(ast.parse(path.read_text("utf-8")))
    )
    assert [f"{path}:{line}: {text}" for path, line, text in said if CHINESE.search(text)] == []


def test_english_sentences_have_english_punctuation():
    for path in (PRODUCT / "locale" / "en").glob("*.ftl"):
        lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
        assert [f"{path.name}:{number}: {line}" for number, line in lines if CHINESE.search(line)] == []


def test_each_language_writes_lists_and_brackets_its_own_way():
    assert [listed(["a", "b"], language) for language in ("zh", "en")] == ["a、b", "a, b"]
    assert [clauses(["a", "b"], language) for language in ("zh", "en")] == ["a；b", "a; b"]
    assert [in_brackets("a", "b", language) for language in ("zh", "en")] == ["a（b）", "a (b)"]
    assert in_brackets("a", "") == "a"
