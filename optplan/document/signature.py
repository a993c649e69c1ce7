"""Whose word a result is: an Ed25519 signature over its seal, beside the answer and no part of it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from optplan.document.keys import Signer, signer_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Standing = Literal["none", "known", "unknown", "false"]


@dataclass(frozen=True)
class Signature:
    """What is to be said of a result's signature.

    There is ``none``; it is that of a ``known`` signer, or of an ``unknown`` key; or it is ``false``: the result, or the
    signature, was changed. ``by``: whose it is; of an unknown or a false one, whose it says that it is.
    """

    standing: Standing
    by: str = ""
    fingerprint: str = ""
    signed_at: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As ``--json`` prints it."""
        return dict(vars(self))


def signature_of(document: Mapping[str, Any], key: Ed25519PrivateKey, by: str, signed_at: str) -> dict[str, str]:
    """The signature of a sealed document: who says so, with which key, and when (ISO 8601)."""
    signer = signer_of(key, by)
    claim = {"by": by, "key": signer.key, "signed_at": signed_at}
    signed = key.sign(_message(document["seal"]["sha256"], claim))
    return {**claim, "signature": base64.b64encode(signed).decode()}


def signature_on(document: Mapping[str, Any], known: Iterable[Signer]) -> Signature:
    """Whose signature a document bears. Only of use together with a verdict that its seal holds."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    claim = document.get("signature")
    if claim is None:
        return Signature("none")
    try:
        signer = Signer(claim["by"], claim["key"])
        told = {name: claim[name] for name in ("by", "key", "signed_at")}
        signed = base64.b64decode(claim["signature"], validate=True)
        signer.public_key().verify(signed, _message(document["seal"]["sha256"], told))
    except (InvalidSignature, UnsupportedAlgorithm, binascii.Error, ValueError, KeyError, TypeError):
        return Signature("false", _printable(claim.get("by", "")) if isinstance(claim, Mapping) else "")
    for each in known:
        if each.key == signer.key:
            return Signature("known", each.name, signer.fingerprint, _printable(claim["signed_at"]))
    return Signature("unknown", _printable(signer.name), signer.fingerprint, _printable(claim["signed_at"]))


def _message(sha256: str, claim: Mapping[str, str]) -> bytes:
    said = {"what": "optplan result", "seal": sha256, **claim}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _printable(said: object) -> str:
    """What somebody wrote, without what would move a terminal's cursor."""
    return "".join(letter for letter in str(said) if letter.isprintable())[:200]
