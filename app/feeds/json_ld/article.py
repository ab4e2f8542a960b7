"""PURE: the article itself, and what kind of work it is."""

from app.feeds.bases import Bases
from app.feeds.json_ld.media import images, played, recording
from app.feeds.json_ld.nodes import Json, Node, node
from app.feeds.json_ld.publisher import publisher_id
from app.feeds.texts import first_line, line

_WORKS = {
    "analysis": "AnalysisNewsArticle",
    "explainer": "BackgroundNewsArticle",
    "investigation": "ReportageNewsArticle",
    "letter": "OpinionNewsArticle",
    "news": "ReportageNewsArticle",
    "opinion": "OpinionNewsArticle",
    "review": "ReviewNewsArticle",
}
"""Labels of the Trust Project, by genre."""

_TOPICS = {
    "person": "Person",
    "place": "Place",
    "organisation": "Organization",
    "event": "Event",
}

LIVE = "LiveBlogPosting"
PAYWALLED = ".paywall"
"""The class that front ends give to what only some may read."""


def article_node(article: Json, bases: Bases, cited: Json) -> Node:
    """`cited` is the node of its citations, {} where there are none."""
    types, series = _types(article), article["series"]
    free = article["access"]["level"] == "free"
    canonical = article["seo"]["canonical_url"] or article["canonical_url"]
    recordings: dict[str, list[Node]] = {"video": [], "audio": []}
    for kind, playable in played(article):
        recordings[kind].append(recording(kind, playable, article, bases))
    retracted = any(each["kind"] == "retraction" for each in article["corrections"])
    return node(
        types,
        id=article["canonical_url"],
        url=article["canonical_url"],
        mainEntityOfPage=canonical,
        identifier=f"urn:uuid:{article['id']}",
        headline=line(article["headline"]),
        alternativeHeadline=line(article["headline_short"]),
        description=first_line(article["seo"]["description"], article["summary"],
                               article["standfirst"]),
        inLanguage=article["language"],
        datePublished=article["first_published_at"],
        dateModified=article["updated_at"],
        coverageStartTime=article["first_published_at"] if LIVE in types else None,
        author=_authors(article, bases),
        publisher={"@id": publisher_id(bases)},
        image=images(article["image"], bases),
        **recordings,
        articleSection=[line(each["name"]) for each in article["sections"]],
        keywords=[line(each["name"]) for each in article["topics"]],
        about=[_topic(each, bases) for each in article["topics"]],
        dateline=line(article["dateline"]) if "NewsArticle" in types else None,
        wordCount=article["word_count"],
        timeRequired=f"PT{max(1, article['reading_time'])}M",
        isAccessibleForFree=free,
        isFamilyFriendly=False if article["flags"]["graphic"] else None,
        license=article["rights"]["license"],
        sponsor=_sponsor(article["sponsor"]) if article["sponsor"] else None,
        isPartOf=_series(series, bases) if series else None,
        workTranslation=[_translation(each, bases) for each in article["alternates"]
                         if each["kind"] == "translation"],
        creativeWorkStatus="Retracted" if retracted else None,
        correction=[_correction(each) for each in article["corrections"]],
        citation=cited.get("citation"),
        isBasedOn=[*_origin(article["syndicated_from"]), *cited.get("isBasedOn", ())],
        hasPart=[*([] if free else [_paywalled()]), *cited.get("hasPart", ())],
    )  # fmt: skip


def _types(article: Json) -> list[str]:
    if article["sponsor"]:
        return ["AdvertiserContentArticle"]
    if article["genre"] == "press-release":
        return ["Article"]
    label = _WORKS.get(article["genre"])
    live = LIVE if article["format"] == "live" else None
    return ["NewsArticle", *(each for each in (label, live) if each)]


def _authors(article: Json, bases: Bases) -> list[Node]:
    """One for each; the newsroom itself where nobody is named."""
    found = [
        node(
            "Person",
            name=line(each["name"]),
            url=bases.absolute(each["person"]["path"]) if each["person"] else None,
            jobTitle=line(each["role"]),
            affiliation=node("Organization", name=line(each["organisation"]))
            if each["organisation"]
            else None,
        )
        for each in article["bylines"]
    ]
    if not found and article["byline_text"]:
        found = [node("Person", name=line(article["byline_text"]))]
    return found or [{"@id": publisher_id(bases)}]


def _topic(topic: Json, bases: Bases) -> Node:
    kind = _TOPICS.get(topic["kind"], "Thing")
    return node(kind, name=line(topic["name"]), url=bases.absolute(topic["path"]))


def _sponsor(sponsor: Json) -> Node:
    return node("Organization", name=line(sponsor["name"]), url=sponsor["url"])


def _series(series: Json, bases: Bases) -> Node:
    url = bases.absolute(series["path"])
    return node("CreativeWorkSeries", id=url, name=line(series["title"]), url=url)


def _translation(alternate: Json, bases: Bases) -> Node:
    url = bases.absolute(alternate["path"])
    told = {"headline": line(alternate["headline"]), "inLanguage": alternate["language"]}
    return node("NewsArticle", id=url, url=url, **told)


def _correction(note: Json) -> Node:
    return node("CorrectionComment", text=line(note["text"]), datePublished=note["at"])


def _origin(syndication: Json | None) -> list[Node]:
    if syndication is None:
        return []
    source = node("Organization", name=line(syndication["name"]))
    return [node("NewsArticle", url=syndication["url"], publisher=source)]


def _paywalled() -> Node:
    return node("WebPageElement", isAccessibleForFree=False, cssSelector=PAYWALLED)
