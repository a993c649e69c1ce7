"""Triggers that refuse to change or delete a row, in SQLite and PostgreSQL.

SQLite's ``INSERT OR REPLACE`` deletes without asking the trigger for deletions, so there a row whose key is taken is refused
too; and its tables have no hidden second key (``rowid``) by which a row could be replaced.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, text

REFUSAL = "kept for good: rows of the store are neither changed nor deleted"
_CHANGES = ("update", "delete", "truncate")


def append_only(table: str, key: str, dialect: str) -> list[str]:
    """The statements that make ``table``, whose primary key is the column ``key``, append-only."""
    if dialect == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) {refuse}",
        ]
    refuse = "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    return [
        statement
        for change in _CHANGES
        for statement in (
            f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} {refuse}",
            # even in a session that says it only copies what another server did
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{change}",
        )
    ]


REFUSE_CHANGE = f"""
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""


def unguarded(connection: Connection, keys: Mapping[str, str]) -> list[str]:
    """The triggers of the tables in ``keys`` (with their primary keys) that are missing, switched off, or say something else."""
    if connection.dialect.name == "sqlite":
        there = set(connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars())
        due = [statement for table, key in keys.items() for statement in append_only(table, key, "sqlite")]
        return [statement.split()[2] for statement in due if statement not in there]
    asked = """
        SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
        WHERE relnamespace = current_schema()::regnamespace
            AND tgenabled = 'A' AND proname = 'refuse_change' AND prosrc LIKE :refusal
    """
    found = set(connection.execute(text(asked), {"refusal": f"%RAISE EXCEPTION '{REFUSAL}'%"}).scalars())
    return [name for table in keys for change in _CHANGES if (name := f"{table}_no_{change}") not in found]
