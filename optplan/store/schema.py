"""The tables of the store. Rows are only ever added: triggers in the database refuse every change and deletion.

``contents`` holds the bytes of everything, by their sha256. The other tables say what those bytes are. What makes these tables
is a migration; these declarations are for asking, and a test holds them against the migrations.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()
SHA = String(64)
ONE_KEY: dict[str, Any] = {"sqlite_with_rowid": False}
LATEST = "0003"  # the revision of migrations/versions that these declarations are

contents = Table(
    "contents",
    metadata,
    Column("sha256", SHA, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    **ONE_KEY,
)

plans = Table(
    "plans",
    metadata,
    Column("sha256", SHA, ForeignKey("contents.sha256"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("columns", Text, nullable=False),
    **ONE_KEY,
)

scenarios = Table(
    "scenarios",
    metadata,
    Column("sha256", SHA, ForeignKey("contents.sha256"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("parent", SHA, ForeignKey("scenarios.sha256")),
    **ONE_KEY,
)

models = Table(
    "models",
    metadata,
    Column("sha256", SHA, ForeignKey("contents.sha256"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    **ONE_KEY,
)

runs = Table(
    "runs",
    metadata,
    Column("id", SHA, primary_key=True),
    Column("saved_at", String(32), nullable=False, index=True),
    Column("saved_by", Text, nullable=False),
    Column("plan", SHA, ForeignKey("plans.sha256"), nullable=False),
    Column("plan_title", Text, nullable=False),
    Column("solved_plan", SHA, nullable=False),
    Column("scenarios", Text, nullable=False),
    Column("scenario_names", Text, nullable=False),
    Column("model", SHA, ForeignKey("models.sha256"), nullable=False),
    Column("model_name", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("reference", SHA, ForeignKey("contents.sha256")),
    Column("reference_run", SHA, ForeignKey("runs.id")),
    Column("status", String(20), nullable=False),
    Column("stopped", String(20), nullable=False),
    Column("criteria", Text, nullable=False),
    Column("schedule", SHA, index=True),
    Column("result", SHA, ForeignKey("contents.sha256"), nullable=False),
    Column("canonical", SHA, nullable=False),
    Column("made_with", Text, nullable=False),
    **ONE_KEY,
)

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("action", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("subject", SHA, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("record", SHA, nullable=False),
    Column("previous", SHA, nullable=False),
    Column("hash", SHA, nullable=False),
)

# what happened while plans were carried out: a ledger for each planning task, which is called by its plans' title
RECORD_TEXTS = (
    "kind", "county", "date", "item", "team", "project", "fund", "class", "quantity", "amount", "source", "document", "basis",
    "note", "form", "who", "at",
)  # fmt: skip
records = Table(
    "records",
    metadata,
    Column("id", SHA, primary_key=True),
    Column("task", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("quarter", Integer, nullable=False),
    Column("corrects", Integer),
    *(Column(name, Text, nullable=False) for name in RECORD_TEXTS),
    Index("ix_records_task_number", "task", "number"),
    **ONE_KEY,
)

# answers to questions about a plan, and, where there is one, about the result of a run
answers = Table(
    "answers",
    metadata,
    Column("id", SHA, primary_key=True),
    Column("saved_at", String(32), nullable=False, index=True),
    Column("saved_by", Text, nullable=False),
    Column("question", String(20), nullable=False),
    Column("plan", SHA, ForeignKey("plans.sha256"), nullable=False),
    Column("plan_title", Text, nullable=False),
    Column("run", SHA, ForeignKey("runs.id")),
    Column("reference", SHA, ForeignKey("contents.sha256")),
    Column("asked", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("document", SHA, ForeignKey("contents.sha256"), nullable=False),
    **ONE_KEY,
)
