"""Alembic's entry: one history for SQLite and PostgreSQL, run inside the application."""

from alembic import context
from flask import current_app

from core.database import Model, db


def run_online() -> None:
    """Migrate over the application's own engine."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            compare_type=True,
            # SQLite cannot alter a table in place; Alembic copies it.
            render_as_batch=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


def run_offline() -> None:
    """Write the statements instead of running them."""
    address = current_app.config["SQLALCHEMY_DATABASE_URI"]
    context.configure(url=address, target_metadata=Model.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
