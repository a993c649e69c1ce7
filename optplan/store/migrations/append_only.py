"""Triggers that refuse to change or delete a row, in SQLite and PostgreSQL.

SQLite's ``INSERT OR REPLACE`` deletes without asking the trigger for deletions, so there a row whose key is taken is refused too.
"""

from __future__ import annotations

REFUSAL = "kept for good: rows of the store are neither changed nor deleted"


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
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ]


REFUSE_CHANGE = f"""
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""


def trigger_names(table: str, dialect: str) -> set[str]:
    """The triggers that a sound store has on ``table``."""
    return {f"{table}_no_{what}" for what in ("update", "delete", "replace" if dialect == "sqlite" else "truncate")}
