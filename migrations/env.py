"""Runs migrations over the schemas desk, published and jobs.

Inside the program (`masthead migrate`, start-up on an embedded database, tests) the connection is
handed over; from Alembic's own command line the settings say where the database is.
"""

from alembic import context
from sqlalchemy import Connection, text

from app.database import patient_engine
from app.settings import Settings
from app.tables import metadata

SCHEMAS = ("desk", "published", "jobs")


def run(connection: Connection) -> None:
    connection.execute(text("CREATE SCHEMA IF NOT EXISTS published"))
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_schemas=True,
        include_name=lambda name, kind, _: kind != "schema" or name in ("desk", "published"),
        version_table_schema="published",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = Settings().database_url
    if url is None:
        raise SystemExit("Set MASTHEAD_DATABASE_URL, or use `masthead migrate`.")
    with patient_engine(url.get_secret_value()).begin() as own:
        run(own)
