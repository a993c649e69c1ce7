"""Bytes by their sha256, compressed. The same content is kept once."""

from __future__ import annotations

import hashlib
import json
import zlib
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
        if "\0" in text:
            raise refusal("store-text")
        return text.encode("utf-8")
    except UnicodeEncodeError as problem:
        raise refusal("store-text") from problem


def put(connection: Connection, content: bytes) -> str:
    """Keep ``content``; its sha256."""
    sha = sha_of(content)
    if connection.execute(select(contents.c.sha256).where(contents.c.sha256 == sha)).first() is None:
        connection.execute(contents.insert().values(sha256=sha, size=len(content), packed=zlib.compress(content, 6)))
    return sha


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
