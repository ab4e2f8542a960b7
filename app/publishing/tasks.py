"""The press's work after a commit: bringing documents up to date, in chunks."""

from uuid import UUID

from app import jobs
from app.database import Database
from app.editing.changed import note
from app.publishing import refresh


@jobs.task("publishing.refresh_articles")
async def refresh_articles(database: Database, *, article_ids: list[str]) -> None:
    """Make these again: what they embed has changed while they were published."""
    async with database.write() as session:
        await refresh.refresh_articles(session, [UUID(each) for each in article_ids])


@jobs.task("publishing.refresh_dependents")
async def refresh_dependents(
    database: Database, *, kind: str, subject_id: str, after: str | None = None
) -> None:
    """Make again what embeds the subject: one chunk, and a job for the rest.

    The next chunk's job is deferred in the transaction of this one: whatever is killed when,
    nothing is left out.
    """
    subject = UUID(subject_id)
    async with database.write() as session:
        last = UUID(after) if after else None
        chunk = await refresh.dependents(session, subject, after=last)
        await refresh.refresh_articles(session, chunk, because=(kind, subject))
        if len(chunk) == refresh.CHUNK:
            await jobs.defer(
                session, refresh_dependents, kind=kind, subject_id=subject_id, after=str(chunk[-1])
            )


@jobs.task("publishing.recheck")
async def recheck(database: Database, *, kind: str, subject_id: str) -> None:
    """Make a subject's document again, should it have been edited while it first went public."""
    async with database.write() as session:
        note(session, kind, UUID(subject_id))
