"""Feeds as nobody would make them: any Unicode of any length, and whatever may be missing missing.

What a strategy gives is what `app.feeds` may meet: addresses are absolute, HTML has been cleaned,
a title has at least one letter. `feeds()` puts all of it together; its parts can be given.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from app.feeds.feed import (
    Author,
    Captions,
    Category,
    Channel,
    Cited,
    Correction,
    Departed,
    Feed,
    FeedItem,
    Film,
    Image,
    Instalment,
    Link,
    Programme,
    Publication,
    Source,
)
from tests.feeds.awkward import (
    BASES,
    LANGUAGES,
    html,
    made,
    maybe,
    moments,
    texts,
    titles,
    tuples,
    uids,
    urls,
    uuids,
    very_long,
)


def images() -> st.SearchStrategy[Image]:
    """Ours in all sizes, or of others with nothing known."""
    media = urls(base=BASES.media)
    names = ("16x9", "4x3", "1x1", "2x3", "tv-1920", "tv-1280", "tv-800")
    every = st.tuples(*(media for _ in names)).map(lambda cuts: dict(zip(names, cuts, strict=True)))
    sizes = st.integers(1, 9000)
    told = {"alt": texts(2), "caption": maybe(texts()), "credit": maybe(texts(2))}
    ours = made(Image, url=media, media_type=st.just("image/jpeg"), width=sizes, height=sizes,
                crops=every, digital_source_type=maybe(st.just(CAPTURED)), **told)  # fmt: skip
    return ours | made(Image, url=media, **told)


CAPTURED = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


def sources(*media_types: str) -> st.SearchStrategy[Source]:
    return made(
        Source,
        url=urls(base=BASES.media),
        media_type=st.sampled_from(media_types),
        width=maybe(st.integers(1, 4000)),
        height=maybe(st.integers(1, 2200)),
        bitrate=maybe(st.integers(1, 10**8)),
        codecs=maybe(st.just("avc1.64001f,mp4a.40.2")),
        quality=maybe(st.sampled_from(["SD", "HD", "FHD", "UHD"])),
        size=maybe(st.integers(1, 10**11)),
    )


def captions() -> st.SearchStrategy[Captions]:
    return made(
        Captions,
        url=urls(base=BASES.media, end=".vtt"),
        language=st.sampled_from(LANGUAGES),
        kind=st.sampled_from(["captions", "subtitles", "descriptions"]),
        label=titles(),
    )


FILMS = ("application/vnd.apple.mpegurl", "application/dash+xml", "video/mp4")
SOUNDS = ("audio/mpeg", "audio/mp4")


def films(*media_types: str, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Film]:
    """Without `video`, the JSON that platforms' conditions look at: give it where it matters."""
    told = {
        "content_id": uuids(),
        "media_type": maybe(st.sampled_from(["shortFormVideo", "episode"])),
        "title": titles(),
        "sources": tuples(sources(*(media_types or FILMS)), 3),
        "captions": tuples(captions(), 2),
        "duration": maybe(st.floats(0.001, 10**6) | st.integers(1, 10**5).map(float)),
        "artwork": maybe(images()),
        "language": maybe(st.sampled_from(LANGUAGES)),
        "rating_system": st.none(),
        "advisories": st.just(()),
        "available_from": maybe(moments()),
        "available_until": maybe(moments()),
        "countries": st.sampled_from([(), ("GB", "IE")]),
        "ad_breaks_ms": st.sampled_from([(), (0, 90_000)]),
        "transcript": maybe(texts()),
    }
    return made(Film, **(told | given))


def sounds() -> st.SearchStrategy[Film]:
    return films(*SOUNDS, media_type=st.none())


def authors() -> st.SearchStrategy[Author]:
    known = made(Author, name=titles(), role=maybe(texts(2)), url=urls(), id=uuids())
    return known | made(Author, name=titles(), role=maybe(texts(2)))


def categories(*schemes: str) -> st.SearchStrategy[Category]:
    return made(Category, id=uuids(), name=titles(), scheme=st.sampled_from(schemes), url=urls())


TOPICS = ("person", "place", "organisation", "event", "subject")


def items(**given: st.SearchStrategy[Any]) -> st.SearchStrategy[FeedItem]:
    """`given` replaces strategies of fields."""
    sections = tuples(categories("section"), 2)
    strategies: dict[str, st.SearchStrategy[Any]] = {
        "id": uuids(), "uid": uids(), "url": urls(), "version": st.integers(1, 10**6),
        "title": titles(), "title_short": titles().map(lambda title: title[-60:]),
        "kicker": maybe(texts(2)), "summary": maybe(texts() | very_long()),
        "standfirst": maybe(texts()), "html": maybe(html()), "text": maybe(texts() | very_long()),
        "edition": st.just("en"), "language": st.sampled_from(LANGUAGES),
        "direction": st.sampled_from(["ltr", "rtl"]),
        "format": st.sampled_from(["text", "video", "audio", "gallery", "live", "new"]),
        "genre": st.sampled_from(["news", "opinion", "analysis", "fact-check", "new"]),
        "byline": maybe(titles()), "dateline": maybe(texts(2)), "authors": tuples(authors(), 3),
        "section": categories("section"), "sections": sections,
        "topics": tuples(categories(*TOPICS), 3), "image": maybe(images()),
        "film": maybe(films()), "sound": maybe(sounds()), "instalment": maybe(instalments()),
        "access": st.sampled_from(["free", "registered", "subscriber"]), "cut": st.booleans(),
        "licence": maybe(urls(base="https://licences.example.org")),
        "tdm": st.sampled_from([None, "allowed", "reserved"]), "sponsor": maybe(titles()),
        "graphic": st.booleans(), "sensitive": st.booleans(), "ai_assisted": st.booleans(),
        "syndicated_from": maybe(titles()),
        "syndicated_url": maybe(urls(base="https://wire.example.net")),
        "corrections": tuples(corrections(), 2), "citations": tuples(cited(), 2),
        "external_ids": st.just((("wordpress", "17&<8"),)) | st.just(()),
        "first_published_at": moments(), "published_at": moments(), "updated_at": moments(),
        "word_count": st.integers(0, 10**5), "reading_time": st.integers(0, 500),
    }  # fmt: skip
    return made(FeedItem, **(strategies | given)).map(_with_its_section)


