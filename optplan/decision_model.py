"""A decision model: which criteria count, in which order, and how exactly each must be proven (model.md §4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from optplan.files import UnreadableFile, read_bounded
from optplan.tables.findings import Finding, InputError, Place, error
from optplan.toml_text import DEEPEST, TomlError, parse_toml

CriterionName = Literal[
    "target_shortfall",
    "readiness_gap",
    "worst_county",
    "request",
    "cost",
    "team_gap",
    "project_delay",
    "change",
    "unevenness",
    "surplus",
    "payer_order",
]
# improved last, inside what the levels leave open, without a claim of proof
PolishName = Literal["surplus", "unevenness", "payer_order", "change"]
CRITERIA: tuple[str, ...] = CriterionName.__args__  # type: ignore[attr-defined]
WITH_A_PLAN = frozenset({"optimal", "feasible"})  # the statuses of an answer (model.md §5) that has a schedule
SETTLED = frozenset({"optimal", "infeasible"})  # those after which nothing is left to search
# Every criterion is minimised. Its unit: a share of one whole, money in the currency unit, or a sum of shares, of any size.
SHARE_CRITERIA = frozenset({"readiness_gap", "worst_county", "team_gap", "project_delay"})
MONEY_CRITERIA = frozenset({"request", "cost"})
ARITHMETIC = Fraction(1, 10**7)  # relative: "proven to the solver's arithmetic"
WHOLE_YUAN = Fraction(1, 1000)  # what asking in whole yuan may add to a request, in the currency unit
MODELS = Path(__file__).resolve().parent.parent / "models"  # of the source tree, from which optplan runs
LARGEST_FILE = 100_000  # bytes; the files that ship are under 3 000


class Criterion(BaseModel):
    """One level: minimise ``name`` with the levels before it held at their value plus their ``slack``.

    It is proven when value − bound ≤ max(``tolerance``, ``relative_tolerance`` × value), and good enough for a what-if when
    value − bound ≤ max(``good``, ``relative_good`` × value); what is proven is good enough in any case.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: CriterionName
    slack: Decimal = Field(default=Decimal(0), ge=0)
    tolerance: Decimal = Field(default=Decimal(0), ge=0)
    relative_tolerance: Decimal = Field(default=Decimal(0), ge=0, lt=1)
    good: Decimal = Field(default=Decimal(0), ge=0)
    relative_good: Decimal = Field(default=Decimal(0), ge=0, lt=1)

    def widened(self) -> Criterion:
        """The same, to be proven no closer than is good enough."""
        return self.model_copy(
            update={
                "tolerance": max(self.tolerance, self.good),
                "relative_tolerance": max(self.relative_tolerance, self.relative_good),
            }
        )


@dataclass(frozen=True)
class Level:
    """A criterion as the search left it: the exact ``value`` reached at its level, the proven ``bound``, the time taken."""

    name: str
    value: Fraction
    bound: float
    seconds: float


def is_proven(criterion: Criterion, level: Level) -> bool:
    """Whether value − bound ≤ the criterion's tolerance, to the solver's arithmetic."""
    allowed = max(Fraction(criterion.tolerance), Fraction(criterion.relative_tolerance) * level.value)
    return level.value - Fraction(level.bound) <= allowed + noise(level.name, level.value)


def noise(name: str, value: Fraction) -> Fraction:
    """What arithmetic may leave between the exact value of a criterion and what a solver or a file says of it."""
    return ARITHMETIC * max(Fraction(1), abs(value)) + (WHOLE_YUAN if name == "request" else 0)


def is_good(criterion: Criterion, level: Level) -> bool:
    """Whether a level is good enough for a what-if; what is proven is."""
    return is_proven(criterion.widened(), level)


class DecisionModel(BaseModel):
    """An ordered list of criteria, and whether money beyond the funds may be requested."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    title_en: str = ""
    account: str = ""
    account_en: str = ""
    requests: bool = False
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    polish: tuple[PolishName, ...] = ()

    @field_validator("criteria")
    @classmethod
    def _once(cls, criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        names = [criterion.name for criterion in criteria]
        if len(set(names)) < len(names):
            raise PydanticCustomError("criterion-twice", "a criterion stands twice")
        return criteria

    def quick(self) -> DecisionModel:
        """The same levels, each to be proven no closer than is good enough."""
        return self.model_copy(update={"criteria": tuple(criterion.widened() for criterion in self.criteria)})

    def unpolished(self) -> DecisionModel:
        """The same levels, and nothing sought among what is equally good."""
        return self.model_copy(update={"polish": ()})

    @property
    def needs_reference(self) -> bool:
        """Whether a reference schedule must be given (the criterion ``change``)."""
        return any(criterion.name == "change" for criterion in self.criteria)


def shipped_models() -> list[str]:
    """The names of the decision models that ship, in alphabetical order."""
    return sorted(path.stem for path in MODELS.glob("*.toml"))


def read_model(name: str | Path) -> DecisionModel:
    """The decision model called ``name`` under ``models/``, or the one in the file ``name`` if that ends in ``.toml``.

    Raises :class:`InputError` with findings that name the file and the key.
    """
    path = Path(name)
    if path.suffix != ".toml":
        path = MODELS / f"{name}.toml"
        if "/" in str(name) or not path.is_file():
            known = ", ".join(shipped_models())
            raise InputError([error("model-unknown", Place(str(name)), name=name, known=known)])
    try:
        content = parse_toml(read_bounded(path, LARGEST_FILE).decode("utf-8-sig"))
    except UnreadableFile as problem:
        raise InputError([error(problem.code, Place(str(path)), **problem.values)]) from problem
    except UnicodeDecodeError as problem:
        raise InputError([error("model-not-toml", Place(str(path)), reason=problem)]) from problem
    except TomlError as problem:
        code, values = ("toml-too-deep", {"most": DEEPEST}) if problem.deep else ("model-not-toml", {"reason": problem})
        raise InputError([error(code, Place(str(path)), **values)]) from problem
    try:
        return DecisionModel.model_validate({"name": path.stem, "title": path.stem, **content})
    except ValidationError as problem:
        raise InputError(_faults(path, problem)) from problem


def _faults(path: Path, problem: ValidationError) -> list[Finding]:
    """What is wrong with a model file, key by key."""
    faults = {".".join(map(str, fault["loc"])): fault for fault in problem.errors()}
    # a list that lacks its faulty entries is said to be too short, which is not what is wrong
    first = [key for key in faults if not any(other.startswith(f"{key}.") for other in faults)]
    found = []
    for key in first:
        fault = faults[key]
        form = Criterion if key.startswith("criteria.") else DecisionModel
        values = {"key": key, "criteria": ", ".join(CRITERIA), "keys": ", ".join(form.model_fields), **fault.get("ctx", {})}
        code = _CODES.get(fault["type"], "model-invalid")
        found.append(error(code, Place(str(path), column=key), **{**values, "reason": fault["msg"]}))
    return found


_CODES = {
    "missing": "model-key-missing",
    "extra_forbidden": "model-key-unknown",
    "literal_error": "model-criterion-unknown",
    "criterion-twice": "model-criterion-twice",
    "too_short": "model-no-criteria",
    "greater_than_equal": "model-number-too-small",
    "less_than": "model-number-too-large",
    "decimal_type": "model-no-number",
    "decimal_parsing": "model-no-number",
    "finite_number": "model-no-number",
    "string_type": "model-no-text",
    "bool_type": "model-no-truth-value",
    "bool_parsing": "model-no-truth-value",
}
