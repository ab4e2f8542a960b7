"""PURE: the rows of a Roku app, and the tags by which each finds its films."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.feeds.feed import Category, Feed, FeedItem
from app.feeds.texts import cut, line

LONGEST = 20
"""Characters of a tag, and of the name of a playlist."""

NEWEST, MOST = 50, 40
"""Films in the first row, and rows."""

LATEST, LIVE = "latest", "live"


@dataclass(frozen=True, slots=True)
class Rows:
    """Sections and topics by their tags."""

    by_tag: Mapping[str, Category]
    _tags: Mapping[str, str]

    @classmethod
    def of(cls, items: Iterable[FeedItem]) -> "Rows":
        """Those of these films. Each gets a tag of its own, in small letters: AND and OR, in
        capitals, are operators in queries."""
        tags: dict[str, str] = {}
        by_tag: dict[str, Category] = {}
        for item in items:
            for each in item.categories:
                if each.id not in tags:
                    tags[each.id] = tag = _free(line(each.name).lower() or each.scheme, by_tag)
                    by_tag[tag] = each
        return cls(by_tag, tags)

    def tags(self, item: FeedItem) -> list[str]:
        return list(dict.fromkeys(self._tags[each.id] for each in item.categories))

    def categories(self, feed: Feed, entries: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
        """The newest of all, then one row for each section, and each topic, that leads to any of
        the `entries`: the ids of films and series, with their tags."""
        if not entries:
            return []
        used = {tag for tags in entries.values() for tag in tags}
        rows = [
            {"name": line(each.name) or tag, "query": tag, "order": "most_recent"}
            for tag, each in sorted(self.by_tag.items(), key=_sections_first)
            if tag in used
        ]
        first = {"name": line(feed.title), "playlistName": LATEST, "order": "manual"}
        return [first, *rows[: MOST - 1]]


def playlists(entries: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The one that the first row shows."""
    newest = list(entries)[:NEWEST]
    return [{"name": LATEST, "itemIds": newest}] if newest else []


def _sections_first(row: tuple[str, Category]) -> bool:
    return row[1].scheme != "section"


def _free(name: str, taken: Mapping[str, Category]) -> str:
    tag, number = cut(name, LONGEST), 1
    while tag in taken:
        number += 1
        tag = f"{cut(name, LONGEST - len(str(number)) - 1)} {number}"
    return tag
