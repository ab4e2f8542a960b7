"""The press's work after a commit: bringing documents up to date, in chunks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database
from app.editing.changed import note
from app.publishing import asset_documents, embedding, refresh


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
    nothing is left out. It has no queueing lock: it does not do what a change after the first
    chunk asks for.
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
        note(session, kind, UUID(subject_id), again=True)


@jobs.task("publishing.refresh_embedding")
async def refresh_embedding(
    database: Database, *, subject_id: str, after: str | None = None
) -> None:
    """Make again the documents of works, publications and speakers that name this publication or
    speaker: one chunk, and a job for the rest."""
    async with database.write() as session:
        last = UUID(after) if after else None
        chunk = await embedding.embedders(
            session, UUID(subject_id), after=last, limit=refresh.CHUNK
        )
        for kind, identity in chunk:
            note(session, kind, identity, again=True)
        if len(chunk) == refresh.CHUNK:
            await jobs.defer(
                session, refresh_embedding, subject_id=subject_id, after=str(chunk[-1][1])
            )


@jobs.task("publishing.recheck_cited")
async def recheck_cited(database: Database, *, subjects: list[tuple[str, str]]) -> None:
    """Take these works, publications and speakers (kinds and ids) from readers where no live
    article cites them any more, or bring them back where one does."""
    async with database.write() as session:
        for kind, subject_id in subjects:
            note(session, kind, UUID(subject_id), again=True)


@jobs.task("publishing.refresh_assets")
async def refresh_assets(database: Database, *, after: str | None = None) -> None:
    """Make the documents of all assets again, of whose own fields others are public now: one chunk,
    and a job for the rest."""
    async with database.write() as session:
        begin = UUID(after) if after else UUID(int=0)
        last = await refresh.note_next(session, (asset_documents.KIND,), after=begin)
        if last is not None:
            await jobs.defer(session, refresh_assets, after=str(last))


async def forget_failed(session: AsyncSession, *, before: datetime) -> int:
    """Delete the jobs given up before this moment, at which a rerender of everything began that
    is complete: it has done their work. The number of them."""
    works = (
        refresh_articles, refresh_dependents, refresh_embedding, refresh_assets, recheck,
        recheck_cited,
    )  # fmt: skip
    return await jobs.forget_failed(session, works, before=before)
