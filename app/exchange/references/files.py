"""A file of references on this machine, however long: taken part by part."""

from uuid import UUID

from app.database import Database
from app.exchange.references import importing, reporting
from app.exchange.references.reading import Format, read
from app.exchange.references.schemas import ImportReport
from app.exchange.wordpress.transactions import chunks, transactions
from app.identity.actor import Actor


async def import_file(
    database: Database, actor: Actor, content: bytes, form: Format, *, dry_run: bool
) -> ImportReport:
    """Raises what `reading.read` raises. Broken off, the next run goes on where it was: what is
    there is found."""
    places: dict[UUID, str] = {}
    parts = []
    async with transactions(database, dry_run=dry_run) as transaction:
        for chunk in chunks(read(content, form).entries):
            async with transaction() as session:
                parts.append(await importing.take(session, actor, chunk, places))
    report = reporting.joined(parts)
    return reporting.of_dry_run(report) if dry_run else report
