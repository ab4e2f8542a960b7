"""Public documents as nobody would write them: an article of every kind of block, and its site."""

from typing import Any

from hypothesis import strategies as st

from app.published.document import Article, Site
from tests.feeds.awkward import BASES, texts, titles, tuples

ID = "3874b82d-1f00-4fe8-a174-ab4fa7f5153f"
PAGE = f"{BASES.web}/news/2026/11/fog"
AT = "2026-11-18T16:30:00Z"
LATER = "2026-11-19T08:00:00Z"

_SECTION = {"id": ID, "name": "", "path": "/news/%D8%A8%D9%86%D8%AF%D8%B1"}
_PERSON = {"id": ID, "slug": "ines-valdo", "name": "", "path": "/people/ines-valdo"}
_TOPICS = ("person", "place", "organisation", "event", "subject", "new")

Json = dict[str, Any]


def articles(**given: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """In the form `full`; `given` replaces strategies of fields."""
    strategies: dict[str, st.SearchStrategy[Any]] = {
        "headline": titles(), "headline_short": titles(), "kicker": _maybe(texts()),
        "standfirst": _maybe(texts()), "summary": _maybe(texts()), "byline_text": _maybe(titles()),
        "dateline": _maybe(texts()), "bylines": tuples(_bylines(), 2).map(list),
        "format": st.sampled_from(["text", "video", "audio", "gallery", "live", "new"]),
        "genre": st.sampled_from(["news", "opinion", "review", "press-release", "recipe", "new"]),
        "topics": tuples(_topics(), 3).map(list), "image": _maybe(_images()),
        "lead": _maybe(_leads()), "body": tuples(_blocks(), 6).map(list),
        "corrections": tuples(_corrections(), 2).map(list),
        "sponsor": _maybe(st.fixed_dictionaries({"name": titles(), "label": titles()})),
        "access": st.sampled_from([{"level": "free"}, {"level": "subscriber", "cut": True}]),
        "direction": st.sampled_from(["ltr", "rtl"]),
        "alternates": st.sampled_from([[], [_translation()]]),
        "syndicated_from": _maybe(st.fixed_dictionaries({"name": titles()})),
        "series": st.just({"id": ID, "slug": "s", "title": "S", "path": "/series/s"}) | st.none(),
    }  # fmt: skip
    return st.fixed_dictionaries(strategies | given).map(_article)


def _article(told: Json) -> Json:
    section = _SECTION | {"name": told["headline"]}
    fields: Json = {
        "id": ID, "edition": "en", "language": "fa", "path": "/news/2026/11/fog",
        "canonical_url": PAGE, "section": section, "sections": [section], "breadcrumbs": [section],
        "flags": {"graphic": True}, "published_at": AT, "updated_at": LATER, "version": 3,
        "first_published_at": AT, "modified_at": LATER, "reading_time": 1, "word_count": 9,
        "share": {"url": PAGE, "title": "Fog"}, "rights": {"license": f"{BASES.web}/licence"},
        "comments": {}, "seo": {}, "external_ids": [{"system": "wordpress", "id": "1787"}],
    }  # fmt: skip
    return Article.model_validate(fields | told).model_dump(mode="json")


def site() -> Json:
    addresses = {"kind": "canonical", "priority": 0, "web": BASES.web, "api": BASES.api,
                 "media": BASES.media}  # fmt: skip
    edition = {
        "id": ID, "code": "en", "name": "Everywhere", "language": "en", "direction": "ltr",
        "time_zone": "Europe/London", "path": "/", "canonical_url": f"{BASES.web}/",
        "is_default": True, "sections": "/v1/sections", "articles": "/v1/articles",
        "modified_at": AT,
    }  # fmt: skip
    return Site.model_validate(
        {
            "id": ID,
            "name": "The Kestrel Bay Courier",
            "tagline": "News with the tide",
            "publisher": {"name": "Kestrel Bay Press", "email": "desk@example.org"},
            "policies": {"corrections": f"{BASES.web}/corrections", "ours": f"{BASES.web}/ours"},
            "history": "all",
            "addresses": [addresses],
            "editions": [edition],
            "modified_at": AT,
        }
    ).model_dump(mode="json")


def _bylines() -> st.SearchStrategy[Json]:
    people = st.none() | titles().map(lambda name: _PERSON | {"name": name})
    return st.fixed_dictionaries(
        {"name": titles() | st.just("Ines Valdo"), "person": people, "role": _maybe(texts()),
         "organisation": _maybe(titles())}
    )  # fmt: skip


def _topics() -> st.SearchStrategy[Json]:
    told = {"id": st.just(ID), "slug": st.just("tides"), "name": titles(),
            "kind": st.sampled_from(_TOPICS), "path": st.just("/topics/tides")}  # fmt: skip
    return st.fixed_dictionaries(told)


def _corrections() -> st.SearchStrategy[Json]:
    kinds = st.sampled_from(["correction", "retraction", "new"])
    told = {"id": st.just(ID), "kind": kinds, "text": titles(), "at": st.just(LATER),
            "version": st.just(2)}  # fmt: skip
    return st.fixed_dictionaries(told)


def _images() -> st.SearchStrategy[Json]:
    ours = {"16x9": "/media/a/16x9.jpg", "1x1": "/media/a/1x1.jpg"}
    told = {"alt": texts(), "caption": _maybe(texts()), "credit": _maybe(texts())}
    return st.fixed_dictionaries(
        told | {"url": st.just("/media/a/w1280.jpg"), "crops": st.sampled_from([ours, {}])}
    )


def _playables() -> st.SearchStrategy[Json]:
    film = {"url": "/media/f/original.mp4", "media_type": "video/mp4", "width": 640, "height": 360}
    live = {"url": "https://live.example.org/1.m3u8", "media_type": "application/x-mpegurl"}
    dash = {"url": "https://live.example.org/1.mpd", "media_type": "application/dash+xml"}
    captions = {"kind": "captions", "language": "en", "label": "English", "url": "/v1/videos/x.vtt"}
    told = {
        "title": _maybe(texts()), "caption": _maybe(texts()), "credit": _maybe(texts()),
        "sources": st.sampled_from([[], [film], [dash, film], [live, film]]),
        "availability": st.sampled_from(["now", "later", "over"]), "poster": _maybe(_images()),
        "captions": st.sampled_from([[], [captions]]), "transcript": _maybe(texts()),
        "duration": st.sampled_from([None, 0.2, 61.5]),
    }  # fmt: skip
    return st.fixed_dictionaries(told)


def _leads() -> st.SearchStrategy[Json]:
    image = _images().map(lambda shape: {"kind": "image", "image": shape})
    video = _playables().map(lambda shape: {"kind": "video", "video": shape})
    return image | video | _playables().map(lambda shape: {"kind": "audio", "audio": shape})


def _blocks() -> st.SearchStrategy[Json]:
    words = st.tuples(titles(), st.booleans()).map(
        lambda both: {"text": both[0], "html": f"<b>{len(both[0])}</b> &amp; " if both[1] else None}
    )
    item = {"text": "One", "html": "<a href='/x'>One</a>", "items": [{"text": "Two"}]}
    cell = {"text": "1 < 2", "header": True, "colspan": 2}
    plain: list[Json] = [
        {"type": "list", "ordered": True, "start": 3, "items": [item]},
        {"type": "table", "caption": "T", "rows": [[cell], [cell]]},
        {"type": "embed", "url": "https://video.example.org/1", "title": "]]>"},
        {"type": "code", "language": "python"},
        {"type": "divider"},
        {"type": "custom", "name": "poll", "data": {"a": 1}},
        {"type": "html", "html": "<script>x</script><p onclick=x>y</p><h3><img src=/p.jpg>z</h3>"},
    ]
    made = (
        st.sampled_from(plain)
        | words.map(lambda told: {"type": "paragraph", **told})
        | words.map(lambda told: {"type": "heading", "level": 3, **told})
        | words.map(lambda told: {"type": "quote", "attribution": told["text"], **told})
        | words.map(lambda told: {"type": "pullquote", **told})
        | _images().map(lambda shape: {"type": "image", "image": shape})
        | _images().map(lambda shape: {"type": "gallery", "title": "G", "images": [shape]})
        | _playables().map(lambda shape: {"type": "video", "video": shape})
    )
    return st.tuples(made, texts()).map(lambda both: {"id": "b", "text": both[1], **both[0]})


def _translation() -> Json:
    return {"id": ID, "kind": "translation", "edition": "fr", "language": "fr",
            "headline": "Le brouillard", "path": "/fr/brouillard"}  # fmt: skip


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy
