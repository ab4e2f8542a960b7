"""What a page says of itself in JSON-LD, in the words of schema.org."""

import json
from collections.abc import Iterator
from typing import Any

from app.editing.languages import normal as language
from app.editing.plain_fields import line
from app.editing.works.pages import bylines, dates
from app.editing.works.pages.suggestions import Found
from app.editing.works.pages.tree import Element
from app.published import standard_ids

SOURCE = "json-ld"
_DEEPEST, _MOST = 6, 500
"""Levels, and objects, that are looked through."""

Object = dict[str, Any]

KINDS = {
    "reportagenewsarticle": "newspaper_article", "analysisnewsarticle": "newspaper_article",
    "opinionnewsarticle": "newspaper_article", "backgroundnewsarticle": "newspaper_article",
    "reviewnewsarticle": "newspaper_article", "askpublicnewsarticle": "newspaper_article",
    "newsarticle": "newspaper_article", "liveblogposting": "newspaper_article",
    "scholarlyarticle": "journal_article", "medicalscholarlyarticle": "journal_article",
    "report": "report", "dataset": "dataset", "legislation": "legislation", "book": "book",
    "podcastepisode": "podcast_episode", "radioepisode": "broadcast_segment",
    "tvepisode": "broadcast_segment", "episode": "broadcast_segment",
    "socialmediaposting": "social_post", "discussionforumposting": "social_post",
    "article": "newspaper_article", "blogposting": "web_page", "videoobject": "video",
    "webpage": "web_page",
}  # fmt: skip
"""Those that a page can be about, the likeliest first."""

_ORDER = list(KINDS)


def items(root: Element) -> list[Object]:
    """The works that the page describes, the likeliest to be the page itself first."""
    found = list[Object]()
    for script in root.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() == "application/ld+json":
            found += _objects(_loaded("".join(map(str, script.itertext()))), 0)
    works = [each for each in found[:_MOST] if _type(each) in KINDS]
    return sorted(works, key=lambda each: _ORDER.index(_type(each)))


def publisher(work: Object) -> str | None:
    return next((name for each in _listed(work.get("publisher")) if (name := _name(each))), None)


def fields(work: Object) -> Iterator[Found]:
    """What an item says of the work."""
    for field, value in (
        ("title", _line(work.get("headline")) or _line(work.get("name"))),
        ("publication", publisher(work)),
        ("issued", dates.edtf(_line(work.get("datePublished")) or "")),
        ("language", _language(work.get("inLanguage"))),
        ("section", _line(work.get("articleSection"))),
        ("access", _access(work.get("isAccessibleForFree"))),
        ("kind", KINDS[_type(work)]),
        ("authors", _authors(work)),
        ("number", _line(work.get("issueNumber"))),
        ("volume", _line(work.get("volumeNumber"))),
        ("page", _line(work.get("pagination"))),
    ):
        if value:
            yield Found(field, value, SOURCE)
    for text in (*_listed(work.get("identifier")), *_listed(work.get("sameAs"))):
        if doi := standard_ids.doi(_value(text)):
            yield Found("identifiers", {"scheme": "doi", "value": doi}, SOURCE)
    for text in _listed(work.get("isbn")):
        if isbn := standard_ids.isbn(_value(text)):
            yield Found("identifiers", {"scheme": "isbn", "value": isbn}, SOURCE)


def address(work: Object) -> str | None:
    main = work.get("mainEntityOfPage")
    return _line(main.get("@id") if isinstance(main, dict) else main) or _line(work.get("url"))


def is_corrected(work: Object) -> bool:
    """Whether the page tells of a correction of itself."""
    return bool(work.get("correction"))


def is_more_than_a_page(work: Object) -> bool:
    """Whether it says what the page is; that it is a page, a refusal can say of itself."""
    return _type(work) != "webpage"


def _loaded(text: str) -> Any:
    try:
        # Pages put their JSON into comments and CDATA, and line ends into its strings.
        return json.loads(text.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int) -> Iterator[Object]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value[:_MOST]:
            yield from _objects(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity"):
            yield from _objects(value.get(name), depth + 1)


def _type(item: Object) -> str:
    """The first of its types that we know, without the vocabulary's address."""
    names = [
        each.rpartition("/")[2].lower() for each in _listed(item.get("@type"))
        if isinstance(each, str)
    ]  # fmt: skip
    return next((name for name in names if name in KINDS), names[0] if names else "")


def _authors(work: Object) -> list[bylines.Name]:
    house = publisher(work)
    found = list[bylines.Name]()
    for each in _listed(work.get("author") or work.get("creator")):
        name = _name(each)
        if not name or name.startswith("http"):
            continue
        if isinstance(each, dict) and _type(each) in ("organization", "newsmediaorganization"):
            found.append(bylines.organisation(name))
        else:
            found += bylines.names(name, publisher=house)
    return found[: bylines.MOST]


def _name(value: Any) -> str | None:
    return _line(value.get("name") if isinstance(value, dict) else value)


def _value(value: Any) -> str:
    return _line(value.get("value") if isinstance(value, dict) else value) or ""


def _language(value: Any) -> str | None:
    text = _line(value.get("alternateName") if isinstance(value, dict) else value)
    return language(text.replace("_", "-")) if text else None


def _access(value: Any) -> str | None:
    said = str(value).lower()
    return {"true": "free", "false": "subscription"}.get(said.rpartition("/")[2])


def _line(value: Any) -> str | None:
    """One line of text; of a list, its first."""
    first = next(iter(_listed(value)), None)
    if isinstance(first, int) and not isinstance(first, bool):
        first = str(first)
    return line(first[:2_000]) if isinstance(first, str) else None


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value[:_MOST] if isinstance(value, list) else [value]
