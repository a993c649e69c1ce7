"""The catalogue speaks as an office does: no words of our own, one word for one thing, no English in Chinese nor the reverse."""

import re
from pathlib import Path

import pytest

LOCALE = Path(__file__).resolve().parents[2] / "optplan" / "locale"
OURS = ("封印", "达标差距", "目标缺口", "折现", "散列", "单纯形", "分支定界", "松弛", "目标函数", "决策变量")
# 方案 is what was solved, 情景 are changes of a 规划: the two are not mixed up.
MIXED_UP = ("修改方案", "方案文件", "方案名称", "情景方案", "方案情景", "规划方案")
# Names, formats and what is typed as it stands.
AS_IT_STANDS = {
    "Excel", "Word", "PDF", "PNG", "SVG", "JSON", "CSV", "TOML", "MB", "LibreOffice", "OPTPLAN", "toml", "xlsx", "json", "csv", "docx",
    "material", "green", "orange", "red", "gray", "A", "B", "Ctrl", "Z", "Y", "F5", "Enter", "Tab", "Esc", "C", "V", "Shift", "Delete", "zip", "WPS", "county",
    "team", "project", "target", "standard",  # how a wish is typed
}  # fmt: skip


def messages(language: str, area: str = "*") -> dict[str, str]:
    """What people read, by catalogue and line, without what is filled in and without comments."""
    found = {}
    for path in sorted((LOCALE / language).glob(f"{area}.ftl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if line.strip() and not line.lstrip().startswith("#"):
                said = re.sub(r"^\s*\.?[\w-]+ =", "", line)
                found[f"{path.name}:{number}"] = re.sub(r"\{[^{}]*\}|:material/\w+:|“[^”]*”", "", said)
    return found


@pytest.mark.parametrize("words", [OURS, MIXED_UP])
def test_no_word_of_our_own_is_said(words: tuple[str, ...]) -> None:
    said = messages("zh")
    assert len(said) > 1000
    assert [(at, word) for at, text in said.items() for word in words if word in text] == []


def test_the_page_speaks_chinese_in_chinese() -> None:
    said = messages("zh", "web*")
    assert [
        (at, word) for at, text in said.items() for word in re.findall(r"[A-Za-z]\w+", text) if word not in AS_IT_STANDS
    ] == []


def test_the_page_speaks_english_in_english() -> None:
    said = messages("en", "web*")
    assert [(at, text) for at, text in said.items() if re.search(r"[\u4e00-\u9fff]", text) and "万元" not in text] == []
