"""The command line as scripts and people use it: exit codes, one JSON document, findings with places, progress apart."""

import json
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from holding import holding
from plans.random_plans import Size, random_tables

import optplan
from optplan.cli import main
from optplan.tables import write_folder

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, cwd=None, language=None):
    done = subprocess.run(
        [sys.executable, "-m", "optplan.cli", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", cwd=cwd or ROOT, timeout=120, check=False,
        env={**os.environ, "OPTPLAN_LANG": language} if language else None,
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("shell")
    write_folder(random_tables(2, Size(counties=3, years=3, goods=4, teams=3, projects=2, money=1.0)), where / "plan")
    return where


@pytest.fixture(scope="module")
def solved(folder):
    done = run("solve", folder / "plan", "--out", folder / "result.json", "--lang", "en")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Proven: no plan is better within the stated tolerance" in done.stdout
    assert "Readiness gap" in done.stderr  # progress is on standard error
    return folder / "result.json"


def test_a_quick_solve_ends_with_0_whatever_is_left_to_prove_and_says_when_it_is_good(folder, tmp_path):
    model = tmp_path / "coarse.toml"
    model.write_text('title = "t"\n[[criteria]]\nname = "cost"\n[[criteria]]\nname = "readiness_gap"\ngood = 0.999\n', "utf-8")
    done = run("solve", folder / "plan", "--model", model, "--quick", "--json", "--lang", "en")
    document = json.loads(done.stdout)
    assert (done.returncode, document["status"]) == (0, "feasible")
    assert "Good enough in every criterion" in done.stderr
    said = run("solve", folder / "plan", "--model", model, "--quick", "--out", tmp_path / "r.json", "--lang", "en")
    assert "close enough to the proven limits for a what-if" in said.stdout


def test_a_result_file_is_what_the_interface_says(solved):
    document = json.loads(solved.read_text(encoding="utf-8"))
    assert document["format"] == 1
    assert document["model"] == "attain"
    assert document["status"] == "optimal"
    assert [entry["name"] for entry in document["criteria"]] == ["target_shortfall", "readiness_gap", "cost"]
    assert set(document["criteria"][0]) >= {"name", "value", "bound", "gap", "seconds"}
    for section, keys in {
        "schedule": {"item", "county", "year", "quantity"},
        "teams": {"team", "year", "hires", "staff", "meets"},
        "projects": {"project", "start", "opens"},
        "payments": {"fund", "county", "year", "class", "amount"},
        "targets": {"target", "delivered", "total", "shortfall"},
        "gaps": {"standard", "county", "year", "required", "stock", "gap"},
        "costs": {"county", "year", "capital", "recurrent"},
    }.items():
        assert all(set(entry) == keys for entry in document[section]), section
        assert document[section], section
    assert isinstance(document["payments"][0]["amount"], str)
    assert document["seal"]["sha256"]
    assert document["made_with"]["highspy"]


def test_a_rerun_gives_the_same_schedule(folder, solved):
    run("solve", folder / "plan", "--out", folder / "again.json")
    first, second = (json.loads(path.read_text(encoding="utf-8")) for path in (solved, folder / "again.json"))
    assert first["seal"]["criteria"] == second["seal"]["criteria"]
    for section in ("schedule", "teams", "projects", "payments", "requests"):
        assert first[section] == second[section]


def test_verify_accepts_it_and_refuses_an_edit(folder, solved):
    assert run("verify", folder / "plan", solved).returncode == 0
    document = json.loads(solved.read_text(encoding="utf-8"))
    document["schedule"][0]["quantity"] += 1
    edited = folder / "edited.json"
    edited.write_text(json.dumps(document), encoding="utf-8")
    done = run("verify", folder / "plan", edited, "--json")
    assert done.returncode == 5
    verdict = json.loads(done.stdout)
    assert verdict["ok"] is False
    assert {violation["rule"] for violation in verdict["violations"]} & {"not-paid", "staff-not-hires", "limit-max"}


def test_what_was_changed_after_sealing_is_neither_exported_nor_compared(folder, solved):
    document = json.loads(solved.read_text(encoding="utf-8"))
    document["payments"][0]["amount"] = "1.0000"
    tampered = folder / "tampered.json"
    tampered.write_text(json.dumps(document), encoding="utf-8")
    assert run("export", tampered, folder / "tampered.xlsx").returncode == 5
    assert not (folder / "tampered.xlsx").exists()
    assert run("compare", solved, tampered).returncode == 5


def test_a_figure_that_does_not_follow_is_refused(folder, solved):
    document = json.loads(solved.read_text(encoding="utf-8"))
    document["targets"][0]["shortfall"] = 7
    edited = folder / "figure.json"
    edited.write_text(json.dumps(document), encoding="utf-8")
    done = run("verify", folder / "plan", edited, "--lang", "en")
    assert done.returncode == 5
    assert "does not follow" in done.stdout


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b"\x00\x01", b'{"format": 1', b'{"format": NaN}', b"[" * 10_000])
def test_a_file_that_is_no_result_is_invalid(folder, capsys, damage):
    (folder / "damaged.json").write_bytes(damage)
    with pytest.raises(SystemExit) as ended:
        main(["verify", str(folder / "plan"), str(folder / "damaged.json"), "--json"])
    assert ended.value.code == 2
    assert json.loads(capsys.readouterr().out)["findings"]


