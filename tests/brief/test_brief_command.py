"""``optplan brief``: what it writes, and how it refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from brief.conftest import ROOT, SAMPLE
from brief.paper import sealed
from plans.random_plans import Size, random_tables

from optplan.brief import write_brief
from optplan.decision_model import read_model
from optplan.result import empty_result
from optplan.tables.findings import InputError


def run(*arguments: object, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **({"PATH": path} if path is not None else {})}
    done = subprocess.run(
        [sys.executable, "-m", "optplan.cli", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=120, check=False, env=environment,
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "result.json"
    sealed(random_tables(3, Size(counties=2, years=2, goods=2, teams=1, projects=1))).to_json(path)
    return path


def test_it_writes_word_and_pdf(small: Path, tmp_path: Path) -> None:
    for name, start in (("brief.docx", b"PK"), ("brief.pdf", b"%PDF")):
        done = run("brief", small, tmp_path / name, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        assert json.loads(done.stdout) == {"written": str(tmp_path / name)}
        assert (tmp_path / name).read_bytes().startswith(start)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief.docx", "brief.pdf"]


@pytest.mark.slow
def test_it_takes_a_template(small: Path, tmp_path: Path) -> None:
    own = ROOT / "reports" / "templates" / "brief.docx"
    assert run("brief", small, tmp_path / "brief.docx", "--template", own).returncode == 0
    done = run("brief", small, tmp_path / "other.docx", "--template", small, "--lang", "en")
    assert done.returncode == 2
    assert "not a Word document" in done.stdout


def test_what_was_changed_after_sealing_gets_no_brief(tmp_path: Path) -> None:
    document = json.loads(SAMPLE.read_text(encoding="utf-8"))
    document["payments"][0]["amount"] = "1.0000"
    (tmp_path / "tampered.json").write_text(json.dumps(document), encoding="utf-8")
    assert run("brief", tmp_path / "tampered.json", tmp_path / "brief.docx").returncode == 5
    assert not (tmp_path / "brief.docx").exists()


def test_the_name_must_say_word_or_pdf(small: Path, tmp_path: Path) -> None:
    done = run("brief", small, tmp_path / "brief.odt", "--lang", "en")
    assert done.returncode == 2
    assert ".docx / .pdf" in done.stdout


def test_without_libreoffice_it_says_what_to_install_and_word_still_works(small: Path, tmp_path: Path) -> None:
    for language in ("zh", "en"):
        done = run("brief", small, tmp_path / "brief.pdf", "--lang", language, path="/nowhere")
        assert done.returncode == 2
        assert "apt-get install libreoffice-writer" in done.stdout
    assert run("brief", small, tmp_path / "brief.docx", path="/nowhere").returncode == 0
    assert not (tmp_path / "brief.pdf").exists()


@pytest.mark.slow
def test_a_libreoffice_that_fails_leaves_the_old_file(small: Path, tmp_path: Path) -> None:
    (tmp_path / "soffice").write_text("#!/bin/sh\necho no export filter >&2\nexit 1\n", encoding="utf-8")
    (tmp_path / "soffice").chmod(0o755)
    (tmp_path / "brief.pdf").write_bytes(b"old")
    done = run("brief", small, tmp_path / "brief.pdf", "--lang", "en", path=f"{tmp_path}:/bin:/usr/bin")
    assert done.returncode == 2
    assert "no export filter" in done.stdout
    assert (tmp_path / "brief.pdf").read_bytes() == b"old"


def test_a_result_without_a_schedule_gets_no_brief(tmp_path: Path) -> None:
    tables = random_tables(3, Size(counties=2, years=2, goods=2, teams=1, projects=1))
    result = empty_result(tables, read_model("attain"), status="unknown", made_with={})
    with pytest.raises(InputError) as caught:
        write_brief(result, tmp_path / "brief.docx")
    assert [finding.code for finding in caught.value.findings] == ["export-unsealed"]
    result.to_json(tmp_path / "none.json")
    assert run("brief", tmp_path / "none.json", tmp_path / "brief.docx").returncode == 2
    assert not (tmp_path / "brief.docx").exists()
