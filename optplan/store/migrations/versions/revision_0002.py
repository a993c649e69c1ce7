"""The ledgers: what happened while plans were carried out."""

import sqlalchemy as sa
from alembic import op

from optplan.store.migrations.append_only import append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXTS = (
    "kind", "county", "date", "item", "team", "project", "fund", "class", "quantity", "amount", "source", "document", "basis",
    "note", "form", "who", "at",
)  # fmt: skip


def upgrade() -> None:
    """Create the table of records, and the triggers that keep it."""
    op.create_table(
        "records",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("task", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("number", "year", "quarter")),
        sa.Column("corrects", sa.Integer),
        *(sa.Column(name, sa.Text, nullable=False) for name in TEXTS),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_records_task_number", "records", ["task", "number"])
    for statement in append_only("records", "id", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Nothing is ever taken back."""
    raise NotImplementedError
