"""Articles of an import, kept and published in the transaction of the caller.

Each is written in a savepoint of its own: one that cannot be taken does not take others with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import psycopg
import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.articles import commands, queries
from app.editing.articles.models import Article
from app.editing.articles.schemas import ArticleSave
from app.editing.collections import commands as collections
from app.editing.collections.models import Collection
from app.editing.collections.schemas import CollectionCreate, CollectionPlace
from app.editing.expectation import anything
from app.editing.external_ids import LONGEST_ID, ExternalIdInput
from app.errors import Conflict, MastheadError, PreconditionMissing
from app.exchange.media.known import put_in
from app.exchange.reasons import told
from app.exchange.wordpress import citing
from app.exchange.wordpress.drafts import Draft
from app.exchange.wordpress.report import Item
from app.exchange.wordpress.subjects import Desk
from app.feeds.items import EARLIER_ID
from app.published import paths
from app.publishing import commands as publishing
from app.publishing.commands import Options

_OF_THE_DATABASE = (SQLAlchemyError, psycopg.Error)
"""What stops the import: it would meet the next post too, and the next run goes on from here."""

log = structlog.get_logger()


@dataclass
class _Taken:
    """What was done with one draft so far."""

    draft: Draft
    item: Item
    to_publish: bool = False
    cited: list[Item] = field(default_factory=list)


async def take(session: AsyncSession, desk: Desk, drafts: Sequence[Draft]) -> list[Item]:
    """Keep and publish up to a hundred articles. Nobody is notified."""
    claimed: set[str] = set()
    taken = [await _kept(session, desk, draft, claimed) for draft in drafts]
    await _publish(session, desk, [one for one in taken if one.to_publish])
    for one in taken:
        if one.draft.post.sticky and one.item.outcome == "imported" and one.item.state == "live":
            await _feature(session, desk, one)
    return [item for one in taken for item in (one.item, *one.cited, *_citations(one))]


async def _kept(session: AsyncSession, desk: Desk, draft: Draft, claimed: set[str]) -> _Taken:
    item = Item(
        draft.post.type, draft.post.id, draft.save.headline, "unchanged",
        reason=draft.reason, notes=tuple(draft.notes),
    )  # fmt: skip
    try:
        async with session.begin_nested():
            return await _keep(session, desk, draft, item, claimed)
    except PreconditionMissing:
        reason = "changed at the desk since the last import: left as it is there"
        our_id = await queries.by_external(session, desk.system, draft.post.id)
        return _Taken(draft, replace(item, outcome="left", our_id=our_id, reason=reason))
    except MastheadError as error:
        return _Taken(draft, replace(item, outcome="failed", reason=told(error)))
    except _OF_THE_DATABASE:
        raise
    except Exception as error:
        log.exception("post_not_kept", post=draft.post.id)
        return _Taken(draft, replace(item, outcome="failed", reason=told(error)))


async def _keep(
    session: AsyncSession, desk: Desk, draft: Draft, item: Item, claimed: set[str]
) -> _Taken:
    known = await queries.by_external(session, desk.system, draft.post.id)
    before = 0
    if known is not None:
        article = await queries.get(session, known)
        before = article.revision
        if reason := _left(article, draft):
            state = "live" if article.is_live else article.stage
            return _Taken(draft, replace(item, outcome="left", our_id=known, state=state,
                                         reason=reason))  # fmt: skip
    save = put_in(await _with_free_path(session, draft, known, claimed), desk.assets)
    if save.path != draft.save.path:
        item = replace(item, notes=(*item.notes, "something else lives at its old path: it has "
                                    "one made by the edition's pattern"))  # fmt: skip
    if known is None:
        save = save.model_copy(update={"external_ids": await _ids_in_feeds(session, draft)})
    cited: list[Item] = []
    if draft.sources is not None:
        citations, cited = await citing.cited(session, desk, draft.sources)
        save = save.model_copy(update={"citations": citations})
    saved, created = await commands.upsert_external(
        session, desk.actor, desk.system, draft.post.id, save, expected=None,
        edition=desk.edition.code,
    )  # fmt: skip
    article = saved.article
    if article.revision != before:
        item = replace(item, outcome="imported" if created else "updated")
        stage = {"live": "ready", "review": "review", "draft": "draft"}[draft.goal]
        await commands.move_stage(session, desk.actor, article.id, stage, expected=anything)
    to_publish = draft.goal == "live" and article.live_revision != article.revision
    state = "live" if article.is_live else article.stage
    return _Taken(draft, replace(item, our_id=article.id, state=state), to_publish, cited)


def _citations(one: _Taken) -> list[Item]:
    """Those of an article that was taken, as items: they come out as it does."""
    if one.item.outcome not in ("imported", "updated", "unchanged"):
        return []
    return [
        Item("citation", str(source.fields["id"]), one.item.title, one.item.outcome)
        for source in one.draft.sources or ()
    ]


def _left(article: Article, draft: Draft) -> str | None:
    """Why the article is not touched, whatever the file says."""
    if article.withdrawn_at is not None:
        return "withdrawn at the desk: left as it is there"
    if article.is_live and draft.goal != "live":
        there = f"{draft.post.status}{', with a password' if draft.post.password else ''}"
        return f"is live here, but not public in the file ({there}): left live"
    return None


async def _with_free_path(
    session: AsyncSession, draft: Draft, known: UUID | None, claimed: set[str]
) -> ArticleSave:
    path = draft.save.path
    if path is None:
        return draft.save
    owner = await paths.owner(session, path)
    if path in claimed or (owner is not None and owner != known):
        return draft.save.model_copy(update={"path": None})
    claimed.add(path)
    return draft.save


async def _ids_in_feeds(session: AsyncSession, draft: Draft) -> list[ExternalIdInput]:
    """By what feed readers know it, unless another has that: there are exports with copies."""
    guid = draft.post.guid
    if draft.goal != "live" or not 0 < len(guid) <= LONGEST_ID:
        return []
    taken = await queries.by_external(session, EARLIER_ID, guid) is not None
    return [] if taken else [ExternalIdInput(system=EARLIER_ID, id=guid)]


async def _publish(session: AsyncSession, desk: Desk, wanted: Sequence[_Taken]) -> None:
    """All at once; where something stands in the way of that, one by one."""
    identities = [one.item.our_id for one in wanted if one.item.our_id]
    options = Options(quiet=True, despite="It was public as it is.")
    if not identities:
        return
    try:
        async with session.begin_nested():
            await publishing.publish_many(session, desk.actor, identities, options=options)
    except _OF_THE_DATABASE:
        raise
    except Exception:
        for one in wanted:
            await _publish_one(session, desk, one, options)
    else:
        for one in wanted:
            one.item = _now_live(one.item)


async def _publish_one(session: AsyncSession, desk: Desk, one: _Taken, options: Options) -> None:
    assert one.item.our_id is not None
    try:
        async with session.begin_nested():
            await publishing.publish(
                session, desk.actor, one.item.our_id, expected=anything, options=options
            )
    except MastheadError as error:
        one.item = replace(one.item, reason=f"cannot be published: {told(error)}")
    except _OF_THE_DATABASE:
        raise
    except Exception as error:
        log.exception("post_not_published", post=one.item.id)
        one.item = replace(one.item, reason=f"cannot be published: {told(error)}")
    else:
        one.item = _now_live(one.item)


def _now_live(item: Item) -> Item:
    outcome = "updated" if item.outcome == "unchanged" else item.outcome
    return replace(item, outcome=outcome, state="live")


async def _feature(session: AsyncSession, desk: Desk, one: _Taken) -> None:
    """Put what was sticky into the collection that is called Featured."""
    assert one.item.our_id is not None
    try:
        async with session.begin_nested():
            collection_id = await _featured(session, desk)
            place = CollectionPlace(article_id=one.item.our_id)
            await collections.put_article(session, desk.actor, collection_id, place)
    except Conflict as error:
        one.item = replace(one.item, notes=(*one.item.notes, f"not featured: {error.detail}"))


async def _featured(session: AsyncSession, desk: Desk) -> UUID:
    for slug in ("featured", f"featured-{desk.edition.code}"):
        query = select(Collection).where(Collection.slug == slug)
        found = (await session.execute(query)).scalar_one_or_none()
        if found is None:
            draft = CollectionCreate(edition=desk.edition.code, title="Featured", slug=slug)
            return (await collections.create(session, desk.actor, draft)).id
        if found.edition_id == desk.edition.id:
            return found.id
    raise Conflict("The collections called Featured belong to other editions.")
