"""PURE: pictures, films and sound."""

from collections.abc import Iterator

from app.feeds.bases import Bases
from app.feeds.json_ld.nodes import Json, Node, node
from app.feeds.pictures import size_of
from app.feeds.playing import source_for_all
from app.feeds.texts import first_line, legal, line

_SHAPES = ("16x9", "4x3", "1x1")
"""The crops that search engines ask for."""


def image(shape: Json, bases: Bases) -> Node:
    url = bases.absolute(shape["url"])
    width, height = size_of(shape)
    return node(
        "ImageObject",
        url=url,
        contentUrl=url,
        width=width,
        height=height,
        caption=line(shape["caption"]),
        description=line(shape["alt"]),
        creditText=line(shape["credit"]),
        digitalSourceType=shape["digital_source_type"],
    )


def images(shape: Json | None, bases: Bases) -> list[Node]:
    """The picture, then its crops in the shapes that search engines show."""
    if shape is None:
        return []
    crops = shape["crops"]
    told = {"caption": line(shape["caption"]), "creditText": line(shape["credit"])}
    return [
        image(shape, bases),
        *(
            node("ImageObject", url=bases.absolute(crops[name]), **told)
            for name in _SHAPES
            if name in crops
        ),
    ]


def played(article: Json) -> Iterator[tuple[str, Json]]:
    """Each film and sound of an article with its kind: what leads it, then those in its body."""
    lead = article["lead"]
    if lead and lead["kind"] in ("video", "audio"):
        yield lead["kind"], lead[lead["kind"]]
    for block in article["body"]:
        if block["type"] in ("video", "audio"):
            yield block["type"], block[block["type"]]


def recording(kind: str, playable: Json, article: Json, bases: Bases) -> Node:
    """`contentUrl` is missing where not everyone can play it, or not now."""
    source = source_for_all(playable)
    picture = playable["poster"] or article["image"]
    geo, duration = playable["geo"] or {}, playable["duration"]
    return node(
        "VideoObject" if kind == "video" else "AudioObject",
        name=first_line(playable["title"], article["headline"]),
        description=first_line(playable["caption"], article["summary"], article["headline"]),
        thumbnailUrl=[each["url"] for each in images(picture, bases)],
        uploadDate=playable["available_from"] or article["first_published_at"],
        expires=playable["available_until"],
        duration=f"PT{max(1, round(duration))}S" if duration else None,
        contentUrl=bases.absolute(source["url"]) if source else None,
        encodingFormat=source["media_type"] if source else None,
        inLanguage=playable["language"] or article["language"],
        creditText=line(playable["credit"]),
        transcript=legal(playable["transcript"] or ""),
        caption=[
            node(
                "MediaObject",
                contentUrl=bases.absolute(each["url"]),
                encodingFormat="text/vtt",
                inLanguage=each["language"],
            )
            for each in playable["captions"]
        ],
        regionsAllowed=[{"@type": "Country", "name": each} for each in geo.get("allow", ())],
        ineligibleRegion=[{"@type": "Country", "name": each} for each in geo.get("deny", ())],
        digitalSourceType=playable["digital_source_type"],
        isAccessibleForFree=article["access"]["level"] == "free",
    )
