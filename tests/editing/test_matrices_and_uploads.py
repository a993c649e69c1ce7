"""Matrices lay a table out and take it in again; what a browser sends is read, or refused in words, and leaves nothing behind."""

import io
import random
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans.random_plans import Size, random_tables

import optplan
from optplan.editing import Draft, edited, levers, pulled, records_of
from optplan.editing.draft import applied
from optplan.editing.levers import factor_of
from optplan.editing.matrices import MATRICES, budget_matrices, standard_matrices
from optplan.editing.thousands import thousands_apart
from optplan.editing.uploads import LARGEST_CONTENT, LARGEST_MEGABYTES, uploaded_plan, uploaded_scenario
from optplan.language import speaking
from optplan.scenarios import Scale
from optplan.tables.schema import Kind
from optplan.workbook import write_inputs

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "inputs" / "shuozhou"
SHUOZHOU = optplan.read_plan(FOLDER)
BASE = SHUOZHOU.tables
BASES = [random_tables(seed, Size(counties=3, years=3, goods=3, teams=2, projects=2)) for seed in range(4)]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9))
def test_a_matrix_that_was_typed_into_reads_back_as_typed(seed):
    rng = random.Random(seed)
    base = rng.choice(BASES)
    table = rng.choice(sorted(MATRICES))
    matrix = rng.choice(list(MATRICES[table](base).values()))
    records = records_of(base, Draft(), table)
    grid = matrix.grid(records)
    for row in grid:
        for at in range(len(row)):
            if rng.random() < 0.4:
                row[at] = rng.choice(["", "", "5", "12.5", "0"])
    draft = edited(base, Draft(), table, matrix.filled(records, grid))
    assert draft.unread == ()
    assert matrix.grid(records_of(base, draft, table)) == grid
    others = [record for record in records if matrix.place(record) is None]
    kept = {record.key: record for record in records_of(base, draft, table)}
    assert all(kept[record.key] == record for record in others)


def test_every_figure_of_the_three_tables_stands_in_exactly_one_matrix():
    for base in (BASE, *BASES):
        for table, matrices in MATRICES.items():
            shown = [
                matrix.place(record) is not None
                for record in records_of(base, Draft(), table)
                for matrix in matrices(base).values()
            ]
            assert sum(shown) == len(base[table])


def test_sums_are_those_of_the_figures():
    matrix = budget_matrices(BASE)["own_capital"]
    grid = matrix.grid(records_of(BASE, Draft(), "budgets"))
    across, down = matrix.sums(grid)
    assert sum(across) == sum(down) == sum(row["amount"] for row in BASE["budgets"] if row["fund"] == "own_capital")
    grid[0][0] = "不是数"
    assert sum(matrix.sums(grid)[1]) == sum(down) - Decimal(903)


def test_a_new_cell_of_a_standard_takes_its_group_and_weight():
    matrix = standard_matrices(BASE)["station_engines"]
    records = records_of(BASE, Draft(), "standards")
    grid = matrix.grid(records)
    grid[0][1] = "29"
    draft = edited(BASE, Draft(), "standards", matrix.filled(records, grid))
    patch, findings = applied(BASE, draft.changes)
    row = next(drafted.row for drafted in patch["standards"] if drafted.row.key == ("station_engines", "shuocheng", 2022))
    assert findings == []
    assert (row["group"], row["required"], row["weight"]) == ("station_engines", 29, 2)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 200))
def test_a_lever_multiplies_what_it_says_and_at_a_hundred_percent_is_gone(seed, percent):
    base = random.Random(seed).choice([BASE, *BASES])
    factor = Decimal(percent) / 100
    for lever in levers(base, base, county=base["counties"][0]["county"], year=base.setting("first_year")):
        changes = pulled((), lever, factor)
        assert factor_of(changes, lever) == factor
        assert changes == () if percent == 100 else all(isinstance(change, Scale) for change in changes)
        patch, findings = applied(base, changes)
        assert findings == []
        for scale in lever.scales:
            for before, after in zip(base[scale.table], patch[scale.table], strict=True):
                was, now = before.values.get(scale.column), after.row.values.get(scale.column)
                picked = all(before[name] in set(values) for name, values in scale.where.items())
                if picked and was is not None:
                    assert abs(now - was * factor) <= (Decimal("0.5") if scale.table == "limits" else Decimal("0.00005"))
                else:
                    assert now == was
        assert pulled(changes, lever, Decimal(1)) == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_workbook_that_was_downloaded_can_be_uploaded_again(tmp_path, language):
    write_inputs(BASE, tmp_path / "plan.xlsx", language)
    plan = uploaded_plan("我的规划.xlsx", (tmp_path / "plan.xlsx").read_bytes())
    assert plan.sha256 == SHUOZHOU.sha256
    assert plan.tables.origin == "我的规划.xlsx"
    assert {row.file for name in plan.tables for row in plan.tables[name]} == {"我的规划.xlsx"}


