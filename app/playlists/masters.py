"""Master playlists: the qualities of a stream, and the languages that it can be had in."""

from collections.abc import Mapping
from typing import Any

from app.playlists import protections
from app.playlists.addresses import resolved
from app.playlists.playlist import Playlist, Quality, Rendition, Unreadable

_WIDEST = 16_384


def read(data: Mapping[str, Any], url: str, problems: list[str]) -> Playlist:
    """Raises Unreadable where nothing in it can be played."""
    qualities = [quality for each in data["playlists"] if (quality := _quality(each, url))]
    if not qualities:
        raise Unreadable("It is a master playlist that names no quality which can be called.")
    if len(qualities) < len(data["playlists"]):
        problems.append("Some of its qualities have no address that can be called; left out.")
    problems += _missing(qualities)
    problems += _groups_not_there(data)
    return Playlist(
        is_master=True,
        qualities=tuple(sorted(qualities, key=lambda each: each.bandwidth or 0)),
        audio=_renditions(data, "AUDIO", url),
        subtitles=_renditions(data, "SUBTITLES", url),
        closed_captions=_renditions(data, "CLOSED-CAPTIONS", url),
        has_i_frames=bool(data["iframe_playlists"]),
        protections=protections.of(data["session_keys"]),
        problems=tuple(problems),
    )


def _quality(found: Mapping[str, Any], url: str) -> Quality | None:
    stream = found["stream_info"]
    address = resolved(found["uri"], url)
    if address is None:
        return None
    width, height = _size(stream.get("resolution"))
    rate = stream.get("frame_rate")
    return Quality(
        url=address,
        bandwidth=_positive(stream.get("bandwidth"), 10**10),
        width=width,
        height=height,
        codecs=tuple(filter(None, map(str.strip, stream.get("codecs", "").split(",")))),
        frame_rate=rate if rate and 0 < rate <= 1_000 else None,
    )


def _size(resolution: str | None) -> tuple[int | None, int | None]:
    width, _, height = (resolution or "").lower().partition("x")
    if not (width.isascii() and height.isascii() and width.isdecimal() and height.isdecimal()):
        return None, None
    if len(width) > 5 or len(height) > 5:
        return None, None
    wide, high = _positive(int(width), _WIDEST), _positive(int(height), _WIDEST)
    return (wide, high) if wide and high else (None, None)


def _positive(number: int | None, most: int) -> int | None:
    return number if number is not None and 0 < number <= most else None


def _missing(qualities: list[Quality]) -> list[str]:
    """What players and TV catalogues ask of a master."""
    said = list[str]()
    if any(each.bandwidth is None for each in qualities):
        said.append("A quality has no BANDWIDTH: players cannot choose by the line.")
    if not any(each.height for each in qualities):
        said.append("No quality has a RESOLUTION: TV catalogues want to know whether it is HD.")
    if not all(each.codecs for each in qualities):
        said.append("A quality has no CODECS: some players have to try whether it plays.")
    return said


def _groups_not_there(data: Mapping[str, Any]) -> list[str]:
    there = {(each.get("type"), each.get("group_id")) for each in data["media"]}
    wanted = {
        (kind.upper(), each["stream_info"].get(kind))
        for each in data["playlists"]
        for kind in ("audio", "subtitles")
    }
    return [
        f"A quality wants the {kind} group “{group[:40]}”, which is not there."
        for kind, group in sorted((kind, group) for kind, group in wanted if group)
        if (kind, group) not in there
    ]


def _renditions(data: Mapping[str, Any], kind: str, url: str) -> tuple[Rendition, ...]:
    """Each language and name once: groups differ in how it is encoded."""
    found = dict[tuple[str | None, str], Rendition]()
    for each in data["media"]:
        if each.get("type") == kind:
            language, name = each.get("language") or None, each.get("name", "")
            address = resolved(each["uri"], url) if each.get("uri") else None
            is_default = each.get("default") == "YES"
            found.setdefault((language, name), Rendition(language, name, address, is_default))
    return tuple(found.values())
