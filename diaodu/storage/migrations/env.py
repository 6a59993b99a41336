"""What Alembic runs for every command: it works on the connection that `diaodu.storage.migrate` opened."""

from alembic import context

from diaodu.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
