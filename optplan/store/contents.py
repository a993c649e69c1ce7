"""Bytes by their sha256, compressed. The same content is kept once."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from optplan.store.findings import refusal
from optplan.store.schema import contents

LARGEST = 256 * 2**20  # bytes that a content may unpack to; a result of 119 counties is about 10 MiB


def sha_of(content: bytes) -> str:
    """The key of ``content``."""
    return hashlib.sha256(content).hexdigest()


def plain(value: Any) -> str:
    """``value`` as JSON, written in one way only."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encoded(text: str) -> bytes:
    """``text`` in UTF-8. Raises :class:`StoreError` for half characters, which no database keeps."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as problem:
        raise refusal("store-text") from problem


@dataclass(frozen=True)
class Packed:
    """A content ready to be kept: hashed and compressed before the turn to write, which is short."""

    content: bytes
    sha256: str
    packed: bytes

    def put(self, connection: Connection) -> str:
        """Keep it, unless it is kept already; its key."""
        if connection.execute(select(contents.c.sha256).where(contents.c.sha256 == self.sha256)).first() is None:
            connection.execute(contents.insert().values(sha256=self.sha256, size=len(self.content), packed=self.packed))
        return self.sha256


def pack(content: bytes) -> Packed:
    """``content`` ready to be kept."""
    return Packed(content, sha_of(content), zlib.compress(content, 6))


def get(connection: Connection, sha: str) -> bytes:
    """The content that ``sha`` is the key of. Raises :class:`StoreError` if it is not there or not as it was written."""
    row = connection.execute(select(contents).where(contents.c.sha256 == sha)).first()
    content = None if row is None else unpacked(row.packed)
    if content is None or sha_of(content) != sha:
        raise refusal("store-content-differs", sha)
    return content


def unpacked(packed: bytes) -> bytes | None:
    """The bytes that were packed, or ``None`` if these are not what packing gives."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, LARGEST)
    except zlib.error:
        return None
    return content if unpacking.eof and not unpacking.unused_data else None
