"""Whose word a result is: keys are made, results signed, and verify says whose signature it is, or that it is unknown or false."""

from __future__ import annotations

import copy
import json
import stat
import subprocess
from pathlib import Path

import pytest
from plans.random_plans import Size, random_tables
from plans.resealing import took

import optplan
from optplan.cli import main
from optplan.document.keys import PassphraseNeeded, make_key, read_key, read_signers
from optplan.document.signature import signature_on
from optplan.plan import Plan
from optplan.result import Result
from optplan.tables import write_folder
from optplan.tables.findings import InputError

TABLES = random_tables(1, Size(counties=2, years=3, goods=2, teams=2, projects=1))


@pytest.fixture(scope="module")
def solved() -> Result:
    return optplan.solve(Plan(TABLES), "thrift", gap=0.1)


@pytest.fixture
def folder(tmp_path: Path, solved: Result) -> Path:
    write_folder(TABLES, tmp_path / "plan")
    solved.to_json(tmp_path / "result.json")
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]):
    def running(*arguments: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as done:
            main([*map(str, arguments), "--lang", "en"])
        return int(done.value.code or 0), capsys.readouterr().out

    return running


def verified(run, folder: Path, *more: object) -> tuple[int, str]:
    return run("verify", folder / "plan", folder / "result.json", *more)


def test_a_signature_is_known_unknown_or_false(run, folder: Path) -> None:
    code, said = run("keys", "make", "财政局 李工", folder / "li")
    assert code == 0
    assert (folder / "li.pub").read_text(encoding="utf-8").strip() in said
    assert stat.S_IMODE((folder / "li").stat().st_mode) == 0o600
    assert "Signed" not in verified(run, folder)[1]

    assert run("sign", folder / "result.json", folder / "li")[0] == 0
    signers = folder / "signers"
    signers.write_text("# who may sign\n\n" + (folder / "li.pub").read_text(encoding="utf-8"), encoding="utf-8")
    code, said = verified(run, folder, "--signers", signers)
    assert code == 0
    assert "Signed by 财政局 李工 (SHA256:" in said
    assert "财政局 李工" in run("keys", "list", "--signers", signers)[1]

    make_key("somebody", folder / "other")
    signers.write_text((folder / "other.pub").read_text(encoding="utf-8"), encoding="utf-8")
    code, said = verified(run, folder, "--signers", signers)
    assert code == 0
    assert "not among the known signers" in said

    document = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    document["signature"]["by"] = "mayor"
    (folder / "result.json").write_text(json.dumps(document), encoding="utf-8")
    code, said = verified(run, folder, "--signers", signers)
    assert code == 5
    assert "The signature is false" in said


def test_a_result_that_was_changed_and_sealed_anew_is_no_longer_signed(run, folder: Path, solved: Result) -> None:
    """Anybody can seal anew; only who has the key can sign anew."""
    make_key("li", folder / "li")
    assert run("sign", folder / "result.json", folder / "li")[0] == 0
    signed = optplan.read_result(folder / "result.json")
    forged = took(signed, 1234.5)
    assert forged.check().ok
    assert forged.document["signature"] == signed.document["signature"]
    known = read_signers(folder / "li.pub")
    assert signature_on(signed.document, known).standing == "known"
    assert signature_on(forged.document, known).standing == "false"


@pytest.mark.parametrize("field", ["by", "key", "signed_at", "signature"])
def test_no_part_of_a_signature_may_be_changed(folder: Path, run, field: str) -> None:
    make_key("li", folder / "li")
    run("sign", folder / "result.json", folder / "li")
    document = optplan.read_result(folder / "result.json").document
    known = read_signers(folder / "li.pub")
    for other in ("x" + document["signature"][field], document["signature"][field][:-2], "", "\x1b[2J"):
        forged = copy.deepcopy(document)
        forged["signature"][field] = other
        assert signature_on(forged, known).standing == "false"


def test_a_falsified_result_is_not_signed(run, folder: Path) -> None:
    make_key("li", folder / "li")
    document = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    document["criteria"][-1]["seconds"] += 1
    (folder / "result.json").write_text(json.dumps(document), encoding="utf-8")
    before = (folder / "result.json").read_bytes()
    code, said = run("sign", folder / "result.json", folder / "li")
    assert code == 5
    assert "criteria.1.seconds" in said
    assert (folder / "result.json").read_bytes() == before


def test_keys_are_never_written_over_and_what_is_no_key_is_named(run, folder: Path) -> None:
    make_key("li", folder / "li")
    before = (folder / "li").read_bytes()
    assert run("keys", "make", "li", folder / "li")[0] == 2
    assert (folder / "li").read_bytes() == before
    (folder / "none").write_text("no key", encoding="utf-8")
    for command in (
        ("sign", folder / "result.json", folder / "none"),
        ("keys", "show", folder / "none"),
        ("keys", "show", folder),
    ):
        assert run(*command)[0] == 2
    (folder / "signers").write_text("ssh-ed25519 AAAA nobody\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_signers(folder / "signers")
    assert [finding.place.row for finding in refused.value.findings] == [1]


def test_a_key_may_be_kept_under_a_passphrase(tmp_path: Path) -> None:
    make_key("li", tmp_path / "li", "open sesame")
    with pytest.raises(PassphraseNeeded):
        read_key(tmp_path / "li")
    with pytest.raises(InputError):
        read_key(tmp_path / "li", "wrong")
    assert read_key(tmp_path / "li", "open sesame")


def test_the_fingerprint_is_that_of_other_tools(tmp_path: Path) -> None:
    signer = make_key("li", tmp_path / "li")
    text = f"{signer.key}"
    import base64
    import hashlib

    digest = subprocess.run(["sha256sum"], input=base64.b64decode(text), capture_output=True, check=True).stdout.split()[0]
    assert base64.b64decode(signer.fingerprint.removeprefix("SHA256:") + "=") == bytes.fromhex(digest.decode())
    assert hashlib.sha256(base64.b64decode(text)).hexdigest() == digest.decode()


def test_no_private_key_reaches_the_store(run, folder: Path) -> None:
    make_key("li", folder / "li")
    run("sign", folder / "result.json", folder / "li")
    signed = optplan.read_result(folder / "result.json")
    with optplan.open_store(folder / "store.sqlite3") as store:
        kept = store.open(store.save_run(signed, plan=Plan(TABLES)).id)
    assert kept.document["signature"] == signed.document["signature"]
    secret = (folder / "li").read_text(encoding="utf-8").splitlines()[1]
    assert secret.encode() not in (folder / "store.sqlite3").read_bytes()
    assert secret not in kept.text()


def test_a_result_is_signed_as_it_is_solved(run, folder: Path) -> None:
    run("keys", "make", "财政局 李工", folder / "li")
    code, said = run(
        "solve",
        folder / "plan",
        "--model",
        "thrift",
        "--gap",
        "0.1",
        "--out",
        folder / "own.json",
        "--sign",
        folder / "li",
        "--by",
        "李工",
    )
    assert code == 0, said
    code, said = run("verify", folder / "plan", folder / "own.json", "--signers", folder / "li.pub")
    assert code == 0
    assert "李工" in said
    assert run("solve", folder / "plan", "--sign", folder / "nothing")[0] == 2
