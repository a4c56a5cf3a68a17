"""What alembic runs: the steps, on the connection that `store.database` hands over, in its transaction."""

from alembic import context

from assistant.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
