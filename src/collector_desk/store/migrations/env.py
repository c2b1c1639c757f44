"""Alembic's entry: the open, keyed connection is handed over (the key never reaches a file)."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True, render_as_batch=True)
with context.begin_transaction():  # the caller's transaction: all steps or none
    context.run_migrations()
