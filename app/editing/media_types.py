"""Media types of what can be played, told by the end of an address."""

from urllib.parse import urlsplit

_BY_ENDING = {
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
    "mkv": "video/matroska",
    "avi": "video/x-msvideo",
    "m3u8": "application/vnd.apple.mpegurl",
    "mpd": "application/dash+xml",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "weba": "audio/webm",
}


_OTHER_NAMES_OF_HLS = frozenset(
    {"application/x-mpegurl", "audio/mpegurl", "audio/x-mpegurl", "application/mpegurl"}
)


def canonical(media_type: str) -> str:
    """One name for what servers call by several (RFC 8216 §4)."""
    return _BY_ENDING["m3u8"] if media_type in _OTHER_NAMES_OF_HLS else media_type


def playable(url: str) -> str | None:
    """The media type of a video or audio address, None where its end does not tell.

    `url` may be anything, also what is no address.
    """
    try:
        name = urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return None
    return _BY_ENDING.get(name.rpartition(".")[2].lower())