def instalments() -> st.SearchStrategy[Instalment]:
    return made(
        Instalment,
        series_id=st.sampled_from([str(UUID(int=each)) for each in (1, 2)]),
        series_title=titles(),
        series_url=urls(),
        season=maybe(st.integers(0, 30)),
        number=maybe(st.integers(1, 500)),
    )


def corrections() -> st.SearchStrategy[Correction]:
    kinds = ["correction", "clarification", "update", "editors-note", "retraction", "new"]
    return made(Correction, kind=st.sampled_from(kinds), text=titles(), at=moments())


def cited() -> st.SearchStrategy[Cited]:
    return made(Cited, text=titles(), url=maybe(urls(base="https://courier.example.net")))


def channels() -> st.SearchStrategy[Channel]:
    return made(
        Channel, id=uuids(), title=titles(), description=maybe(texts()), url=urls(),
        language=st.sampled_from(LANGUAGES), on_air=st.booleans(),
        sources=tuples(sources("application/vnd.apple.mpegurl"), 2, least=1),
        artwork=maybe(images()), encrypted=st.booleans(), modified_at=moments(),
    )  # fmt: skip


def programmes() -> st.SearchStrategy[Programme]:
    return made(
        Programme, id=uuids(), title=titles(), description=maybe(texts()), url=urls(),
        language=st.sampled_from(LANGUAGES), artwork=maybe(images()),
        genres=st.sampled_from([(), ("news",)]),
        season_titles=st.dictionaries(st.integers(0, 9), titles(), max_size=2),
    )  # fmt: skip


def publications() -> st.SearchStrategy[Publication]:
    policies = st.dictionaries(
        st.sampled_from(["corrections", "ethics", "ownership", "verification", "our own"]),
        urls(),
        max_size=3,
    )
    return made(
        Publication, name=titles(), publisher=titles(), legal_name=maybe(titles()),
        email=maybe(st.just("desk@example.org")), url=st.just(f"{BASES.web}/"),
        logo=maybe(images()), tagline=maybe(texts()), policies=policies,
    )  # fmt: skip


def feeds(
    each: st.SearchStrategy[FeedItem] | None = None, **given: st.SearchStrategy[Any]
) -> st.SearchStrategy[Feed]:
    """`each` gives its items, `given` replaces strategies of other fields."""
    others = st.just(
        (
            Link(
                format="rss",
                media_type="application/rss+xml",
                title="RSS 2.0",
                url=f"{BASES.api}/feeds/latest.rss?edition=en",
            ),
        )
    )
    shown = items() if each is None else each
    ours = st.lists(shown, min_size=1, max_size=3, unique_by=lambda item: item.uid).map(tuple)
    gone = made(Departed, id=uuids(), uid=uids(), at=moments())
    strategies: dict[str, st.SearchStrategy[Any]] = {
        "id": uids(), "url": urls(base=BASES.api, end=".xml"), "home_url": urls(),
        "title": titles(), "description": maybe(texts()), "language": st.sampled_from(LANGUAGES),
        "direction": st.sampled_from(["ltr", "rtl"]), "image": maybe(images()),
        "publication": publications(), "alternates": others | st.just(()),
        "hubs": st.sampled_from([(), ("https://hub.example.net/?a=1&b=2",)]),
        "updated_at": moments(), "items": ours, "departed": tuples(gone, 2),
        "channels": tuples(channels(), 2), "programmes": tuples(programmes(), 2),
        "next_url": maybe(urls(base=BASES.api)),
    }  # fmt: skip
    return made(Feed, **(strategies | given))


def feed_of(*shown: FeedItem) -> Feed:
    """A feed that has nothing but these."""
    at = max((item.updated_at for item in shown), default=datetime(2026, 11, 23, 9, tzinfo=UTC))
    return Feed(
        id="urn:uuid:0b1d62b1-9904-4be3-ba77-bd471ae48d21",
        url=f"{BASES.api}/feeds/latest.rss?edition=en",
        home_url=f"{BASES.web}/",
        title="The Kestrel Bay Courier",
        language="en",
        publication=Publication(
            name="The Kestrel Bay Courier", publisher="Kestrel Bay Press", url=f"{BASES.web}/"
        ),
        updated_at=at,
        items=shown,
    )


def _with_its_section(item: FeedItem) -> FeedItem:
    """The primary section comes first among all."""
    return replace(item, sections=(item.section, *item.sections))
