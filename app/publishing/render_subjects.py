"""PURE: the site, editions, sections, people, topics and collections to their public shapes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from app.editing.collections.models import Collection
from app.editing.extras import public_extras
from app.editing.people.models import Person
from app.editing.sections.models import Section
from app.editing.sections.tree import Tree, lineage
from app.editing.site.models import Edition, Site
from app.editing.topics.models import Topic
from app.published import document, feed_names
from app.published.paths import encode
from app.publishing.names import (
    canonical_url,
    edition_path,
    name_in,
    person_path,
    section_path,
    topic_path,
)
from app.publishing.pictures import Assets, image_shape
from app.publishing.render import section_ref

Schema = dict[str, Any] | None

LINKS = {
    "articles": "/v1/articles",
    "sections": "/v1/sections",
    "videos": "/v1/videos",
    "streams": "/v1/streams",
    "series": "/v1/series",
    "tv_home": "/v1/tv/home",
    "feeds": "/v1/feeds",
    "opml": "/feeds.opml",
    "sitemap": "/sitemap.xml",
    "oembed": "/oembed",
    "resolve": "/v1/resolve",
    "openapi": "/openapi.json",
    "docs": "/docs",
}


def site_document(
    site: Site, editions: Sequence[Edition], assets: Assets, modified_at: datetime
) -> document.Site:
    addresses = sorted(site.addresses, key=lambda each: (each["kind"] != "canonical",
                                                         each["priority"]))  # fmt: skip
    return document.Site.model_validate(
        {
            "id": site.id,
            "name": site.name,
            "tagline": site.tagline,
            "publisher": {
                **site.publisher,
                "logo": image_shape(site.publisher.get("logo"), assets),
            },
            "policies": site.policies,
            "history": site.history,
            "addresses": addresses,
            "editions": [edition_document(site, edition, modified_at) for edition in editions],
            "links": LINKS,
            "hubs": site.hubs,
            "index_now_key": (site.index_now or {}).get("key"),
            "search_url": site.search_url,
            "robots": site.robots,
            "trust": {name: urls for name, urls in site.trust.items() if urls},
            "modified_at": modified_at,
        }
    )


def edition_document(site: Site, edition: Edition, modified_at: datetime) -> document.Edition:
    path = edition_path(edition)
    return document.Edition(
        id=edition.id,
        code=edition.code,
        name=edition.name,
        language=edition.language,
        direction=edition.direction,
        time_zone=edition.time_zone,
        path=encode(path),
        canonical_url=canonical_url(site, edition, path),
        is_default=edition.is_default,
        sections=f"/v1/sections?edition={edition.code}",
        articles=f"/v1/articles?edition={edition.code}",
        feeds=feed_names.of_edition(edition.code),
        modified_at=modified_at,
    )


def section_tree(edition: Edition, visible: Tree) -> document.SectionTree:
    """`visible` has the sections of the edition that readers see."""

    def below(parent_id: UUID | None) -> list[document.SectionNode]:
        return [
            document.SectionNode(
                id=section.id,
                name=section.name,
                slug=section.slug,
                path=encode(section_path(edition, section)),
                description=section.description,
                children=below(section.id),
            )
            for section in visible.children(parent_id)
        ]

    return document.SectionTree(
        edition=edition.code,
        language=edition.language,
        direction=edition.direction,
        items=below(None),
    )


def section_document(
    site: Site,
    edition: Edition,
    section: Section,
    visible: Tree,
    schema: Schema,
    modified_at: datetime,
) -> document.Section:
    above = lineage(visible, section)[1:]
    path = section_path(edition, section)
    url = canonical_url(site, edition, path)
    return document.Section.model_validate(
        {
            "id": section.id,
            "edition": edition.code,
            "language": edition.language,
            "direction": edition.direction,
            "name": section.name,
            "slug": section.slug,
            "path": encode(path),
            "canonical_url": url,
            "description": section.description,
            "breadcrumbs": [section_ref(each, edition) for each in reversed(above)],
            "parent": section_ref(above[0], edition) if above else None,
            "children": [section_ref(each, edition) for each in visible.children(section.id)],
            "articles": f"/v1/articles?section={section.id}",
            "feeds": feed_names.addresses(feed_names.section_place(path)),
            "share": {"url": url, "title": section.name, "text": section.description},
            "external_ids": section.external_ids,
            "extras": public_extras(schema, section.extras),
            "modified_at": modified_at,
        }
    )


def person_document(
    site: Site,
    language: str,
    person: Person,
    assets: Assets,
    schema: Schema,
    modified_at: datetime,
) -> document.Person:
    path = person_path(person.slug)
    image = image_shape(person.image, assets)
    url = canonical_url(site, None, path)
    name = name_in(language, person.names, person.name)
    return document.Person.model_validate(
        {
            "id": person.id,
            "slug": person.slug,
            "name": name,
            "names": person.names,
            "role": person.role,
            "bio": person.bio,
            "image": image,
            "links": person.links,
            "path": encode(path),
            "canonical_url": url,
            "articles": f"/v1/articles?person={person.id}",
            "feeds": feed_names.addresses(feed_names.named_place("person", person.slug)),
            "share": {
                "url": url,
                "title": name,
                "text": person.role,
                "image": image,
            },
            "external_ids": person.external_ids,
            "extras": public_extras(schema, person.extras),
            "modified_at": modified_at,
        }
    )


def topic_document(
    site: Site, language: str, topic: Topic, schema: Schema, modified_at: datetime
) -> document.Topic:
    path = topic_path(topic.slug)
    url = canonical_url(site, None, path)
    name = name_in(language, topic.names, topic.name)
    return document.Topic.model_validate(
        {
            "id": topic.id,
            "slug": topic.slug,
            "name": name,
            "names": topic.names,
            "topic_kind": topic.kind,
            "description": topic.description,
            "same_as": topic.same_as,
            "path": encode(path),
            "canonical_url": url,
            "articles": f"/v1/articles?topic={topic.id}",
            "feeds": feed_names.addresses(feed_names.named_place("topic", topic.slug)),
            "share": {"url": url, "title": name},
            "external_ids": topic.external_ids,
            "extras": public_extras(schema, topic.extras),
            "modified_at": modified_at,
        }
    )


def collection_document(
    edition: Edition, collection: Collection, schema: Schema, modified_at: datetime
) -> bytes:
    """The header alone: the cards of its articles are put in when it is read."""
    shape = document.Collection.model_validate(
        {
            "id": collection.id,
            "slug": collection.slug,
            "edition": edition.code,
            "language": edition.language,
            "direction": edition.direction,
            "title": collection.title,
            "description": collection.description,
            "extras": public_extras(schema, collection.extras),
            "modified_at": modified_at,
        }
    )
    return shape.model_dump_json(exclude={"items"}).encode()
