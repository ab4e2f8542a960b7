"""Creating, changing and deleting saved feeds, and sending the issues of digests."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import transaction_time
from app.editing import named, portraits
from app.editing.assets import checks as assets
from app.editing.assets.checks import Use
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.feeds import filling, naming, queries, windows
from app.editing.feeds.models import Feed, FeedIssue
from app.editing.feeds.schemas import FeedCreate, FeedFields, FeedReplace
from app.editing.site.models import Edition
from app.editing.site.queries import edition_named
from app.errors import Conflict, Fault, Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope

ISSUES_KEPT = 100

_DELIVERED = text("SELECT id FROM desk.deliveries WHERE feed_id = :id LIMIT 1")


async def create(session: AsyncSession, actor: Actor, draft: FeedCreate) -> Feed:
    """Its articles come into it by a job."""
    actor.require(Scope.FEEDS_WRITE)
    edition = await edition_named(session, draft.edition, pointer="/edition")
    await _check(session, draft)
    feed = await named.add(
        session, Feed, _fields(draft, edition) | {"edition_id": edition.id},
        slug=draft.slug, name=draft.title, language=edition.language,
    )  # fmt: skip
    feed.since = windows.since(feed, await transaction_time(session))
    portraits.begins_or_ends(session, [], [draft.image_id])
    note(session, "feed", feed.id)
    await _fill(session, feed)
    return feed


async def replace(
    session: AsyncSession,
    actor: Actor,
    feed_id: UUID,
    replacement: FeedReplace,
    *,
    expected: Expectation,
) -> Feed:
    """Change a feed. Where it asks for other articles now, they come and go by a job; where it has
    not got all of them yet, the job begins anew: the one before may have been given up."""
    actor.require(Scope.FEEDS_WRITE)
    feed = await named.lock(session, Feed, feed_id)
    expected(edit_etag(feed.edit))
    await _check(session, replacement)
    portraits.begins_or_ends(session, [feed.image_id], [replacement.image_id])
    await named.rename(session, feed, replacement.slug)
    fields = _fields(replacement, await session.get_one(Edition, feed.edition_id))
    incomplete = fields["query"] != feed.query or feed.filled_edit != feed.query_edit
    for name, value in fields.items():
        setattr(feed, name, value)
    if not feed.digest:
        feed.issued_at = None
    feed.since = windows.since(feed, await transaction_time(session))
    await _touch(session, feed)
    if incomplete:
        feed.query_edit += 1
        feed.looked_at = 0
        await _fill(session, feed)
    return feed


async def delete(
    session: AsyncSession, actor: Actor, feed_id: UUID, *, expected: Expectation
) -> None:
    """Delete a feed that no delivery pushes. Its articles stay what they are."""
    actor.require(Scope.FEEDS_WRITE)
    feed = await named.lock(session, Feed, feed_id, whole=True)
    expected(edit_etag(feed.edit))
    delivery = (await session.execute(_DELIVERED, {"id": feed_id})).scalar_one_or_none()
    if delivery is not None:
        raise Conflict(f"It is delivered to a partner, by {delivery}. Delete the delivery first.")
    portraits.begins_or_ends(session, [feed.image_id], [])
    await session.delete(feed)
    note(session, "feed", feed_id, deleted=True)
    await jobs.defer(session, filling.clear, feed_id=str(feed_id))


async def issue(
    session: AsyncSession, actor: Actor, feed_id: UUID, *, until: datetime | None
) -> FeedIssue:
    """An issue of a digest was sent, with what had come `until` then: the next one begins there."""
    actor.require(Scope.FEEDS_WRITE)
    feed = await named.lock(session, Feed, feed_id)
    if not feed.digest:
        raise Conflict("This feed is no digest. Make it one, then it has issues.")
    now = await transaction_time(session)
    # Articles have dates to the second: those of this very second are told of twice, not never.
    at = (until or now).replace(microsecond=0)
    _require_between(feed.issued_at, at, now)
    last = await queries.last_issue(session, feed_id)
    had = await queries.count(session, feed_id, since=feed.since, until=at, most=feed.size)
    made = FeedIssue(
        feed_id=feed_id, number=last.number + 1 if last else 1,
        since=feed.since, at=at, articles=had,
    )  # fmt: skip
    session.add(made)
    await session.execute(
        delete_rows(FeedIssue).where(
            FeedIssue.feed_id == feed_id, FeedIssue.number <= made.number - ISSUES_KEPT
        )
    )
    feed.issued_at = at
    feed.since = windows.since(feed, now)
    await _touch(session, feed)
    return made


async def _check(session: AsyncSession, sent: FeedFields) -> None:
    await naming.require(session, sent.query)
    uses = [Use("/image_id", sent.image_id, "image")] if sent.image_id else []
    if faults := await assets.faults(session, uses):
        raise Invalid("The picture cannot be used.", faults=faults)


async def _fill(session: AsyncSession, feed: Feed) -> None:
    await jobs.defer(session, filling.fill, feed_id=str(feed.id), query_edit=feed.query_edit)


async def _touch(session: AsyncSession, feed: Feed) -> None:
    feed.edit += 1
    feed.changed_at = await transaction_time(session)
    note(session, "feed", feed.id)


def _require_between(last: datetime | None, at: datetime, now: datetime) -> None:
    if at > now:
        raise _refused("It lies in the future.")
    if last is not None and at < last:
        raise _refused(f"The last issue went up to {last:%Y-%m-%dT%H:%M:%SZ}.")


def _refused(detail: str) -> Invalid:
    return Invalid("No issue can end then.", faults=[Fault(detail, pointer="/until")])


def _fields(sent: FeedFields, edition: Edition) -> dict[str, Any]:
    left_out = {"slug", "edition", "image_id"}
    fields = sent.model_dump(mode="json", exclude=left_out) | {"image_id": sent.image_id}
    if sent.query.editions is None:
        fields["query"]["editions"] = [edition.code]
    return fields
