"""PURE: a snapshot of an article to its public bytes. No I/O, no clock, no settings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from app.editing.articles.content import Content, CorrectionInput
from app.editing.extras import public_extras
from app.editing.people.models import Person
from app.editing.sections.models import Section
from app.editing.series.models import Series
from app.editing.site.models import Edition
from app.editing.topics.models import Topic
from app.published.document import Article, Card
from app.published.paths import encode
from app.published.writes import Cited, Exported, Filmed, Track, Views
from app.publishing import render_body, videos
from app.publishing.citing import cited
from app.publishing.citing.sourcing import sourcing
from app.publishing.markers import mark
from app.publishing.names import (
    canonical_url,
    name_in,
    person_path,
    section_path,
    series_path,
    topic_path,
)
from app.publishing.pictures import image_shape
from app.publishing.snapshot import Snapshot

SHORT_HEADLINE = 60


@dataclass(frozen=True, kw_only=True)
class Moments:
    """The dates that readers see, decided by whoever publishes."""

    first_published_at: datetime
    published_at: datetime
    updated_at: datetime
    modified_at: datetime


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """All that is public of an article, as bytes."""

    views: Views
    citations: list[Cited]
    exports: list[Exported]
    video: Filmed | None
    tracks: list[Track]


def article(snapshot: Snapshot, *, path: str, version: int, moments: Moments) -> Rendered:
    """The document in all its forms. `path` is decoded, as `published.paths` keeps it."""
    fields = _fields(snapshot, path=path, version=version, moments=moments)
    shown = cited.open_citations(snapshot.content, fields["citations"])
    video, tracks = videos.video(snapshot, fields, shown)
    return Rendered(
        views=_views(snapshot.content, fields),
        citations=cited.rows(shown, fields, snapshot) if shown else [],
        exports=cited.exports(shown, fields, snapshot) if shown else [],
        video=video,
        tracks=tracks,
    )


def views(snapshot: Snapshot, *, path: str, version: int, moments: Moments) -> Views:
    """The document alone."""
    fields = _fields(snapshot, path=path, version=version, moments=moments)
    return _views(snapshot.content, fields)


def _views(content: Content, fields: dict[str, Any]) -> Views:
    body = mark(content.body, content.public_citations)
    if content.access.level == "free":
        return Views(
            card=_card(fields),
            full=_article(fields, body, "full"),
            app=_article(fields, body, "app"),
        )
    cut = {
        **fields,
        "access": {**fields["access"], "cut": True},
        "lead": _without_transcript(fields["lead"]),
        "citations": cited.open_citations(content, fields["citations"]),
    }
    open_part = mark(render_body.open_body(content), content.public_citations)
    return Views(
        card=_card(cut),
        full=_article(cut, open_part, "full"),
        app=_article(cut, open_part, "app"),
        whole_full=_article(fields, body, "full"),
        whole_app=_article(fields, body, "app"),
    )


def _without_transcript(lead: dict[str, Any] | None) -> dict[str, Any] | None:
    """What stands above a restricted article is for all, what is said in it is not."""
    if lead is None or lead["kind"] == "image":
        return lead
    return {**lead, lead["kind"]: {**lead[lead["kind"]], "transcript": None}}


def _article(
    fields: dict[str, Any], blocks: list[dict[str, Any]], form: Literal["full", "app"]
) -> bytes:
    body = render_body.public_blocks(blocks, form)
    return Article.model_validate({**fields, "body": body}).model_dump_json().encode()


def _card(fields: dict[str, Any]) -> bytes:
    return Card.model_validate(fields).model_dump_json().encode()


def _fields(snapshot: Snapshot, *, path: str, version: int, moments: Moments) -> dict[str, Any]:
    content, edition = snapshot.content, snapshot.edition
    image = _image(snapshot)
    url = canonical_url(snapshot.site, edition, path)
    bylines = [_byline(byline, snapshot) for byline in content.bylines]
    sections = [
        section_ref(snapshot.sections[identity], edition) for identity in content.all_section_ids
    ]
    words = render_body.word_count(content.body)
    summary = (
        content.summary
        or content.standfirst
        or render_body.first_text(render_body.open_body(content))
    )
    lead = snapshot.lead
    playable = lead.get("video") or lead.get("audio") if lead else None
    return {
        "id": snapshot.article.id,
        "edition": edition.code,
        "language": edition.language,
        "direction": edition.direction,
        "format": content.format,
        "genre": content.genre,
        "path": encode(path),
        "external_ids": [
            {"system": system, "id": identity} for system, identity in snapshot.external_ids
        ],
        "headline": content.headline,
        "headline_short": content.headline_short
        or render_body.shorten(content.headline, SHORT_HEADLINE),
        "kicker": content.kicker,
        "standfirst": content.standfirst,
        "summary": summary,
        "byline_text": content.byline_text or _byline_text(bylines),
        "section": sections[0],
        **_instalment(snapshot),
        "image": image,
        "duration": playable["duration"] if playable else None,
        "access": content.access.model_dump(),
        "sponsor": content.sponsor.model_dump() if content.sponsor else None,
        "flags": content.flags.model_dump(),
        "published_at": moments.published_at,
        "updated_at": moments.updated_at,
        "version": version,
        "reading_time": render_body.reading_time(words),
        "canonical_url": url,
        "bylines": bylines,
        "dateline": content.dateline,
        "breadcrumbs": [
            section_ref(section, edition) for section in snapshot.lineage(content.section_id)
        ],
        "sections": sections,
        "topics": [topic_ref(snapshot.topics[i], edition) for i in content.topic_ids],
        "lead": lead,
        "citations": cited.citations(snapshot),
        "sourcing": sourcing(content.public_citations, snapshot.sources),
        "corrections": corrections(snapshot, version),
        "related": snapshot.related,
        "alternates": [_alternate(card) for card in snapshot.translations],
        "share": {
            "url": content.seo.canonical_url or url,
            "title": content.headline,
            "text": summary,
            "image": image,
        },
        "rights": content.rights.model_dump(),
        "comments": content.comments.model_dump(),
        "seo": content.seo.model_dump(),
        "syndicated_from": (
            content.syndicated_from.model_dump() if content.syndicated_from else None
        ),
        "extras": public_extras(snapshot.extras_schema, content.extras),
        "first_published_at": moments.first_published_at,
        "modified_at": moments.modified_at,
        "word_count": words,
    }


def _instalment(snapshot: Snapshot) -> dict[str, Any]:
    """A series that readers do not have is none."""
    series, episode = snapshot.series, snapshot.content.episode
    if series is None or episode is None or not series.public:
        return {"series": None, "episode": None}
    return {"series": series_ref(series), "episode": episode.model_dump(exclude={"series_id"})}


def section_ref(section: Section, edition: Edition) -> dict[str, Any]:
    return {
        "id": section.id,
        "name": section.name,
        "path": encode(section_path(edition, section)),
    }


def person_ref(person: Person, edition: Edition) -> dict[str, Any]:
    return {
        "id": person.id,
        "slug": person.slug,
        "name": name_in(edition.language, person.names, person.name),
        "path": encode(person_path(person.slug)),
    }


def series_ref(series: Series) -> dict[str, Any]:
    return {
        "id": series.id,
        "slug": series.slug,
        "title": series.title,
        "path": encode(series_path(series.slug)),
    }


def topic_ref(topic: Topic, edition: Edition) -> dict[str, Any]:
    return {
        "id": topic.id,
        "slug": topic.slug,
        "name": name_in(edition.language, topic.names, topic.name),
        "kind": topic.kind,
        "path": encode(topic_path(topic.slug)),
    }


def corrections(snapshot: Snapshot, version: int) -> list[dict[str, Any]]:
    """The public notes, the newest first; those that are new belong to this version."""

    def note(correction: CorrectionInput) -> dict[str, Any]:
        return {
            "id": correction.id,
            "kind": correction.kind,
            "text": correction.text,
            "at": correction.at,
            "version": snapshot.corrections.get(correction.id, version),
        }

    notes = [note(correction) for correction in snapshot.content.corrections]
    return sorted(notes, key=lambda each: each["at"], reverse=True)


def _byline(byline: Any, snapshot: Snapshot) -> dict[str, Any]:
    person = snapshot.people[byline.person_id] if byline.person_id else None
    ref = person_ref(person, snapshot.edition) if person else None
    return {
        "person": ref,
        "name": byline.name or (ref["name"] if ref else ""),
        "role": byline.role,
        "organisation": byline.organisation,
    }


def _byline_text(bylines: list[dict[str, Any]]) -> str | None:
    return ", ".join(byline["name"] for byline in bylines) or None


def _alternate(card: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": card["id"],
        "kind": "translation",
        "edition": card["edition"],
        "language": card["language"],
        "headline": card["headline"],
        "path": card["path"],
    }


def _image(snapshot: Snapshot) -> dict[str, Any] | None:
    """The picture for lists: the chosen one, or the lead's, or the first in the body."""
    if snapshot.image:
        return snapshot.image
    lead = snapshot.lead or {}
    playable = lead.get("video") or lead.get("audio") or {}
    first = render_body.lead_image(render_body.open_body(snapshot.content))
    return lead.get("image") or playable.get("poster") or image_shape(first)
