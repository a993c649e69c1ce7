"""The standing as one JSON document: every figure exact, with the rows, records and seals that it comes from."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from fractions import Fraction
from typing import Any

from optplan.following.deadlines import Deadline
from optplan.following.follow import Following
from optplan.following.forecast import Forecast
from optplan.following.lines import CountyLine, Line, MoneyLine
from optplan.language.numbers import decimal_of
from optplan.records.ledger_file import ledger_bytes

FORMAT = 1
DECIMALS = Decimal(1).scaleb(-10)


def number(value: Fraction | Decimal | None) -> str | None:
    """An exact number as text where it ends within ten decimals; else as a fraction."""
    if value is None:
        return None
    exact = Fraction(value)
    rounded = decimal_of(exact).quantize(DECIMALS)
    return format(rounded.normalize(), "f") if Fraction(rounded) == exact else f"{exact.numerator}/{exact.denominator}"


def as_dict(found: Following) -> dict[str, Any]:
    """The document that ``optplan follow --json`` prints."""
    replan = found.replan
    return {
        "format": FORMAT,
        "plan": {"title": found.standing.plan.title, "sha256": found.standing.plan.sha256},
        "year": found.year,
        "records": {"entries": len(found.records), "sha256": hashlib.sha256(ledger_bytes(found.records)).hexdigest()},
        "rest": {"sha256": found.rest.sha256, "open_years": list(found.rest.open_years)},
        "replan": None
        if replan is None
        else {
            "status": replan.status,
            "model": replan.document["model"],
            "seal": _seal(found),
            "criteria": replan.document["criteria"],
        },
        "lights": found.rules.model_dump(mode="json"),
        "targets": [_line(line) for line in found.targets],
        "standards": [_line(line) for line in found.standards],
        "indicators": [_line(line) for line in found.indicators],
        "programmes": [_line(line) for line in found.standing.programmes],
        "counties": [_county(line) for line in found.standing.counties],
        "money": {"all": _money(found.standing.purse.all), "funds": [_money(line) for line in found.standing.purse.funds]},
        "deadlines": [_deadline(each) for each in found.deadlines],
    }


def _seal(found: Following) -> str | None:
    seal = found.replan.document.get("seal") if found.replan else None
    return seal["sha256"] if seal else None


def _line(line: Line) -> dict[str, Any]:
    return {
        line.kind: line.key,
        "name": line.name,
        "unit": line.unit,
        "done": number(line.done),
        "total": number(line.total),
        "planned": number(line.planned),
        "by_year": {str(year): number(value) for year, value in line.by_year.items()},
        "due": line.due,
        "light": line.light,
        "forecast": _forecast(line.forecast),
        "spent": number(line.spent),
        "from": list(line.origins),
    }


def _forecast(forecast: Forecast | None) -> dict[str, Any] | None:
    if forecast is None:
        return None
    seal = forecast.result.document["seal"]["sha256"] if forecast.result is not None else None
    return {
        "status": forecast.status,
        "together": number(forecast.together),
        "best": number(forecast.best),
        "most": number(forecast.most),
        "seal": seal,
    }


def _county(line: CountyLine) -> dict[str, Any]:
    return {
        "county": line.county,
        "name": line.name,
        "progress": number(line.progress),
        "parts": {target: {"done": number(done), "planned": number(planned)} for target, (done, planned) in line.parts.items()},
        "milestones": {"met": line.milestones[0], "due": line.milestones[1]},
        "spent": number(line.spent),
        "money": _money(line.money),
        "light": line.light,
    }


def _money(line: MoneyLine) -> dict[str, Any]:
    return {
        "key": line.key,
        "name": line.name,
        "budgeted": number(line.budgeted),
        "spent": number(line.spent),
        "worked_out": number(line.worked_out),
        "known": line.known,
        "rate": number(line.rate),
        "by_year": {
            str(year): {"budgeted": number(given), "spent": number(paid)} for year, (given, paid) in line.by_year.items()
        },
        "light": line.light,
        "from": list(line.origins),
    }


def _deadline(each: Deadline) -> dict[str, Any]:
    return {
        "target": each.target,
        "what": each.what,
        "subject": each.subject,
        "year": each.year,
        "quarter": each.quarter,
        "first_delivery": each.first_delivery,
        "least": number(each.least),
        "capacity": number(each.capacity),
        "proof": each.proof,
        "late": each.late,
    }
