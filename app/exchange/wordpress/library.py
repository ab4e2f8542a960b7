"""The media library of an export: files by id, by the post they were uploaded to, by address."""

import re
from collections import defaultdict
from collections.abc import Iterable

from app.exchange.wordpress.records import Attachment

PLAYABLE = re.compile(r"\.(mp4|m4v|webm|ogv|mov|mp3|m4a|aac|ogg|oga|opus|flac|wav)(\?|$)", re.I)
PICTURE = re.compile(r"\.(jpe?g|png|gif|webp|avif|svg|heic|bmp|tiff?|ico)(\?|$)", re.I)
AUDIO = re.compile(r"\.(mp3|m4a|aac|ogg|oga|opus|flac|wav)(\?|$)", re.I)


class Library:
    def __init__(self, attachments: Iterable[Attachment]) -> None:
        self.by_id: dict[str, Attachment] = {}
        self._by_file: dict[str, Attachment] = {}
        self._by_post: dict[str, list[Attachment]] = defaultdict(list)
        for one in attachments:
            self.by_id[one.id] = one
            self._by_file.setdefault(_file(one.url), one)
            self._by_post[one.parent].append(one)

    def of_post(self, post_id: str, kind: re.Pattern[str]) -> list[Attachment]:
        """What of this kind was uploaded to the post, in the order that its author gave."""
        found = [one for one in self._by_post.get(post_id, ()) if kind.search(one.url)]
        return sorted(found, key=lambda one: (one.position, len(one.id), one.id))

    def at(self, url: str) -> Attachment | None:
        """The file that is shown at this address, whole or scaled."""
        return self._by_file.get(_file(url))


def same_file(one: str, other: str) -> bool:
    return _file(one) == _file(other)


def _file(url: str) -> str:
    """The address of the original of a picture, whatever the scheme: scaled ones end in -300x200,
    or in a query."""
    bare = re.sub(r"^https?:", "", url.partition("?")[0].partition("#")[0])
    return re.sub(r"-(\d{1,5}x\d{1,5}|scaled)(?=\.\w+$)", "", bare)
