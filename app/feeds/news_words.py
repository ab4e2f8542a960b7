"""PURE: what IPTC's standards call things, for all of its formats."""

from app.feeds.feed import FeedItem, Film, Image, Publication
from app.feeds.policies import PROPERTIES
from app.feeds.texts import day, line

NATURES = {"video": "video", "audio": "audio"}
"""http://cv.iptc.org/newscodes/ninature/ by format; all others are text."""

_GENRES = {
    "analysis": "Analysis",
    "explainer": "Background",
    "feature": "Feature",
    "interview": "Interview",
    "investigation": "Special_Report",
    "obituary": "Obituary",
    "opinion": "Opinion",
    "press-release": "Press_Release",
    "profile": "Profile",
    "review": "Review",
}

TOPICS = {
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "event": "events",
}
"""What a topic of a kind is to an article; all others are its subjects."""


def nature(item: FeedItem) -> str:
    return NATURES.get(item.format, "text")


def genre_uri(genre: str) -> str | None:
    """The genre in IPTC's NewsCodes, where it is one of those."""
    code = _GENRES.get(genre)
    return f"http://cv.iptc.org/newscodes/genre/{code}" if code else None


def holder(item: FeedItem, publication: Publication) -> str:
    """Whose work it is."""
    return line(item.syndicated_from or publication.legal_name or publication.publisher)


def note(item: FeedItem) -> str:
    """What editors who take it over should know: corrections, who pays, what it shows."""
    told = [f"{each.kind} ({day(each.at)}): {line(each.text)}" for each in item.corrections]
    if item.sponsor:
        told.append(line(item.sponsor))
    told += [word for word in ("graphic", "sensitive", "ai_assisted") if getattr(item, word)]
    return "\n".join(told)


def policies(publication: Publication) -> dict[str, tuple[str, str]]:
    """Kind to schema.org's URI of such a policy, and where ours can be read."""
    return {
        kind: (f"https://schema.org/{PROPERTIES[kind]}", url)
        for kind, url in publication.policies.items()
        if kind in PROPERTIES
    }


def renditions(image: Image) -> dict[str, str]:
    """Name to address: the picture as it is, and its cuts."""
    return {"original": image.url, **image.crops}


def played(item: FeedItem) -> list[tuple[str, Film]]:
    """What can be played of it, by its nature."""
    both = (("video", item.film), ("audio", item.sound))
    return [(name, film) for name, film in both if film]
