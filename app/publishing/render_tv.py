"""PURE: the rails of a TV home to the plan by which it is filled. What readers may not see is left
out of it, with its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.editing.collections.models import Collection
from app.editing.rails.schemas import Rail
from app.editing.sections.models import Section
from app.editing.sections.tree import Tree
from app.editing.series.models import Series
from app.editing.site.models import Edition
from app.editing.topics.models import Topic
from app.published.document import SectionRef
from app.published.models import SERIES, STREAMS
from app.published.tv import Plan, PlannedRail, Source
from app.publishing import tv_words
from app.publishing.names import name_in
from app.publishing.render import section_ref


@dataclass(frozen=True, kw_only=True)
class Named:
    """What rails may show, as far as readers have it."""

    collections: Mapping[UUID, Collection] = field(default_factory=dict)
    topics: Mapping[UUID, Topic] = field(default_factory=dict)
    series: Mapping[UUID, Series] = field(default_factory=dict)


def plan(
    edition: Edition, section: Section | None, visible: Tree, rails: Sequence[Rail], named: Named
) -> Plan:
    place = SectionRef.model_validate(section_ref(section, edition)) if section else None
    planned = [_planned(rail, edition, section, visible, named) for rail in rails]
    return Plan(
        edition=edition.code,
        language=edition.language,
        direction=edition.direction,
        section=place,
        rails=[each for each in planned if each],
    )


def _planned(
    rail: Rail, edition: Edition, section: Section | None, visible: Tree, named: Named
) -> PlannedRail | None:
    found = _shown(rail, edition, section, visible, named)
    if found is None:
        return None
    source, key, name, more = found
    return PlannedRail(
        kind=rail.kind,
        title=rail.title or name or tv_words.title(rail.kind, edition.language),
        more=more,
        source=source,
        key=key,
        limit=rail.limit,
        platforms=rail.platforms,
    )


Found = tuple[Source, UUID, str | None, str]
"""From which sort of list, which one, what it is called, and where there is more of it."""


def _shown(
    rail: Rail, edition: Edition, section: Section | None, visible: Tree, named: Named
) -> Found | None:
    if rail.kind == "live":
        return "streams", STREAMS, None, f"/v1/streams?edition={edition.code}&on_air=true"
    if rail.kind == "latest":
        if section is not None:
            return "listing", section.id, None, f"/v1/videos?section={section.id}"
        return "listing", edition.id, None, f"/v1/videos?edition={edition.code}"
    if rail.kind == "series" and rail.series_id is None:
        return "series", SERIES, None, f"/v1/series?edition={edition.code}"
    return _named(rail, edition, visible, named)


def _named(rail: Rail, edition: Edition, visible: Tree, named: Named) -> Found | None:
    if rail.section_id and (shown := visible.by_id.get(rail.section_id)):
        return "listing", shown.id, shown.name, f"/v1/videos?section={shown.id}"
    if rail.topic_id and (topic := named.topics.get(rail.topic_id)):
        name = name_in(edition.language, topic.names, topic.name)
        return "listing", topic.id, name, f"/v1/videos?topic={topic.id}&edition={edition.code}"
    if rail.series_id and (series := named.series.get(rail.series_id)):
        return "listing", series.id, series.title, f"/v1/series/{series.id}/episodes"
    if rail.collection_id and (chosen := named.collections.get(rail.collection_id)):
        source: Source = "alert" if rail.kind == "alert" else "curated"
        return source, chosen.id, chosen.title, f"/v1/collections/{chosen.id}"
    return None
