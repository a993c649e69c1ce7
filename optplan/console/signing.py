"""The commands about signatures: keys, who is known, signing a result, and what verify says of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optplan.console.command import FILE, Commands, command, say
from optplan.console.output import Output
from optplan.language import text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from optplan.document.signature import Signature
    from optplan.result import Result

AREA = "verify"


def signature_checked(result: Result, signers: Path | None) -> Signature:
    """Whose signature a result bears, by the file of ``signers`` or the one in its standard place, if there is one."""
    from optplan.document.keys import read_signers, standard_signers
    from optplan.document.signature import signature_on

    file = signers or standard_signers()
    known = read_signers(file) if signers or (result.document.get("signature") is not None and file.is_file()) else ()
    return signature_on(result.document, known)


def signature_in_words(signature: Signature) -> list[str]:
    """What is to be said of it; nothing of a result that nobody signed."""
    return [] if signature.standing == "none" else [_words(f"signature-{signature.standing}", **vars(signature))]


def _words(name: str, **values: Any) -> str:
    return text(AREA, name, None, **values)


def signed(result: Result, key: Ed25519PrivateKey, name: str) -> None:
    """Sign ``result`` in the name of ``name``, now."""
    from optplan.document.signature import signature_of

    when = datetime.now(UTC).isoformat(timespec="seconds")
    result.document["signature"] = signature_of(result.document, key, name, when)


def _make() -> click.Command:
    @command("make", AREA)
    @click.argument("name")
    @click.argument("file", type=FILE)
    @click.option("--passphrase", is_flag=True, help=say("option-passphrase", AREA))
    def make(output: Output, name: str, file: Path, passphrase: bool) -> None:
        from optplan.document.keys import make_key

        secret = (
            click.prompt(say("passphrase", AREA), hide_input=True, confirmation_prompt=True, err=True) if passphrase else None
        )
        signer = make_key(" ".join(name.split()), file, secret)
        output.document({"name": signer.name, "public": signer.line, "fingerprint": signer.fingerprint})
        output.lines([_words("key-made", file=file), signer.line])

    return make


def _show() -> click.Command:
    @command("show", AREA)
    @click.argument("file", type=FILE)
    def show(output: Output, file: Path) -> None:
        from optplan.document.keys import read_signers, signer_of

        signers = read_signers(file) if file.suffix == ".pub" else (signer_of(opened_key(file), file.stem),)
        _listed(output, signers)

    return show


def _list() -> click.Command:
    @command("list", AREA)
    @click.option("--signers", type=FILE, help=say("option-signers", AREA))
    def known(output: Output, signers: Path | None) -> None:
        from optplan.document.keys import read_signers, standard_signers

        file = signers or standard_signers()
        found = read_signers(file) if signers or file.is_file() else ()
        _listed(output, found)
        if not found:
            output.lines([_words("no-signers", file=file)])

    return known


def _listed(output: Output, signers: Any) -> None:
    output.document({"signers": [{"name": s.name, "public": s.line, "fingerprint": s.fingerprint} for s in signers]})
    output.lines(f"{signer.fingerprint}  {signer.line}" for signer in signers)


def make_keys() -> click.Group:
    """``optplan keys``."""
    return Commands("keys", {"make": _make, "show": _show, "list": _list}, help=say("command-keys", AREA))


def make_sign() -> click.Command:
    """``optplan sign RESULT KEY``."""

    @command("sign", AREA)
    @click.argument("result", type=FILE)
    @click.argument("key", type=FILE)
    @click.option("--by", help=say("option-by", AREA))
    def sign(output: Output, result: Path, key: Path, by: str | None) -> None:
        from optplan.document.sealed import sealed
        from optplan.result import read_result
        from optplan.tables.findings import InputError, Place, error

        output.writable(result)
        solved = sealed(read_result(result), result)
        if not solved.has_schedule:
            raise InputError([error("export-unsealed", Place(str(result)), status=solved.status)])
        name = by or key.stem
        signed(solved, opened_key(key), name)
        solved.to_json(result)
        output.document({"written": str(result), "signature": solved.document["signature"]})
        output.lines([_words("signed", file=result, by=name)])

    return sign


def opened_key(key: Path) -> Ed25519PrivateKey:
    """The private key in a file; its passphrase is asked for if it has one. Raises :class:`InputError`."""
    from optplan.document.keys import PassphraseNeeded, read_key

    try:
        return read_key(key)
    except PassphraseNeeded:
        return read_key(key, click.prompt(say("passphrase", AREA), hide_input=True, err=True))
