"""A playlist as we keep it, and the words for what is wrong with one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """One of the forms in which a stream can be had. `bandwidth` is its peak in bits a second."""

    url: str
    bandwidth: int | None
    width: int | None
    height: int | None
    codecs: tuple[str, ...]
    frame_rate: float | None = None


@dataclass(frozen=True)
class Rendition:
    """Sound or text beside the picture. Closed captions are inside it and have no `url`."""

    language: str | None
    name: str
    url: str | None = None
    is_default: bool = False


@dataclass(frozen=True)
class Protection:
    """How segments are encrypted. `system` names the DRM; None is a key that is simply fetched."""

    method: str
    system: str | None


@dataclass(frozen=True)
class Playlist:
    """`is_live` and `duration` (seconds) are known of media playlists only, and the duration of a
    live one never. `problems` are sentences for the person who gave the address."""

    is_master: bool
    qualities: tuple[Quality, ...] = ()
    audio: tuple[Rendition, ...] = ()
    subtitles: tuple[Rendition, ...] = ()
    closed_captions: tuple[Rendition, ...] = ()
    has_i_frames: bool = False
    is_live: bool | None = None
    duration: float | None = None
    protections: tuple[Protection, ...] = ()
    problems: tuple[str, ...] = ()


class Unreadable(Exception):
    """It is no playlist, or none that we read. The message is for whoever gave the address."""
