"""Answers to questions about plans."""

import sqlalchemy as sa
from alembic import op

from optplan.store.migrations.append_only import append_only

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SHA = sa.String(64)


def upgrade() -> None:
    """Create the table of answers, and the triggers that keep it."""
    op.create_table(
        "answers",
        sa.Column("id", SHA, primary_key=True),
        sa.Column("saved_at", sa.String(32), nullable=False, index=True),
        sa.Column("saved_by", sa.Text, nullable=False),
        sa.Column("question", sa.String(20), nullable=False),
        sa.Column("plan", SHA, sa.ForeignKey("plans.sha256"), nullable=False),
        sa.Column("plan_title", sa.Text, nullable=False),
        sa.Column("run", SHA, sa.ForeignKey("runs.id")),
        sa.Column("reference", SHA, sa.ForeignKey("contents.sha256")),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("document", SHA, sa.ForeignKey("contents.sha256"), nullable=False),
        sqlite_with_rowid=False,
    )
    for statement in append_only("answers", "id", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Nothing is ever taken back."""
    raise NotImplementedError
