"""An article's snapshot to the write that makes it public."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.editing.series import numbers
from app.published.writes import Listed, Published, Put
from app.publishing import feed_members, indexing, render
from app.publishing.citing import cited
from app.publishing.films import public_film
from app.publishing.pending import Pending
from app.publishing.render import Moments, Rendered
from app.publishing.snapshot import Snapshot

NOT_FOR_PARTNERS = {"syndication": False}
"""What is noted beside a document that must not be passed on (`app.published.feed_lists`)."""


def new_version(
    snapshot: Snapshot, *, path: str, version: int, moments: Moments, minor: bool, quiet: bool
) -> Pending:
    """The next version of an article, as publishing it now makes it."""
    newly = [
        correction
        for correction in snapshot.content.corrections
        if correction.id not in snapshot.corrections
    ]
    made = render.article(snapshot, path=path, version=version, moments=moments)
    kept = made.views
    if snapshot.related or snapshot.translations:
        alone = replace(snapshot, related=[], translations=[])
        kept = render.views(alone, path=path, version=version, moments=moments)
    assert kept.app is not None
    published = Published(
        published_at=moments.modified_at,
        minor=minor,
        headline=snapshot.content.headline,
        corrections=[correction.model_dump(mode="json") for correction in newly],
        full=kept.full,
        app=kept.app,
    )
    return _pending(
        snapshot, made, path=path, version=version, moments=moments, change="upsert",
        quiet=quiet, published=published,
    )  # fmt: skip


def refreshed(
    snapshot: Snapshot, *, now: datetime, because: tuple[str, UUID] | None = None
) -> Pending | None:
    """The live version in new bytes; None where they would be the same, in the same lists."""
    article, live = snapshot.article, snapshot.live
    first, published, updated = (
        article.first_published_at, article.published_at, article.updated_at,
    )  # fmt: skip
    if live is None or article.live_version is None or article.path is None:
        return None
    assert first and published and updated, "whatever is live has its dates"

    def moments(modified_at: datetime) -> Moments:
        return Moments(
            first_published_at=first,
            published_at=published,
            updated_at=updated,
            modified_at=modified_at,
        )

    as_it_was = render.article(
        snapshot, path=article.path, version=article.live_version,
        moments=moments(live.modified_at),
    )  # fmt: skip
    besides = _besides(as_it_was, listed(snapshot, article.path, moments(live.modified_at)))
    same = as_it_was.views.etag == live.etag and besides == snapshot.besides
    if same and live.status == 200:
        return None
    dated = render.views(
        snapshot, path=article.path, version=article.live_version, moments=moments(now)
    )
    return _pending(
        snapshot, replace(as_it_was, views=dated), path=article.path,
        version=article.live_version, moments=moments(now), change="refresh", quiet=True,
        because=because,
    )  # fmt: skip


def _pending(
    snapshot: Snapshot,
    made: Rendered,
    *,
    path: str,
    version: int,
    moments: Moments,
    change: str,
    quiet: bool,
    published: Published | None = None,
    because: tuple[str, UUID] | None = None,
) -> Pending:
    write = Put(
        id=snapshot.article.id,
        kind="article",
        change=change,
        version=version,
        modified_at=moments.modified_at,
        views=made.views,
        path=path,
        edition=snapshot.edition.code,
        quiet=quiet,
        listed=listed(snapshot, path, moments),
        curated=snapshot.curated,
        external_ids=snapshot.external_ids,
        published=published,
        citations=made.citations,
        exports=made.exports,
        video=made.video,
        tracks=made.tracks,
        because=because,
        meta={} if feed_members.may_be_syndicated(snapshot.content) else NOT_FOR_PARTNERS,
    )
    live = snapshot.live
    return Pending(
        write=write,
        seen=snapshot.seq,
        subjects=snapshot.subjects,
        names=frozenset(
            {("person", identity) for identity in snapshot.people}
            | {("topic", identity) for identity in snapshot.topics}
            | {("asset", asset.id) for asset in snapshot.assets.values() if asset.is_public}
            | snapshot.sources.names
        ),
        told=snapshot.sources.told,
        translations=frozenset(snapshot.translation_ids),
        card_changed=live is None or live.status != 200 or live.card != made.views.card,
        feeds=frozenset((feed.id, feed.edit) for feed in snapshot.feeds),
    )


def _besides(made: Rendered, lists: Listed) -> frozenset[str]:
    """As `Snapshot.besides`."""
    etags = {each.etag for each in made.citations} | {each.etag for each in made.exports}
    etags |= {f"{track.name} {track.etag}" for track in made.tracks}
    if made.video:
        etags.add(made.video.etag)
    return frozenset(etags | {str(key) for key in lists.everywhere})


def listed(snapshot: Snapshot, path: str, moments: Moments) -> Listed:
    """The article is in the lists of its edition, sections (and those above), topics, people,
    series; of what it cites where anyone may read it; and in the saved feeds that ask for it."""
    keys: set[UUID] = {snapshot.edition.id}
    keys |= snapshot.sections.keys() | snapshot.topics.keys() | snapshot.people.keys()
    keys |= {identity for _, identity in cited.open_sources(snapshot).names}
    series, episode = snapshot.series, snapshot.content.episode
    place: tuple[UUID, int] | None = None
    if series and episode and series.public:
        place = (series.id, numbers.place(episode.season, episode.number))
        keys.add(series.id)
    made = Listed(
        keys=frozenset(keys),
        episode=place,
        published_at=moments.published_at,
        updated_at=moments.updated_at,
        edition=snapshot.edition.code,
        language=snapshot.edition.language,
        format=snapshot.content.format,
        genre=snapshot.content.genre,
        has_video=public_film(snapshot.lead, snapshot.content) is not None,
        indexed=indexing.is_indexed(snapshot, path),
    )
    syndicable = feed_members.may_be_syndicated(snapshot.content)
    feeds = feed_members.having(snapshot.feeds, made, syndicable=syndicable)
    return replace(made, keys=made.keys | feeds)
