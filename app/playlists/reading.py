"""Reading a playlist that a stranger's server sent.

The tags are m3u8's to read. It takes time that grows with the square of some of them, and trusts
what they hold, so that both are bounded here before and looked at after.
"""

from typing import Any

import m3u8

from app.playlists import addresses, masters, segments
from app.playlists.playlist import Playlist, Unreadable

LARGEST = 2_000_000
"""Bytes of a playlist: a day of segments is about half of it."""

ACCEPT = "application/vnd.apple.mpegurl, application/x-mpegurl, audio/mpegurl, */*;q=0.5"

_MOST_LINES = 60_000
_MOST_TAGS = {
    "#EXT-X-STREAM-INF": 100,
    "#EXT-X-I-FRAME-STREAM-INF": 100,
    "#EXT-X-IMAGE-STREAM-INF": 100,
    "#EXT-X-MEDIA": 500,
    "#EXT-X-KEY": 500,
    "#EXT-X-SESSION-KEY": 100,
}
_LONGEST_LINE = 20_000


def read(content: bytes, url: str, *, within_master: bool = False) -> Playlist:
    """What the playlist at this address says. Raises Unreadable.

    `url` is where it came from in the end, after redirects: addresses in it are relative to that.
    `within_master` says that a master named it: then it cannot be one itself.
    """
    text = _text(content)
    _measure(text)
    data = _parsed(text)
    is_master = bool(data["is_variant"])
    if is_master and within_master:
        raise Unreadable("A master playlist names another master playlist as a quality.")
    problems = list(addresses.problems(data, url))
    if "{$" in text:
        problems.append("It uses variables (EXT-X-DEFINE), which are not read here.")
    reading = masters.read if is_master else segments.read
    return reading(data, url, problems)


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Unreadable(f"It has more than {LARGEST:,} bytes: no playlist is so long.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("It is not UTF-8 text, as a playlist must be.") from None
    if not text.startswith("#EXTM3U"):
        raise Unreadable("It does not begin with #EXTM3U, so it is no HLS playlist.")
    if "\0" in text:
        raise Unreadable("There is a NUL in it, which no text has.")
    return text


def _measure(text: str) -> None:
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        raise Unreadable(f"It has more than {_MOST_LINES:,} lines.")
    if any(len(line) > _LONGEST_LINE for line in lines):
        raise Unreadable(f"A line of it has more than {_LONGEST_LINE:,} characters.")
    for tag, most in _MOST_TAGS.items():  # by their beginnings, as m3u8 tells them apart
        if sum(line.lstrip().startswith(tag) for line in lines) > most:
            raise Unreadable(f"It has more than {most:,} lines {tag}.")


def _parsed(text: str) -> dict[str, Any]:
    try:
        return dict(m3u8.parse(text))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # m3u8 checks nothing: what is wrong with a tag shows in how Python fails on it.
        raise Unreadable(f"A tag of it cannot be read ({str(error)[:80]}).") from None
