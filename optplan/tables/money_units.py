"""Units of money as people write them (万元, 元, ¥, thousand USD): which one a text says, and whether two are the same."""

from __future__ import annotations

import re
from math import prod

LOCAL = "¤"  # the currency of whatever country the reader's programs are set to
_SCALES = {
    "十": 10, "百": 100, "千": 1_000, "万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8,
    "ten": 10, "hundred": 100, "thousand": 1_000, "wan": 10_000, "million": 10**6, "billion": 10**9,
    "k": 1_000, "m": 10**6, "mn": 10**6, "mio": 10**6, "bn": 10**9,
}  # fmt: skip
_BASES = {
    "yuan": ("人民币元", "人民币", "元", "圆", "yuan", "rmb", "cny", "¥"),
    "dollar": ("美元", "us$", "usd", "dollars", "dollar", "$"),
    "euro": ("欧元", "euros", "euro", "eur", "€"),
    "pound": ("英镑", "pounds", "pound", "gbp", "£"),
    "hong kong dollar": ("港元", "港币", "hkd", "hk$"),
    "yen": ("日元", "円", "yen", "jpy"),
}
_BY_WORD = {word: base for base, words in _BASES.items() for word in words}
_WORD = "|".join(re.escape(word) for word in sorted(_BY_WORD, key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_NUMBER = r"[0-9][0-9,]*"
_SCALED = re.compile(rf"\s*({_SCALE}|{_NUMBER})\s*")
_SAID = re.compile(
    rf"(?<![a-z0-9单])(?:(?:人民币|rmb)\s*)?((?:(?:{_NUMBER}|{_SCALE})\s*)*(?:[澳加韩台新]+元|{_WORD}|{LOCAL})(?:\s*(?:{_SCALE})(?![a-z]))?)(?![a-z素件])"
)


def money_said(text: str) -> str:
    """The unit of money that stands somewhere in ``text``; nothing if there is none."""
    found = _SAID.search(_plainly(text))
    return found[1].strip() if found else ""


def same_money(one: str, other: str) -> bool:
    """Whether two units of money are the same, however they are written."""
    (scale, base), (other_scale, other_base) = _parts(one), _parts(other)
    if LOCAL in {base, other_base}:
        return scale == other_scale
    signs = {"¥": {"yuan", "yen"}, "$": {"dollar", "hong kong dollar"}}
    alike = base == other_base or other_base in signs.get(_sign(one), ()) or base in signs.get(_sign(other), ())
    return scale == other_scale and alike


def _plainly(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold().replace("￥", "¥").replace("＄", "$")).strip()


def _sign(text: str) -> str:
    return _plainly(text)[-1:]


def _parts(unit: str) -> tuple[int, str]:
    """How many of what a unit of money is. A currency that is not known is itself."""
    rest, scales = _plainly(unit), [1]
    if rest in _BY_WORD:
        return 1, _BY_WORD[rest]
    for prefix in ("人民币", "rmb"):
        rest = rest.removeprefix(prefix).lstrip() or rest
    while (found := _SCALED.match(rest)) and found.end() < len(rest):
        scales.append(_SCALES.get(found[1]) or int(found[1].replace(",", "")) or 1)
        rest = rest[found.end() :]
    for word, base in _BY_WORD.items():  # $k, 元千
        after = rest.removeprefix(word).strip()
        if after != rest and after in _SCALES:
            return prod(scales) * _SCALES[after], base
    return prod(scales), _BY_WORD.get(rest, rest)
