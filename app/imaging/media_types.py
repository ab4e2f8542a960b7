"""What a file is, by its first bytes. Neither its name nor what was said of it counts.

A polyglot is what it begins as: whoever serves it must say so, and forbid guessing (`nosniff`).
"""

import re

HEAD = 4096
"""So many first bytes are enough."""

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
"""What can be decoded here. HEIC needs a decoder under patents; TIFF is a dozen formats, with the
longest list of holes of them all, that no browser shows; SVG is a program."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"#EXTM3U", "application/vnd.apple.mpegurl"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_BRANDS = {
    b"avif": "image/avif", b"avis": "image/avif",
    b"heic": "image/heic", b"heix": "image/heic", b"heim": "image/heic", b"heis": "image/heic",
    b"hevc": "image/heic", b"hevx": "image/heic", b"mif1": "image/heif", b"msf1": "image/heif",
    b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4",
}  # fmt: skip
_FILM_BRANDS = re.compile(rb"iso[m2-9]|mp4[12]|avc1|dash|cmf[2cfsl]|M4V |M4VP|MSNV|f4v |3g[2p].")
_SVG = re.compile(r"<(?:[a-z][\w.-]{0,40}:)?svg[\s>/]", re.IGNORECASE)
_VTT = re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|$)")


def sniff(head: bytes) -> str | None:
    """The media type of a file that begins with these (up to `HEAD`) bytes; None if unknown."""
    for start, media_type in _STARTS:
        if head.startswith(start):
            return media_type
    return _container(head) or _frames(head) or _text(head)


def _container(head: bytes) -> str | None:
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head[:4] == b"\x1aE\xdf\xa3":
        return "video/webm" if b"\x42\x82\x84webm" in head[:128] else None
    if head[:4] == b"OggS":
        return "video/ogg" if b"\x80theora" in head[:256] else "audio/ogg"
    return None


def _by_brand(head: bytes) -> str | None:
    """By the major brand; where that says little (`mif1`), by those that it is compatible with."""
    end = min(int.from_bytes(head[:4]), 256)
    major, *others = [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]
    if _FILM_BRANDS.fullmatch(major):
        return "video/mp4"
    if major in (b"mif1", b"msf1"):
        return next((_BRANDS[other] for other in others if other in _BRANDS), _BRANDS[major])
    return _BRANDS.get(major)


def _frames(head: bytes) -> str | None:
    """MPEG audio has no head, only frames: eleven or twelve ones, then version and layer."""
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    layer_3 = head[1] & 0xE6 == 0xE2 and head[1] & 0x18 != 0x08
    possible = head[2] & 0xF0 not in (0x00, 0xF0) and head[2] & 0x0C != 0x0C
    return "audio/mpeg" if layer_3 and possible else None


def _text(head: bytes) -> str | None:
    if _VTT.match(head):
        return "text/vtt"
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "utf-8-sig", errors="ignore").lstrip()
    return "image/svg+xml" if text.startswith("<") and _SVG.search(text) else None
