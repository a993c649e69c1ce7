"""A sweep file that is wrong is refused with its file, line and key; those that ship and those of the documentation are right."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import optplan
from optplan.language import LANGUAGES, find
from optplan.scenarios import apply_scenarios
from optplan.sweeps.points import points_of

from .conftest import SWEEP

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "inputs" / "sweeps" / "shuozhou").glob("*.toml"))
DOCUMENTATION = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", DOCUMENTATION, re.DOTALL)


def refused(tmp_path: Path, words: str) -> list[optplan.Finding]:
    (tmp_path / "s.toml").write_text(words, encoding="utf-8")
    with pytest.raises(optplan.InputError) as problem:
        optplan.read_sweep(tmp_path / "s.toml")
    for finding in problem.value.findings:
        assert finding.place.file == str(tmp_path / "s.toml")
        for language in LANGUAGES:
            assert finding.message(language) != finding.code
    return problem.value.findings


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('title = "资金池与物价"', "title = ", "sweep-not-toml", None),
        ('name = "pool"', 'nome = "pool"', "key-missing", 8),
        ('name = "pool"', 'name = "pool"\nvolues = [1]', "key-unknown", 8),
        ('name = "pool"', 'name = "the pool"', "axis-name", 8),
        ('name = "pool"', 'name = "cost"', "axis-name-taken", 8),
        ('name = "pool"', 'name = "price"', "axis-twice", None),
        ('["0%", "150%"]', '["100%", 1]', "axis-value-twice", 8),
        ('["0%", "150%"]', "[]", "key-empty", 8),
        ('["0%", "150%"]', "[true]", "axis-value", 8),
        ('["0%", "150%"]', "[[1]]", "change-cell", 8),
        ('["0%", "150%"]', '["0%", "lots"]', "at-value", 14),
        ('["0%", "150%"]', '["0%", -1]', "at-value", 14),
        ('column = "unit_cost"', 'column = "unit_price"', "column-unknown", 27),
        ('factor = "$value"\n\n', 'factor = "2"\n\n', "axis-value-unused", 8),
        ('action = "scale"\nwhere = { group', 'action = "scalp"\nwhere = { group', "action-unknown", 27),
        ('model = "thrift"', 'model = "thrift"\n[[point]]', "axis-and-point", None),
        ("[0.9, 1.1]", str(list(range(1, 1001))), None, None),
        ("[0.9, 1.1]", str(list(range(1, 1002))), "key-too-long", 21),
    ],
)
def test_faults_name_the_line(tmp_path: Path, old: str, new: str, code: str | None, line: int | None) -> None:
    assert old in SWEEP
    words = SWEEP.replace(old, new, 1)
    if code is None:
        (tmp_path / "s.toml").write_text(words, encoding="utf-8")
        assert optplan.read_sweep(tmp_path / "s.toml").size == 2000
        return
    finding = refused(tmp_path, words)[0]
    assert (finding.code, finding.place.row) == (code, line)


def test_other_files_that_are_wrong(tmp_path: Path) -> None:
    assert refused(tmp_path, 'title = "leer"')[0].code == "sweep-empty"
    assert refused(tmp_path, '[[point]]\n[[point]]\nscenarios = ["gone.toml"]')[0].place.row == 2
    assert refused(tmp_path, '[[point]]\nscenarios = ["/etc/passwd"]')[0].code == "point-not-relative"
    (tmp_path / "s.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(optplan.InputError, match="UTF-8"):
        optplan.read_sweep(tmp_path / "s.toml")
    with pytest.raises(optplan.InputError):
        optplan.read_sweep(tmp_path / "gone.toml")
    many = SWEEP.replace("[0.9, 1.1]", str(list(range(1, 1001)))).replace('["0%", "150%"]', str(list(range(1, 12))))
    assert refused(tmp_path, many)[0].code == "points-too-many"


def test_a_point_that_breaks_the_plan_is_refused_before_anything_is_solved(folder: Path, tmp_path: Path) -> None:
    words = SWEEP.replace('fund = "pool"', 'fund = "pond"')
    (tmp_path / "s.toml").write_text(words, encoding="utf-8")
    with pytest.raises(optplan.InputError) as problem:
        optplan.sweep(optplan.read_plan(folder), tmp_path / "s.toml")
    (finding,) = problem.value.findings
    assert finding.line("en").startswith(f"{tmp_path / 's.toml'}:14:fund: error: point 1 (Pool 0%, Price 0.9): change 1:")
    assert "（资金池 0%、单价 0.9）" in finding.message("zh")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(SWEEP)), length=st.integers(0, 12), junk=st.text(max_size=6))
def test_no_damage_to_a_file_gives_a_traceback(tmp_path: Path, at: int, length: int, junk: str) -> None:
    damaged = (SWEEP[:at] + junk + SWEEP[at + length :]).encode("utf-8", "surrogatepass")
    (tmp_path / "s.toml").write_bytes(damaged)
    with contextlib.suppress(optplan.InputError):
        points_of(optplan.read_sweep(tmp_path / "s.toml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_what_ships_fits_shuozhou_and_is_documented(file: Path) -> None:
    assert f"`{file.name}`" in DOCUMENTATION
    plan, design = optplan.read_plan(ROOT / "inputs" / "shuozhou"), optplan.read_sweep(file)
    points = points_of(design)
    hashes = {apply_scenarios(plan, point.scenarios).sha256 for point in points}
    assert len(hashes) == len(points) == design.size
    assert plan.sha256 in hashes, "the plan as it is, is one of the points"


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_examples_of_the_documentation_fit_shuozhou(tmp_path: Path, example: str) -> None:
    scenarios = ROOT / "inputs" / "scenarios" / "shuozhou"
    for file in scenarios.glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "example.toml").write_text(example, encoding="utf-8")
    plan = optplan.read_plan(ROOT / "inputs" / "shuozhou")
    for point in points_of(optplan.read_sweep(tmp_path / "example.toml")):
        apply_scenarios(plan, point.scenarios)


def test_both_languages_say_everything() -> None:
    named = [re.findall(r"^([a-z_-]+) =", _catalogue(language), re.MULTILINE) for language in LANGUAGES]
    assert named[0] == named[1]
    assert find("sweep", "done", "zh")


def _catalogue(language: str) -> str:
    return (ROOT / "optplan" / "locale" / language / "sweep.ftl").read_text(encoding="utf-8")
