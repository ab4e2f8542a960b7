"""JSON-LD as a search engine finds it: by extruct, in the page that it was put into."""

from typing import Any

import extruct

from app.feeds.bases import Bases, canonical
from app.feeds.policies import PROPERTIES
from app.feeds.texts import first_line, line

Json = dict[str, Any]

REQUIRED = {
    "NewsArticle": ("headline", "datePublished", "dateModified", "author", "publisher", "url"),
    "NewsMediaOrganization": ("name", "url"),
    "BreadcrumbList": ("itemListElement",),
    "VideoObject": ("name", "thumbnailUrl", "uploadDate"),
}
"""What search engines require or recommend of each; nothing else enforces it."""


def embedded(document: bytes) -> dict[str, Json]:
    """The nodes of a page that the document was put into as it is, by their kind."""
    script = b'<script type="application/ld+json">%b</script>' % document
    page = b"<!doctype html><html><head>%b</head><body><p>Fog</p></body></html>" % script
    [found] = extruct.extract(page.decode(), syntaxes=["json-ld"])["json-ld"]
    assert found["@context"] == "https://schema.org"
    article, publisher, way = found["@graph"]
    return {"article": article, "publisher": publisher, "way": way}


def check(article: Json, site: Json, document: bytes) -> None:
    nodes = embedded(document)
    bases = canonical(site)
    _article(article, nodes["article"], bases)
    _paid_and_paywalled(article, nodes["article"])
    _recordings(article, nodes["article"], bases)
    told = nodes["publisher"]
    assert told["@type"] == "NewsMediaOrganization"
    assert told["name"] == site["publisher"]["name"]
    assert nodes["article"]["publisher"] == {"@id": told["@id"]}
    policies = {kind: told.get(PROPERTIES.get(kind, "")) for kind in site["policies"]}
    known = {kind: url for kind, url in site["policies"].items() if kind in PROPERTIES}
    assert {kind: url for kind, url in policies.items() if url} == known
    _way(article, site, nodes["way"], bases)


def _article(article: Json, node: Json, bases: Bases) -> None:
    for name in REQUIRED["NewsArticle"]:
        assert node[name], name
    assert node["@id"] == node["url"] == article["canonical_url"]
    assert node["headline"] == line(article["headline"])
    summary = first_line(article["seo"]["description"], article["summary"], article["standfirst"])
    assert node.get("description", "") == summary
    assert node["datePublished"] == article["first_published_at"]
    assert node["dateModified"] == article["updated_at"]
    assert node["inLanguage"] == article["language"]
    names = [each.get("name") for each in node["author"]]
    if article["bylines"]:
        assert names == [line(each["name"]) for each in article["bylines"]]
    elif article["byline_text"]:
        assert names == [line(article["byline_text"])]
    else:
        assert node["author"] == [node["publisher"]]
    assert node["articleSection"] == [line(each["name"]) for each in article["sections"]]
    assert node.get("keywords", []) == [line(each["name"]) for each in article["topics"]]
    notes = node.get("correction", [])
    assert [each["text"] for each in notes] == [
        line(each["text"]) for each in article["corrections"]
    ]
    assert [each["datePublished"] for each in notes] == [
        each["at"] for each in article["corrections"]
    ]
    kinds = {each["kind"] for each in article["corrections"]}
    assert (node.get("creativeWorkStatus") == "Retracted") == ("retraction" in kinds)
    assert ("image" in node) == bool(article["image"])
    for image in node.get("image", []):
        assert image["url"].startswith("https://")
    translated = [each["url"] for each in node.get("workTranslation", [])]
    assert translated == [bases.absolute(each["path"]) for each in article["alternates"]]


def _paid_and_paywalled(article: Json, node: Json) -> None:
    free = article["access"]["level"] == "free"
    assert node["isAccessibleForFree"] is free
    parts = [each for each in node.get("hasPart", []) if each["@type"] == "WebPageElement"]
    hidden = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}
    assert parts == ([] if free else [hidden])
    sponsored = node["@type"] == "AdvertiserContentArticle"
    assert sponsored == bool(article["sponsor"])
    if sponsored:
        assert node["sponsor"]["name"] == line(article["sponsor"]["name"])


def _recordings(article: Json, node: Json, bases: Bases) -> None:
    """What leads it and what is in it, in that order."""
    lead = article["lead"] or {"kind": None}
    shown = [lead["video"]] if lead["kind"] == "video" else []
    shown += [block["video"] for block in article["body"] if block["type"] == "video"]
    videos = node.get("video", [])
    for video, playable in zip(videos, shown, strict=True):
        assert video["@type"] == "VideoObject"
        for name in REQUIRED["VideoObject"]:
            assert video.get(name) or name == "thumbnailUrl", name
        assert ("thumbnailUrl" in video) == bool(playable["poster"] or article["image"])
        assert video["name"] == first_line(playable["title"], article["headline"])
        sources = [
            bases.absolute(each["url"])
            for each in playable["sources"]
            if playable["availability"] == "now" and not each["url"].endswith(".mpd")
        ]
        assert video.get("contentUrl") == (sources[0] if sources else None)
        assert ("duration" in video) == bool(playable["duration"])


def _way(article: Json, site: Json, node: Json, bases: Bases) -> None:
    assert node["@type"] == "BreadcrumbList"
    steps = node["itemListElement"]
    assert len(steps) >= 2
    assert [each["position"] for each in steps] == list(range(1, len(steps) + 1))
    assert all(each["@type"] == "ListItem" and each["name"] for each in steps)
    edition = next(each for each in site["editions"] if each["code"] == article["edition"])
    assert steps[0]["item"] == edition["canonical_url"]
    assert steps[-1]["item"] == article["canonical_url"]
    between = [bases.absolute(each["path"]) for each in article["breadcrumbs"]]
    assert [each["item"] for each in steps[1:-1]] == between
