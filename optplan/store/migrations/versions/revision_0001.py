"""The first tables."""

import sqlalchemy as sa
from alembic import op

from optplan.store.migrations.append_only import REFUSE_CHANGE, append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SHA = sa.String(64)
MOMENT = sa.String(32)
ONE_KEY = {"sqlite_with_rowid": False}


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _sha(name: str, *of: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, SHA, *(sa.ForeignKey(column) for column in of), nullable=nullable)


def _key(name: str, *of: str) -> sa.Column[str]:
    return sa.Column(name, SHA, *(sa.ForeignKey(column) for column in of), primary_key=True)


def upgrade() -> None:
    """Create every table, and the triggers that keep it."""
    op.create_table(
        "contents",
        _key("sha256"),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
        **ONE_KEY,
    )
    op.create_table("plans", _key("sha256", "contents.sha256"), _text("title"), _text("columns"), **ONE_KEY)
    op.create_table(
        "scenarios",
        _key("sha256", "contents.sha256"),
        *map(_text, ("name", "title", "author", "reason")),
        _sha("parent", "scenarios.sha256", nullable=True),
        **ONE_KEY,
    )
    op.create_table("models", _key("sha256", "contents.sha256"), _text("name"), _text("title"), **ONE_KEY)
    op.create_table(
        "runs",
        _key("id"),
        sa.Column("saved_at", MOMENT, nullable=False, index=True),
        _text("saved_by"),
        _sha("plan", "plans.sha256"),
        _text("plan_title"),
        _sha("solved_plan"),
        _text("scenarios"),
        _text("scenario_names"),
        _sha("model", "models.sha256"),
        _text("model_name"),
        _text("options"),
        _sha("reference", "contents.sha256", nullable=True),
        _sha("reference_run", "runs.id", nullable=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("stopped", sa.String(20), nullable=False),
        _text("criteria"),
        sa.Column("schedule", SHA, index=True),
        _sha("result", "contents.sha256"),
        _sha("canonical"),
        _text("made_with"),
        **ONE_KEY,
    )
    op.create_table(
        "events",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        _text("who"),
        _text("account"),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", SHA, nullable=False, index=True),
        _text("reason"),
        *map(_sha, ("record", "previous", "hash")),
    )
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute(REFUSE_CHANGE)
    for table, key in (
        ("contents", "sha256"), ("plans", "sha256"), ("scenarios", "sha256"), ("models", "sha256"), ("runs", "id"),
        ("events", "number"),
    ):  # fmt: skip
        for statement in append_only(table, key, dialect):
            op.execute(statement)


def downgrade() -> None:
    """Nothing is ever taken back."""
    raise NotImplementedError