def test_json_prints_one_document_and_nothing_else(folder):
    done = run("solve", folder / "plan", "--model", "thrift", "--json")
    assert json.loads(done.stdout)["status"] == "optimal"
    checked = run("check", folder / "plan", "--json")
    assert json.loads(checked.stdout) == {"findings": []}


def test_an_invalid_plan_is_exit_code_2_with_places(folder, tmp_path):
    write_folder(random_tables(2, Size(counties=2, years=2, goods=1, teams=1, projects=0)), tmp_path / "bad")
    budgets = tmp_path / "bad" / "budgets.csv"
    budgets.write_text(budgets.read_text(encoding="utf-8").replace("own_capital,c000", "own_capital,c009", 1), encoding="utf-8")
    done = run("check", tmp_path / "bad", "--lang", "en")
    assert done.returncode == 2
    assert f"{budgets}:2:county: error: “c009” does not exist" in done.stdout
    finding = json.loads(run("solve", tmp_path / "bad", "--json").stdout)["findings"][0]
    assert set(finding) == {"severity", "code", "file", "table", "row", "column", "cell", "message"}
    assert finding["row"] == 2


def test_no_plan_is_exit_code_3(tmp_path):
    tables = random_tables(3, Size(counties=2, years=3, goods=2, teams=1, projects=2, money=0.5))
    write_folder(tables, tmp_path / "plan")
    projects = tmp_path / "plan" / "projects.csv"
    head, *rows = projects.read_text(encoding="utf-8").splitlines()
    projects.write_text("\n".join([head + ",mandatory", *(row + ",1" for row in rows)]) + "\n", encoding="utf-8")
    budgets = tmp_path / "plan" / "budgets.csv"
    budgets.write_text(budgets.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    done = run("solve", tmp_path / "plan", "--out", tmp_path / "none.json", "--lang", "en")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "No plan exists" in done.stdout
    assert not (tmp_path / "none.json").exists()


def processor_time():
    """Seconds that all commands so far have used, which other work on the machine does not change."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_a_limit_keeps_the_best_plan_and_says_so(tmp_path):
    write_folder(random_tables(1, Size(money=0.8)), tmp_path / "plan")
    began = processor_time()
    done = run("solve", tmp_path / "plan", "--time-limit", "6", "--out", tmp_path / "best.json")
    assert done.returncode == 4, done.stdout + done.stderr
    assert processor_time() - began < 20
    result = optplan.read_result(tmp_path / "best.json")
    assert result.status == "feasible"
    assert (result.criteria["gap"] > 0).any()
    assert optplan.verify(optplan.read_plan(tmp_path / "plan"), result).ok


def test_unknown_models_and_missing_references_are_invalid_input(folder):
    assert run("solve", folder / "plan", "--model", "nonsense").returncode == 2
    assert run("solve", folder / "plan", "--model", "replan").returncode == 2


def test_replanning_around_its_own_result_changes_nothing(folder, solved):
    done = run("solve", folder / "plan", "--model", "replan", "--reference", solved, "--out", folder / "replan.json")
    assert done.returncode == 0
    document = json.loads((folder / "replan.json").read_text(encoding="utf-8"))
    assert {entry["name"]: entry["value"] for entry in document["criteria"]}["change"] == 0


def test_help_speaks_both_languages():
    assert "实施计划" in run("--help", "--lang", "zh").stdout
    assert "county-by-county" in run("--help", "--lang", "en").stdout
    for command in ("check", "solve", "verify", "export", "compare", "template", "convert", "app"):
        assert run(command, "--help", "--lang", "en").returncode == 0


def test_convert_goes_to_a_workbook_and_back(folder, tmp_path):
    assert run("convert", folder / "plan", tmp_path / "plan.xlsx").returncode == 0
    assert run("convert", tmp_path / "plan.xlsx", tmp_path / "back").returncode == 0
    assert optplan.read_plan(folder / "plan").sha256 == optplan.read_plan(tmp_path / "back").sha256
    assert run("convert", folder / "plan", tmp_path / "back").returncode == 2  # never overwrites a folder


def test_template_and_export_write_workbooks(solved, tmp_path):
    assert run("template", tmp_path / "empty.xlsx").returncode == 0
    assert run("export", solved, tmp_path / "schedule.xlsx").returncode == 0
    assert run("export", solved, tmp_path / "schedule.doc").returncode == 2
    assert (tmp_path / "schedule.xlsx").stat().st_size > 10_000


def test_compare_names_what_differs(folder, solved):
    run("solve", folder / "plan", "--model", "thrift", "--out", folder / "thrift.json")
    done = run("compare", solved, folder / "thrift.json", "--json")
    assert done.returncode == 0
    json.loads(done.stdout)


def test_a_search_that_is_killed_keeps_its_best_plan(monkeypatch):
    import threading

    size = Size(money=0.8)
    for name, setting in holding(size.counties).items():
        monkeypatch.setenv(name, setting)
    tables = random_tables(1, size)
    seen = threading.Event()

    def kill(_):
        if not seen.is_set():
            seen.set()
            subprocess.run(["pkill", "-9", "-P", str(os.getpid()), "-f", "optplan.search.worker"], check=True)

    from optplan.plan import Plan

    result = optplan.solve(Plan(tables), model="attain", plan_found=kill, time_limit=60)
    assert result.status == "feasible"
    assert result.has_schedule


def test_a_stop_keeps_the_best_plan(monkeypatch):
    import threading

    from optplan.plan import Plan

    size = Size(money=0.8)
    for name, setting in holding(size.counties).items():
        monkeypatch.setenv(name, setting)
    cancel = threading.Event()
    result = optplan.solve(Plan(random_tables(1, size)), model="attain", plan_found=lambda _: cancel.set(), cancel=cancel)
    assert result.status == "feasible"
    assert len(result.criteria) == 3


@pytest.mark.slow
def test_an_edited_workbook_is_verified_and_repaired(folder, solved):
    import openpyxl

    assert run("export", solved, folder / "schedule.xlsx").returncode == 0
    untouched = run("verify", folder / "plan", folder / "schedule.xlsx", "--lang", "en")
    assert untouched.returncode == 0, untouched.stdout
    book = openpyxl.load_workbook(folder / "schedule.xlsx")
    sheet = next(sheet for sheet in book.worksheets if sheet.cell(1, 1).value == "county")
    row = next(cells[0].row for cells in sheet.iter_rows(max_col=2) if (cells[0].value, cells[1].value) == ("item", "g1"))
    sheet.cell(row, 8).value = 5000
    book.save(folder / "edited.xlsx")
    verified = run("verify", folder / "plan", folder / "edited.xlsx", "--lang", "en")
    assert verified.returncode == 5
    assert f"edited.xlsx!{sheet.title}!" in verified.stdout
    document = json.loads(run("verify", folder / "plan", folder / "edited.xlsx", "--json").stdout)
    assert all(entry["cell"].count("!") == 1 for entry in document["violations"])
    assert {standing["name"] for standing in document["standings"]} == {"target_shortfall", "readiness_gap", "cost"}
    repaired = run("repair", folder / "plan", folder / "edited.xlsx", "--out", folder / "repaired.xlsx", "--json")
    assert repaired.returncode == 0, repaired.stderr
    assert json.loads(repaired.stdout)["changes"]
    assert run("verify", folder / "plan", folder / "repaired.xlsx", "--reference", folder / "edited.xlsx").returncode == 0
    assert run("verify", folder / "plan", folder / "repaired.json", "--reference", folder / "edited.xlsx").returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize(("language", "guide", "cover"), [("zh", "填写说明", "封面"), ("en", "Guide", "Cover")])
def test_files_are_written_in_the_language_asked_for(folder, solved, tmp_path, language, guide, cover):
    import openpyxl

    other = {"zh": "en", "en": "zh"}[language]
    for first, *arguments in (
        (guide, "template"), (guide, "convert", folder / "plan"), (cover, "export", solved),
    ):  # fmt: skip
        out = tmp_path / f"{arguments[0]}.xlsx"
        assert run(*arguments, out, "--lang", language, language=other).returncode == 0
        assert openpyxl.load_workbook(out, read_only=True).sheetnames[0] == first
    assert run("--lang", language, "brief", solved, tmp_path / "brief.docx", language=other).returncode == 0
    with zipfile.ZipFile(tmp_path / "brief.docx") as brief:
        assert ("要点" in brief.read("word/document.xml").decode()) == (language == "zh")
