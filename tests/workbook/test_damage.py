"""An input workbook that went through many hands is still the same plan; a file that is none is refused with advice."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from plans.random_plans import Size, random_tables
from slow_set import mostly_slow

from optplan.plan import read_plan
from optplan.result import read_result
from optplan.tables import read_tables
from optplan.tables.content import Tables
from optplan.tables.findings import InputError, PlanError
from optplan.workbook import export_schedule, write_inputs

from .damages import DAMAGES

SHUOZHOU = Path(__file__).resolve().parents[2] / "inputs" / "shuozhou"
SIZES = {
    1: Size(counties=3, years=3, goods=3, teams=2, projects=2),
    2: Size(counties=1, years=1, goods=1, teams=1, projects=0),
    3: Size(counties=7, years=5, goods=8, teams=6, projects=5, closed=2),
    4: Size(counties=12, years=10, goods=5, teams=3, projects=4),
}
SEEDS = range(12)
HIDDEN = {"column-hidden", "rows-hidden", "sheet-hidden"}


def plan_named(name: str) -> Tables:
    return read_tables(SHUOZHOU)[0] if name == "shuozhou" else random_tables(int(name), SIZES[int(name)])


PLANS = ["shuozhou", *map(str, SIZES)]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Path]]:
    """Each plan's hash and its workbook."""
    folder = tmp_path_factory.mktemp("written")
    found = {}
    for name in PLANS:
        tables = plan_named(name)
        write_inputs(tables, folder / f"{name}.xlsx", "en" if name == "1" else "zh")
        found[name] = tables.sha256, folder / f"{name}.xlsx"
    return found


def complaints(path: Path, sha256: str) -> list[str]:
    """What is wrong with a workbook that should read as the plan with this hash; that some of it is hidden may be said."""
    tables, findings = read_tables(path)
    return [finding.line("en") for finding in findings if finding.code not in HIDDEN] or (
        [] if tables.sha256 == sha256 else ["another plan"]
    )


def damaged(source: Path, target: Path, names: list[str], seed: int) -> Path:
    book, rng = openpyxl.load_workbook(source), random.Random(seed)
    for name in names:
        DAMAGES[name](book, rng)
    book.save(target)
    return target


@pytest.mark.parametrize("name", PLANS)
def test_a_written_plan_reads_the_same(written: dict[str, tuple[str, Path]], name: str) -> None:
    sha256, path = written[name]
    assert complaints(path, sha256) == []


@pytest.mark.slow
def test_the_command_converts_there_and_back(tmp_path: Path) -> None:
    for source, target in ((SHUOZHOU, "plan.xlsx"), (tmp_path / "plan.xlsx", "folder"), (tmp_path / "folder", "again.xlsx")):
        subprocess.run(
            [sys.executable, "-m", "optplan.cli", "convert", source, tmp_path / target],
            check=True,
            capture_output=True,
            timeout=60,
        )
    for target in ("plan.xlsx", "folder", "again.xlsx"):
        assert complaints(tmp_path / target, plan_named("shuozhou").sha256) == []


@pytest.mark.slow
def test_plans_read_the_same_after_libreoffice_saved_them(
    written: dict[str, tuple[str, Path]], office: Callable[..., Path]
) -> None:
    folder = office(*(path for _, path in written.values())).parent
    assert [line for sha256, path in written.values() for line in complaints(folder / path.name, sha256)] == []


@pytest.mark.parametrize("name", mostly_slow(PLANS, 1))
@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_alone_changes_nothing(written: dict[str, tuple[str, Path]], tmp_path: Path, name: str, damage: str) -> None:
    sha256, path = written[name]
    assert complaints(damaged(path, tmp_path / "plan.xlsx", [damage], 1), sha256) == []


