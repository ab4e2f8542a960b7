"""How a stream is encrypted, from the keys that its playlist names."""

from collections.abc import Iterable, Mapping

from app.playlists.playlist import Protection

_SYSTEMS = {
    "com.apple.streamingkeydelivery": "fairplay",
    "com.microsoft.playready": "playready",
    "urn:uuid:9a04f079-9840-4286-ab92-e65be0885f95": "playready",
    "com.widevine": "widevine",
    "urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed": "widevine",
    "urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e": "clearkey",
    "org.w3.clearkey": "clearkey",
}


def of(keys: Iterable[Mapping[str, str]]) -> tuple[Protection, ...]:
    """Each once, in order. A DRM that is not known here is named as the playlist names it."""
    found = dict[Protection, None]()
    for key in keys:
        method = key.get("method", "").upper()
        if method and method != "NONE":
            found[Protection(method[:40], _system(key.get("keyformat", "identity")))] = None
    return tuple(found)


def _system(key_format: str) -> str | None:
    if key_format == "identity":
        return None
    return _SYSTEMS.get(key_format.lower(), key_format[:80])