def archive(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return content.getvalue()


def csv_files(folder="", **changed):
    return {f"{folder}{path.name}": changed.get(path.stem, path.read_bytes()) for path in sorted(FOLDER.glob("*.csv"))}


@pytest.mark.parametrize("folder", ["", "朔州/inputs/"])
def test_an_archive_of_csv_files_is_a_plan(folder):
    files = csv_files(folder) | {f"{folder}README.md": "x", "__MACOSX/._plan.csv": "x"}
    plan = uploaded_plan("plan.zip", archive(files))
    assert plan.sha256 == SHUOZHOU.sha256


HUGE = b"0" * (LARGEST_CONTENT + 1)
BROKEN = {
    "text.xlsx": (b"no workbook", "workbook-not-xlsx"),
    "empty.xlsx": (b"", "file-empty"),
    "old.xlsx": (b"\xd0\xcf\x11\xe0" + bytes(600), "workbook-old-or-locked"),
    "cut.xlsx": (b"PK\x03\x04 and nothing after", "workbook-damaged"),
    "text.zip": (b"no archive", "upload-zip-damaged"),
    "nothing.zip": (archive({"README.md": "x"}), "upload-zip-empty"),
    "bomb.zip": (archive({"plan.csv": HUGE}), "upload-zip-bomb"),
    "many.zip": (archive({f"{number}.csv": "x" for number in range(300)}), "upload-zip-bomb"),
    "twice.zip": (archive({"a/plan.csv": "x", "b/plan.csv": "x"}), "table-twice"),
    "strange.zip": (archive({"secrets.csv": "a,b\n"}), "table-unknown"),
    "climbing.zip": (archive({"../../../../tmp/climbed.csv": "x"}), "table-unknown"),
    "plan.exe": (b"MZ", "upload-kind"),
    "large.xlsx": (bytes(LARGEST_MEGABYTES * 2**20 + 1), "upload-too-large"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_upload_is_refused_in_words_and_leaves_nothing(name):
    content, code = BROKEN[name]
    before = set(Path(tempfile.gettempdir()).glob("optplan-upload-*"))
    with pytest.raises(optplan.InputError) as caught:
        uploaded_plan(name, content)
    assert code in {finding.code for finding in caught.value.findings}
    for finding in caught.value.findings:
        for language in ("zh", "en"):
            assert finding.message(language) != finding.code
        assert str(finding.place).startswith(name)
        assert tempfile.gettempdir() not in finding.line("zh")
    assert set(Path(tempfile.gettempdir()).glob("optplan-upload-*")) <= before
    assert not Path("/tmp/climbed.csv").exists()


def test_a_plan_with_a_fault_is_refused_at_its_cell():
    budgets = (FOLDER / "budgets.csv").read_text(encoding="utf-8").replace(",903,", ",九百,", 1)
    with pytest.raises(optplan.InputError) as caught:
        uploaded_plan("plan.zip", archive(csv_files(budgets=budgets)))
    (finding,) = caught.value.findings
    assert str(finding.place) == "plan.zip/budgets.csv:2:amount"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.toml", b"[[changes", "scenario-not-toml"),
        ("x.toml", "标题".encode("gb18030"), "scenario-not-utf8"),
        ("x.exe", b"", "upload-not-toml"),
        ("x.toml", b"#" * (2**20 + 1), "upload-too-large"),
        ("x.toml", b'parent = "../../secret.toml"\n[[changes]]\ntable="plan"\naction="remove"\n', "upload-parent"),
    ],
)
def test_a_broken_scenario_is_refused_in_words(name, content, code):
    with pytest.raises(optplan.InputError) as caught, speaking("zh"):
        uploaded_scenario(name, content)
    assert [finding.code for finding in caught.value.findings] == [code]
    assert caught.value.findings[0].message("zh") != code


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("1116", Kind.QUANTITY, "1,116"),
        ("40792.5", Kind.MONEY, "40,792.5"),
        ("1,161", Kind.MONEY, "1,161"),
        ("", Kind.MONEY, ""),
        ("约一千", Kind.MONEY, "约一千"),
        ("2025", Kind.YEAR, "2025"),
        ("39.324525", Kind.DEGREES, "39.324525"),
    ],
)
def test_amounts_are_shown_with_thousands_apart_and_nothing_else_is_touched(text, kind, shown):
    assert thousands_apart(text, kind) == shown
    assert thousands_apart(shown, kind) == shown
