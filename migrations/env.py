"""Alembic's entry: one history for SQLite and PostgreSQL, run inside the application."""

from alembic import context
from flask import current_app

from core.database import Model, db
from core.terminal import progress_bar


def run_online() -> None:
    """Migrate over the application's own engine."""
    with db.engine.connect() as connection, progress_bar("database schema") as on_progress:
        applied = 0

        def count(**_: object) -> None:
            nonlocal applied
            applied += 1
            on_progress(applied, max(applied, waiting))

        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            compare_type=True,
            # SQLite cannot alter a table in place; Alembic copies it.
            render_as_batch=True,
            on_version_apply=count,
        )
        here = context.get_context().get_current_heads()
        waiting = sum(1 for _ in context.script.iterate_revisions("heads", here or "base"))
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
