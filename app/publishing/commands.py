"""Publishing: an article's working copy becomes what readers have, or they have it no longer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing.articles import checks, drafting, queries
from app.editing.articles import commands as articles
from app.editing.articles.models import Article
from app.editing.collections import commands as collections
from app.editing.expectation import Expectation, edit_etag
from app.errors import Conflict, Fault, Invalid, NotFound
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.published import changes, store
from app.published.writes import Put, Remove
from app.publishing import addresses, obstacles, pending, rendering, snapshot
from app.publishing.pending import Pending
from app.publishing.render import Moments
from app.publishing.snapshot import Snapshot

View = Literal["card", "full", "app"]

log = structlog.get_logger()


@dataclass(frozen=True)
class Options:
    """`minor`: readers are not told of a difference, `updated_at` stays.
    `quiet`: nobody is notified; for imports. `despite`: why errors in citations are overridden."""

    minor: bool = False
    quiet: bool = False
    despite: str | None = None


async def publish(
    session: AsyncSession,
    actor: Actor,
    article_id: UUID,
    *,
    expected: Expectation,
    options: Options = Options(),
) -> Snapshot:
    """Make the working copy what readers have. It shows when the transaction commits.

    Where only its links changed (ids in other systems, translations), readers get these without a
    new version. Returns all that was read for it, with the article as it is now.
    """
    actor.require(Scope.ARTICLES_PUBLISH)
    [article] = await queries.lock(session, [article_id])
    expected(edit_etag(article.edit))
    [taken] = await snapshot.load(session, [article])
    if article.live_revision == article.revision:
        await checks.is_the_actors(session, actor, taken.content)
        relinked = rendering.refreshed(taken, now=await _now(session))
        if relinked is None:
            raise Conflict(f"Revision {article.revision} is live already, as version "
                           f"{article.live_version}.")  # fmt: skip
        pending.add(session, replace(relinked, card_changed=True))
        return taken
    await _publish(session, actor, taken, options)
    return taken


async def publish_many(
    session: AsyncSession, actor: Actor, article_ids: Sequence[UUID], *, options: Options
) -> None:
    """Publish up to a hundred in one transaction; those that are live as they are stay so."""
    actor.require(Scope.ARTICLES_PUBLISH)
    locked = await queries.lock(session, article_ids)
    changed = [each for each in locked if each.live_revision != each.revision]
    for taken in await snapshot.load(session, changed) if changed else []:
        await _publish(session, actor, taken, options)


async def preview(session: AsyncSession, actor: Actor, article_id: UUID, view: View) -> bytes:
    """The very document that publishing now would make, uncut."""
    actor.require(Scope.ARTICLES_READ)
    article = await checks.readable(session, actor, article_id)
    [taken] = await snapshot.load(session, [article], held=False)
    now = await _now(session)
    _check(taken, now, despite="only looking")
    path = await addresses.would_be(session, taken, _dates(taken, now, Options()).published_at)
    made = _render(taken, path, now, Options())
    assert isinstance(made.write, Put)
    views = made.write.views
    forms = {"card": views.card, "full": views.whole_full or views.full,
             "app": views.whole_app or views.app}  # fmt: skip
    return forms[view] or b""


async def withdraw(
    session: AsyncSession,
    actor: Actor,
    article_id: UUID,
    *,
    expected: Expectation,
    status: Literal[410, 451] = 410,
    notice: str | None = None,
) -> Article:
    """Take an article from the readers: its address answers 410 (451 by law) with the notice.

    It leaves every collection. The working copy stays, and may be published again, but the versions
    until now are withheld: what was taken away does not come back with a better text.
    """
    actor.require(Scope.ARTICLES_PUBLISH)
    [article] = await queries.lock(session, [article_id])
    expected(edit_etag(article.edit))
    await checks.is_the_actors(session, actor, await queries.content(session, article))
    if article.live_version is None:
        raise Conflict("It is not live.")
    now = await _now(session)
    removal = Remove(
        id=article.id, kind="article", version=article.live_version, modified_at=now,
        status=status, notice=notice,
    )  # fmt: skip
    await collections.leave_all(session, article.id)
    await store.withhold_all_versions(session, article.id, status=status)
    article.live_version = None
    article.live_revision = None
    article.withdrawn_at = now
    article.withdrawn_status = status
    article.withdrawn_notice = notice
    await drafting.touch(session, article)
    log.info("article_withdrawn", id=str(article.id), status=status, actor=actor.name)
    seen = await changes.head(session)
    pending.add(session, Pending(write=removal, seen=seen, card_changed=True))
    return article


async def delete(
    session: AsyncSession, actor: Actor, article_id: UUID, *, expected: Expectation
) -> None:
    """Delete an article that never was live. It leaves every collection, as one withdrawn does.

    Here, and not with the other commands of articles, since these know nothing of collections.
    """
    await queries.lock(session, [article_id])
    await collections.leave_all(session, article_id)
    await articles.delete(session, actor, article_id, expected=expected)


async def withhold(
    session: AsyncSession,
    actor: Actor,
    article_id: UUID,
    version: int,
    *,
    expected: Expectation,
    status: Literal[410, 451] = 410,
) -> Article:
    """Take one earlier version out of the public history. The live one is withdrawn instead."""
    actor.require(Scope.ARTICLES_PUBLISH)
    [article] = await queries.lock(session, [article_id])
    expected(edit_etag(article.edit))
    await checks.is_the_actors(session, actor, await queries.content(session, article))
    if article.live_version == version:
        raise Conflict("This version is live. Publish a changed one, or withdraw the article.")
    if not await store.withhold_version(session, article_id, version, status=status):
        raise NotFound("There is no such version.")
    await drafting.touch(session, article)
    return article


async def _publish(session: AsyncSession, actor: Actor, taken: Snapshot, options: Options) -> None:
    article = taken.article
    await checks.is_the_actors(session, actor, taken.content)
    now = await _now(session)
    overridden = _check(taken, now, despite=options.despite)
    path = await addresses.claim(session, taken, _dates(taken, now, options).published_at)
    made = _render(taken, path, now, options)
    dates = _dates(taken, now, options)
    article.path = path
    article.versions += 1
    article.live_version = article.versions
    article.live_revision = article.revision
    article.first_published_at = dates.first_published_at
    article.published_at = dates.published_at
    article.updated_at = dates.updated_at
    article.withdrawn_at = article.withdrawn_status = article.withdrawn_notice = None
    await drafting.touch(session, article)
    pending.add(session, made)
    tell = log.debug if options.quiet else log.info
    tell("article_published", id=str(article.id), version=article.versions, actor=actor.name)
    if overridden:
        log.warning(
            "citation_errors_overridden", id=str(article.id), version=article.versions,
            actor=actor.name, reason=options.despite, errors=len(overridden),
        )  # fmt: skip


def _render(taken: Snapshot, path: str, now: datetime, options: Options) -> Pending:
    return rendering.new_version(
        taken,
        path=path,
        version=taken.article.versions + 1,
        moments=_dates(taken, now, options),
        minor=options.minor,
        quiet=options.quiet,
    )


def _check(taken: Snapshot, now: datetime, *, despite: str | None) -> list[Fault]:
    """Raise Invalid, naming everything that stands in the way of publishing. Returns what was
    overridden: errors in citations, `despite` of which there is a reason to publish."""
    faults, doubts = obstacles.obstacles(taken, now), obstacles.of_citations(taken)
    if faults or (doubts and despite is None):
        way_out = " Errors in citations can be overridden: send a reason as `despite`."
        detail = "The article cannot be published as it is." + (way_out if doubts else "")
        raise Invalid(detail, faults=[*faults, *doubts])
    return doubts


def _dates(taken: Snapshot, now: datetime, options: Options) -> Moments:
    article, content = taken.article, taken.content
    first = article.first_published_at or content.published_at or now
    published = content.published_at or first
    if content.updated_at is not None:
        updated = max(content.updated_at, published)
    elif article.updated_at is None:
        updated = published
    else:
        updated = article.updated_at if options.minor else now
    return Moments(
        first_published_at=_second(first),
        published_at=_second(published),
        updated_at=_second(updated),
        modified_at=now,
    )


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


async def _now(session: AsyncSession) -> datetime:
    return _second(await transaction_time(session))