@pytest.mark.parametrize("seed", mostly_slow(SEEDS, 6))
def test_damages_together_change_nothing(written: dict[str, tuple[str, Path]], tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    names = rng.sample(list(DAMAGES), rng.randint(2, len(DAMAGES)))
    sha256, path = written[PLANS[seed % len(PLANS)]]
    assert complaints(damaged(path, tmp_path / "plan.xlsx", names, seed), sha256) == [], names


@pytest.mark.slow
def test_damages_and_libreoffice_together_change_nothing(
    written: dict[str, tuple[str, Path]], tmp_path: Path, office: Callable[..., Path]
) -> None:
    rng = random.Random(1)
    for name, (_, path) in written.items():
        damaged(path, tmp_path / f"{name}.xlsx", rng.sample(list(DAMAGES), len(DAMAGES)), 1)
    folder = office(*(tmp_path / f"{name}.xlsx" for name in PLANS)).parent
    assert [line for name in PLANS for line in complaints(folder / f"{name}.xlsx", written[name][0])] == []


def refusals(path: Path) -> list[str]:
    """The codes of the findings about a file; each says in both languages what to do: save, open or take it again."""
    _, findings = read_tables(path)
    for finding in findings:
        assert finding.severity == "error"
        assert str(finding.place) == str(path)
        assert "save" in finding.message("en")
        assert "存" in finding.message("zh")
    return [finding.code for finding in findings]


def test_an_old_workbook_under_a_new_name_is_refused(
    written: dict[str, tuple[str, Path]], tmp_path: Path, office: Callable[..., Path]
) -> None:
    old = office(written["2"][1], kind="xls")
    assert refusals(old) == ["plan-neither"]
    assert refusals(old.rename(tmp_path / "plan.xlsx")) == ["workbook-old-or-locked"]


@pytest.mark.slow
def test_another_kind_of_workbook_is_refused(
    written: dict[str, tuple[str, Path]], tmp_path: Path, office: Callable[..., Path]
) -> None:
    other = office(written["2"][1], kind="ods")
    assert refusals(other) == ["plan-neither"]
    assert refusals(other.rename(tmp_path / "plan.xlsx")) == ["workbook-not-xlsx"]


# The first sectors of what Excel writes behind a password: a compound file whose directory names the encrypted workbook.
LOCKED = bytes.fromhex("d0cf11e0a1b11ae1").ljust(1024, b"\0") + "EncryptedPackage".encode("utf-16-le").ljust(4096, b"\0")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (LOCKED, "workbook-old-or-locked"),
        ((SHUOZHOU / "budgets.csv").read_bytes(), "workbook-not-xlsx"),
        ((SHUOZHOU / "budgets.csv").read_text(encoding="utf-8").encode("gb18030"), "workbook-not-xlsx"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "workbook-not-xlsx"),
        (b"", "file-empty"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "plan.xlsx").write_bytes(content)
    assert refusals(tmp_path / "plan.xlsx") == [code]


def test_a_workbook_cut_off_in_transit_is_refused(written: dict[str, tuple[str, Path]], tmp_path: Path) -> None:
    whole = written["2"][1].read_bytes()
    (tmp_path / "plan.xlsx").write_bytes(whole[: len(whole) // 2])
    assert refusals(tmp_path / "plan.xlsx") == ["workbook-damaged"]


def test_a_schedule_taken_for_a_plan_is_refused_in_one_sentence(tmp_path: Path) -> None:
    export_schedule(read_result(SHUOZHOU.parents[1] / "reports" / "sample" / "shuozhou-attain.json"), tmp_path / "a.xlsx", "zh")
    assert [finding.code for finding in read_tables(tmp_path / "a.xlsx")[1]] == ["workbook-without-tables"]


def test_a_workbook_taken_for_a_result_is_refused_in_words(written: dict[str, tuple[str, Path]]) -> None:
    with pytest.raises(InputError) as caught:
        read_result(written["2"][1])
    assert [finding.code for finding in caught.value.findings] == ["result-not-text"]


def test_findings_speak_as_the_sheets_do(tmp_path: Path) -> None:
    """Tables, columns and choices by the labels that stand in the workbook; a name in place of an id gets the id."""
    path = tmp_path / "plan.xlsx"
    write_inputs(read_tables(SHUOZHOU)[0], path, "zh")
    book = openpyxl.load_workbook(path)
    book["预算"]["B6"] = "朔城区"
    book["预算"]["A7"] = "own_captial"
    book["预算"]["A8"] = "qqq"
    book["目标"]["F6"] = None
    book["限额"]["G7"] = "能力上线"
    book.save(path)
    with pytest.raises(PlanError) as caught:
        read_plan(path)
    said = {f"{finding.place.sheet}!{finding.place.cell}": finding.message("zh") for finding in caught.value.findings}
    assert said["预算!B6"] == "“朔城区”在表 县市区 中不存在：那是名称，此处请填代码“shuocheng”。"
    assert said["预算!A7"] == "“own_captial”在表 资金 中不存在；最接近的是“own_capital”。"
    assert "登记" in said["预算!A8"]
    assert said["目标!F6"] == "“总量”不能为空，请填写。"
    assert said["限额!G7"].endswith("可填：能力、总量上限、指定。")
