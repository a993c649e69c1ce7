"""Alembic's way in: the steps run in the transaction of the caller, who holds the turn to write."""

from alembic import context

from optplan.store.schema import metadata

given = context.config.attributes
context.configure(connection=given["connection"], version_table=given["version_table"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
