"""All the reads of a publish: one article with everything that will show in its public form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.articles.content import Content
from app.editing.articles.media import uses
from app.editing.articles.models import Article
from app.editing.assets.models import Asset
from app.editing.captions.models import Caption
from app.editing.people.models import Person
from app.editing.sections.models import Section
from app.editing.series.models import Series
from app.editing.site.models import Edition, Site
from app.editing.topics.models import Topic
from app.errors import Fault
from app.publishing import assets as media
from app.publishing import captioning, named_rows, own_rows, sources
from app.publishing.depicting import depict
from app.publishing.feed_members import SavedQuery
from app.publishing.named_rows import Live, NamedRows
from app.publishing.own_rows import OwnRows
from app.publishing.pictures import wanted
from app.publishing.sources import Sources


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """`seq` is the head of the change log when the reading began: what changed later is not in.

    `besides` is what is public of the article besides its document: the ETags of its citations,
    exports, video and tracks, and the lists that it is in.

    `written` is the content as the desk has it. `content` has its assets put in, `lead` and `image`
    are in their public shape; `unfit` names the assets that readers may not have, which are left
    out.
    """

    seq: int
    site: Site
    edition: Edition
    article: Article
    written: Content
    content: Content
    sections: dict[UUID, Section]
    people: dict[UUID, Person]
    topics: dict[UUID, Topic]
    series: Series | None
    assets: dict[UUID, Asset]
    captions: dict[UUID, list[Caption]]
    lead: dict[str, Any] | None
    image: dict[str, Any] | None
    unfit: list[Fault]
    sources: Sources
    related: list[dict[str, Any]]
    translations: list[dict[str, Any]]
    translation_ids: list[UUID]
    curated: dict[UUID, dict[UUID, int]]
    external_ids: list[tuple[str, str]]
    feeds: list[SavedQuery]
    corrections: dict[UUID, int]
    extras_schema: dict[str, Any] | None
    live: Live | None
    besides: frozenset[str]

    def lineage(self, section_id: UUID) -> list[Section]:
        """The section and those above it, from the top down."""
        chain: list[Section] = []
        step: UUID | None = section_id
        while step is not None:
            chain.append(self.sections[step])
            step = self.sections[step].parent_id
        return chain[::-1]

    @property
    def subjects(self) -> frozenset[UUID]:
        """Everything whose change makes this document old."""
        return frozenset(
            {self.site.id, self.edition.id}
            | self.sections.keys()
            | self.people.keys()
            | self.topics.keys()
            | ({self.series.id} if self.series else set())
            | self.assets.keys()
            | set(self.content.related_ids)
            | set(self.translation_ids)
            | self.sources.ids
        )


async def load(
    session: AsyncSession,
    articles: Sequence[Article],
    *,
    live_revision: bool = False,
    held: bool = True,
) -> list[Snapshot]:
    """Snapshots of articles that the caller has locked, in the same order.

    `live_revision` takes the content that is public now (a refresh) instead of the newest one.
    `held`: until the commit nobody changes their assets, whose edits leave no trace in the log
    before readers have them. Only where nothing is written they need not be.
    """
    own = await own_rows.load(session, articles, live_revision=live_revision)
    contents = own.contents.values()
    embedded = await named_rows.load(
        session,
        sections={identity for content in contents for identity in content.all_section_ids},
        people={identity for content in contents for identity in content.person_ids},
        topics={identity for content in contents for identity in content.topic_ids},
        series={content.episode.series_id for content in contents if content.episode},
        documents={article.id for article in articles}
        | {identity for content in contents for identity in content.related_ids}
        | {identity for group in own.translations.values() for identity in group},
    )
    cited = await sources.load(
        session, [citation for content in contents for citation in content.public_citations]
    )
    assets = await media.load(
        session, [use.asset_id for content in contents for use in uses(content)], held=held
    )
    captions = await captioning.load(session, assets.values())
    return [_snapshot(article, own, embedded, cited, assets, captions) for article in articles]


def _snapshot(
    article: Article,
    own: OwnRows,
    embedded: NamedRows,
    cited: Sources,
    assets: dict[UUID, Asset],
    captions: dict[UUID, list[Caption]],
) -> Snapshot:
    content = own.contents[article.id]
    depicted = depict(content, assets)
    lead, shown = captioning.listed(article.id, depicted.lead, depicted.content, captions)
    translations = own.translations.get(article.id, [])
    return Snapshot(
        seq=own.seq,
        site=own.site,
        edition=own.editions[article.edition_id],
        article=article,
        written=content,
        content=shown,
        sections=_lineages(embedded.sections, content.all_section_ids),
        people={identity: embedded.people[identity] for identity in content.person_ids},
        topics={identity: embedded.topics[identity] for identity in content.topic_ids},
        series=embedded.series[content.episode.series_id] if content.episode else None,
        assets=_used(content, assets),
        captions=captions,
        lead=lead,
        image=depicted.image,
        unfit=depicted.faults,
        sources=cited.of(content.public_citations),
        related=embedded.cards(content.related_ids),
        translations=embedded.cards(translations),
        translation_ids=translations,
        curated={
            identity: places for identity, places in own.curated.items() if article.id in places
        },
        external_ids=own.external_ids.get(article.id, []),
        feeds=own.feeds,
        corrections=own.corrections.get(article.id, {}),
        extras_schema=own.extras_schema,
        live=embedded.documents.get(article.id),
        besides=frozenset(each for (each,) in own.besides.get(article.id, ())),
    )


def _used(content: Content, assets: dict[UUID, Asset]) -> dict[UUID, Asset]:
    named = {use.asset_id for use in uses(content)} & assets.keys()
    return {
        identity: assets[identity]
        for identity in named | (wanted(assets[each] for each in named) & assets.keys())
    }


def _lineages(sections: dict[UUID, Section], identities: Iterable[UUID]) -> dict[UUID, Section]:
    chosen: dict[UUID, Section] = {}
    for identity in identities:
        step: UUID | None = identity
        while step is not None and step not in chosen:
            chosen[step] = sections[step]
            step = sections[step].parent_id
    return chosen
