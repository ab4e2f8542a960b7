"""PURE: what a playlist tells, put where the desk left it open. What an editor said stays."""

import re
from typing import Any

from app.editing.assets.hls.looking import best_quality
from app.editing.languages import normal
from app.playlists.playlist import Playlist

_CODECS = re.compile(r"[A-Za-z0-9., -]{1,200}")
_MOST_LANGUAGES = 50
_HEIGHTS = ((2160, "UHD"), (1080, "FHD"), (720, "HD"), (1, "SD"))


def filled(playback: dict[str, Any], url: str, playlist: Playlist) -> dict[str, Any]:
    """`playback` of an asset, where the source at this address has what its best quality has."""
    told = _told(playlist)
    sources = [
        {**source, **_open(source, told)} if source.get("url") == url else source
        for source in playback["sources"]
    ]
    languages = playback.get("audio_languages") or _languages(playlist)
    return {**playback, "sources": sources, "audio_languages": languages}


def summary(playlist: Playlist, best: Playlist | None) -> dict[str, Any]:
    """What is kept of a look, for the desk to see."""
    media = best or playlist
    return {
        "qualities": [
            {
                "width": each.width,
                "height": each.height,
                "bitrate": each.bandwidth,
                "codecs": ",".join(each.codecs) or None,
                "frame_rate": each.frame_rate,
            }
            for each in playlist.qualities
        ],
        "audio": [_rendition(each.language, each.name) for each in playlist.audio],
        "subtitles": [_rendition(each.language, each.name) for each in playlist.subtitles],
        "closed_captions": [
            _rendition(each.language, each.name) for each in playlist.closed_captions
        ],
        "is_live": media.is_live,
        "duration": media.duration,
        "protections": [
            {"method": each.method, "system": each.system} for each in media.protections
        ],
        "problems": list(dict.fromkeys((*playlist.problems, *(best.problems if best else ())))),
    }


def _told(playlist: Playlist) -> dict[str, Any]:
    best = best_quality(playlist)
    if best is None:
        return {}
    codecs = ",".join(best.codecs)
    return {
        "width": best.width,
        "height": best.height,
        "bitrate": best.bandwidth,
        "codecs": codecs if _CODECS.fullmatch(codecs) else None,
        "quality": next((name for least, name in _HEIGHTS if (best.height or 0) >= least), None),
    }


def _open(source: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if source.get(name) is None and value}


def _languages(playlist: Playlist) -> list[str]:
    tags = (normal(each.language) for each in playlist.audio if each.language)
    return list(dict.fromkeys(tag for tag in tags if tag))[:_MOST_LANGUAGES]


def _rendition(language: str | None, name: str) -> dict[str, str | None]:
    return {"language": language, "name": name[:200]}
