"""Chinese text that a program read in another encoding than it was written in, or kept as codes: 涓滃尯, ä¸œåŒº, &#19996;区.

Whoever sees it cannot read it, and the file itself is sound; so it is named, with what it probably was.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import unquote

_LETTERS = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\x20-\x7e]*"
_CHINESE = re.compile(rf"{_LETTERS}[\u4e00-\u9fff]{_LETTERS}")
SHORTEST = 4  # bytes of two Chinese characters
_CODES = re.compile(r"\\u[0-9a-fA-F]{4}|&#[0-9]{4,6};|&#[xX][0-9a-fA-F]{4,5};|(%[89a-fA-F][0-9a-fA-F]){3,}")  # none of ASCII


def misread(text: str) -> str | None:
    """The Chinese text that ``text`` probably was before a program read it wrongly; ``None`` if it looks right."""
    for read_again in _WAYS:
        try:
            meant = read_again(text)
        except ValueError:
            continue
        if meant != text and _CHINESE.fullmatch(meant) and _is_common(meant):
            return meant
    return None


def _is_common(text: str) -> bool:
    return all(letter.isascii() or letter.encode("gb2312", "ignore") for letter in text)


def _of_gb18030(text: str) -> str:
    """UTF-8 read two bytes a character; the last byte of an odd number shows as a question mark, and its character is lost."""
    if text.isascii():
        return text
    whole = text.rstrip("?")
    return whole.encode("gb18030").decode("utf-8", "strict" if whole == text else "ignore")


def _of_western(text: str) -> str:
    """UTF-8 read as Windows reads Western languages, which has no letters for five bytes."""
    if text.isascii():
        return text
    return b"".join(letter.encode("latin-1" if letter < "\u0100" else "cp1252") for letter in text).decode("utf-8")


def _of_gb18030_as_western(text: str) -> str:
    """GB18030 read letter by letter. Words of Western languages have letters of ASCII among the others."""
    whole = len(text) >= SHORTEST and not any(letter.isascii() and letter.isalpha() for letter in text)
    return text.encode("latin-1").decode("gb18030") if whole else text


def _of_seven_bits(text: str) -> str:
    """UTF-7 and HZ, which mail programs once wrote."""
    if "~{" in text:
        return text.encode("ascii").decode("hz")
    return text.encode("ascii").decode("utf-7") if "+" in text else text


def _of_codes(text: str) -> str:
    return _CODES.sub(_letters, text)


def _letters(found: re.Match[str]) -> str:
    code = found[0]
    if code.startswith("\\"):
        return chr(int(code[2:], 16))
    return unquote(code, errors="strict") if code.startswith("%") else html.unescape(code)


_WAYS: tuple[Callable[[str], str], ...] = (_of_gb18030, _of_western, _of_gb18030_as_western, _of_seven_bits, _of_codes)
