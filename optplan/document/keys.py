"""Keys with which results are signed: Ed25519, by the library ``cryptography``, in the forms that OpenSSH and OpenSSL read.

A private key is a PEM file that only its owner may read; a public one a line ``ssh-ed25519 AAAA… NAME``. Known signers are such
lines in a file of the office's. No private key is ever part of a result or of the store.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from optplan.files import UnreadableFile, read_bounded, write_atomically
from optplan.tables.findings import InputError, Place, error

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LARGEST_FILE = 1_000_000  # bytes; a signer takes a hundred
KIND = "ssh-ed25519"


class PassphraseNeeded(Exception):
    """A private key that its passphrase has to open."""


@dataclass(frozen=True)
class Signer:
    """A public key with the name of whose it is."""

    name: str
    key: str  # its base64 content, the second word of an OpenSSH line

    @property
    def line(self) -> str:
        """As a file of signers has it."""
        return f"{KIND} {self.key} {self.name}"

    @property
    def fingerprint(self) -> str:
        """As ``ssh-keygen -l`` shows it."""
        digest = hashlib.sha256(base64.b64decode(self.key)).digest()
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")

    def public_key(self) -> Ed25519PublicKey:
        """To check a signature with. Raises ``ValueError`` if it is no Ed25519 key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_ssh_public_key

        key = load_ssh_public_key(f"{KIND} {self.key}".encode())
        if not isinstance(key, Ed25519PublicKey):
            raise ValueError(KIND)  # noqa: TRY004 - what a line of a file holds, not a mistake of ours
        return key


def make_key(name: str, path: Path, passphrase: str | None = None) -> Signer:
    """Make a key pair: the private key in ``path``, which must not be there yet, the public line beside it in ``path``.pub."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    protection = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
    content = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as problem:
        raise InputError([error("key-exists", Place(str(path)))]) from problem
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    signer = signer_of(key, name)
    write_atomically(path.with_name(path.name + ".pub"), (signer.line + "\n").encode())
    return signer


def read_key(path: Path, passphrase: str | None = None) -> Ed25519PrivateKey:
    """The private key in a file. Raises :class:`PassphraseNeeded`, or :class:`InputError` if it is none."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    content = _content(path)
    try:
        key = load_pem_private_key(content, passphrase.encode() if passphrase else None)
    except TypeError as problem:
        raise PassphraseNeeded from problem
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise InputError([error("key-unreadable", Place(str(path)))]) from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError([error("key-unreadable", Place(str(path)))])
    return key


def signer_of(key: Ed25519PrivateKey, name: str) -> Signer:
    """The public half of a private key."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    line = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    return Signer(name, line.split()[1])


def read_signers(path: Path) -> tuple[Signer, ...]:
    """The signers in a file, a line each; lines that begin with # are passed over.

    Raises :class:`InputError` that names the line.
    """
    from cryptography.exceptions import UnsupportedAlgorithm

    signers, faults = [], []
    for number, line in enumerate(_content(path).decode("utf-8", "replace").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        kind, key, name = [*line.split(maxsplit=2), "", "", ""][:3]
        signer = Signer(name.strip(), key)
        try:
            signer.public_key()
            sound = kind == KIND and bool(signer.name)
        except (ValueError, UnsupportedAlgorithm):
            sound = False
        if sound:
            signers.append(signer)
        else:
            faults.append(error("signer-unreadable", Place(str(path), row=number)))
    if faults:
        raise InputError(faults)
    return tuple(signers)


def standard_signers() -> Path:
    """Where known signers are looked for when no file is named."""
    from platformdirs import user_config_path

    return user_config_path("optplan") / "signers"


def _content(path: Path) -> bytes:
    try:
        return read_bounded(path, LARGEST_FILE)
    except UnreadableFile as problem:
        raise InputError([error(problem.code, Place(str(path)), **problem.values)]) from problem
