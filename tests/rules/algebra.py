"""Linear expressions and rows over the symbols of model.md, read from text: ``0.6*x[a,c,2021] - 2 h[k,2021] <= 3``."""

from __future__ import annotations

import ast
import re
from collections import Counter
from fractions import Fraction

SYMBOL = re.compile(r"[^\W\d]\w*(?:\[[^\]]*\])?")


class Linear:
    """Σ coefficient·symbol + constant, exactly."""

    def __init__(self, terms=None, constant=0):
        self.terms = {symbol: Fraction(value) for symbol, value in (terms or {}).items() if value}
        self.constant = Fraction(constant)

    def plus(self, other, times=1):
        terms = Counter(self.terms)
        for symbol, value in other.terms.items():
            terms[symbol] += value * times
        return Linear(terms, self.constant + other.constant * times)

    def scaled(self, factor):
        return Linear({symbol: value * factor for symbol, value in self.terms.items()}, self.constant * factor)


def linear(text):
    """The expression that is written in ``text``."""
    return _evaluated(*_parsed(text))


def number(text):
    """The number that is worked out in ``text``, e.g. ``(10 + 2.5)/4``."""
    value = linear(text)
    assert not value.terms, text
    return value.constant


def rows(text):
    """Every row of a text, one a line, with how often it stands there. ``#`` begins a remark."""
    found = Counter()
    for line in text.splitlines():
        written = line.split("#")[0].strip()
        if written:
            found.update(_rows_of(written))
    return found


def row(body, sense):
    """``body`` ≥ 0 or = 0 in one form, whatever side things stood on and by what they were multiplied.

    Coefficients are rounded to nine digits, because the program has them as floating-point numbers.
    """
    first = body.terms[min(body.terms)] if body.terms else Fraction(1)
    body = body.scaled(1 / (first if sense == "=" else abs(first)))
    return (tuple(sorted((symbol, _rounded(value)) for symbol, value in body.terms.items())), sense, _rounded(body.constant))


def whole(body):
    """That ``body`` is a whole number."""
    return (tuple(sorted((symbol, _rounded(value)) for symbol, value in body.terms.items())), "whole", _rounded(body.constant))


def _rounded(value):
    return f"{float(value):.9g}"


def _rows_of(line):
    written, is_whole = re.subn(r"\s+whole$", "", line)
    node, symbols = _parsed(re.sub(r"(?<![<>=])=(?!=)", "==", written))
    if not isinstance(node, ast.Compare):
        assert is_whole, f"not a row: {line}"
        return [whole(_evaluated(node, symbols))]
    sides = [_evaluated(side, symbols) for side in (node.left, *node.comparators)]
    found = []
    for left, relation, right in zip(sides, node.ops, sides[1:], strict=False):
        difference = right.plus(left, -1)
        found.append(
            row(difference, "=")
            if isinstance(relation, ast.Eq)
            else row(difference if isinstance(relation, ast.LtE) else difference.scaled(-1), ">=")
        )
    return found + [whole(next(side for side in sides if side.terms))] * is_whole


def _parsed(text):
    """The expression as Python would read it, and the symbols by the names they have in it."""
    symbols = {}

    def named(match):
        name = f"_{len(symbols)}"
        symbols[name] = re.sub(r"\s", "", match[0])
        return name

    written = SYMBOL.sub(named, text.replace("^", "**"))
    written = re.sub(r"([\d.)])\s*([_(])", r"\1*\2", written)  # 10 x[a] is 10*x[a]
    return ast.parse(written.strip(), mode="eval").body, symbols


def _evaluated(node, symbols):
    if isinstance(node, ast.Constant):
        return Linear({}, Fraction(str(node.value)))
    if isinstance(node, ast.Name):
        return Linear({symbols[node.id]: 1})
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return _evaluated(node.operand, symbols).scaled(-1)
    assert isinstance(node, ast.BinOp), ast.dump(node)
    left, right = _evaluated(node.left, symbols), _evaluated(node.right, symbols)
    match node.op:
        case ast.Add():
            return left.plus(right)
        case ast.Sub():
            return left.plus(right, -1)
        case ast.Mult():
            return right.scaled(left.constant) if not left.terms else left.scaled(right.constant)
        case ast.Div():
            return left.scaled(1 / right.constant)
        case ast.Pow():
            return Linear({}, left.constant ** int(right.constant))
    raise AssertionError(ast.dump(node))
