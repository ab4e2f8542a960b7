"""A file that has arrived, whatever the way: what it is, and its place in the storage."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from app.editing.media import Media
from app.errors import Fault, Invalid
from app.imaging import media_types
from app.playlists import reading as playlists
from app.playlists.playlist import Unreadable
from app.published.media_urls import ORIGINALS
from app.storage.putting import put_original
from app.storage.uploads import Whole

PLAYLIST = "application/vnd.apple.mpegurl"
LONGEST_NAME = 200

_NAMED_IN_TAGS = re.compile(r'URI="([^"]*)"')

_REASONS = {
    None: "Nobody can tell by its first bytes what this file is. Pictures can be JPEG, PNG, GIF, "
    "WebP or AVIF, video MP4, WebM, QuickTime or an HLS playlist, sound MP3, M4A, AAC, Ogg, FLAC "
    "or WAV, documents PDF.",
    "image/svg+xml": "SVG can hold programs, and is not taken. Send a PNG of it.",
    "image/heic": "HEIC is not read here. Send a JPEG of it.",
    "image/heif": "HEIF is not read here. Send a JPEG of it.",
    "image/tiff": "TIFF is not read here. Send a JPEG or PNG of it.",
    "text/vtt": "These are captions: PUT them to /desk/assets/{id}/captions of their video.",
}


@dataclass(frozen=True)
class Filed:
    """A file in the storage; `kind` is that of an asset."""

    kind: str
    media_type: str
    size: int
    sha256: str
    file_name: str | None


async def file_away(
    media: Media, whole: Whole, *, name: str | None, kind: str | None = None
) -> Filed:
    """Look what it is, and store it under its hash. A second time changes nothing.

    `kind` is what it has to be, where that is known. Raises Invalid for what is not taken, a
    StorageFault where it cannot be stored.
    """
    media_type = await asyncio.to_thread(_media_type, whole.path, media)
    if whole.size == 0:
        raise _refused("The file is empty.")
    if media_type not in ORIGINALS:
        raise _refused(_REASONS.get(media_type) or f"{media_type} is not taken here.")
    if media_type in media_types.PICTURES and whole.size > media.darkroom.limits.file_bytes:
        most = media.darkroom.limits.file_bytes // 2**20
        raise _refused(f"A picture may have {most} MB.")
    if kind is not None and _kind(media_type) != kind:
        raise _refused(f"It is {media_type}, and not of the kind {kind}.")
    await put_original(media.storage, whole.path, whole.sha256, media_type=media_type)
    return Filed(
        kind=_kind(media_type),
        media_type=media_type,
        size=whole.size,
        sha256=whole.sha256,
        file_name=plain_name(name),
    )


def plain_name(name: str | None) -> str | None:
    """What a stranger called a file, to be shown to people and for nothing else."""
    if name is None:
        return None
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    return kept[:LONGEST_NAME] or None


def _media_type(path: Path, media: Media) -> str | None:
    with path.open("rb") as opened:
        head = opened.read(media_types.HEAD)
        found = media_types.sniff(head)
        if found == PLAYLIST:
            _check_playlist(head + opened.read(playlists.LARGEST))
    return found


def _check_playlist(content: bytes) -> None:
    """One that is kept here is at another address than where it was made: what it names must be
    whole, or begin at our root."""
    try:
        playlists.read(content, "https://here.invalid/")
    except Unreadable as error:
        raise _refused(f"The playlist cannot be used. {error}") from None
    text = content.decode("utf-8")
    lines = (line.strip() for line in text.splitlines())
    targets = [line for line in lines if line and not line.startswith("#")]
    for target in [*targets, *_NAMED_IN_TAGS.findall(text)]:
        if not target.startswith(("https://", "http://", "/", "data:", "skd:")):
            raise _refused(
                f"The playlist names {target[:100]!r}. Where it is kept here, that leads nowhere: "
                "write whole addresses, or such that begin with /."
            )


def _kind(media_type: str) -> str:
    first = media_type.partition("/")[0]
    if first in ("image", "video", "audio"):
        return first
    return "video" if media_type == PLAYLIST else "document"


def _refused(reason: str) -> Invalid:
    return Invalid("The file cannot be taken.", faults=[Fault(reason, pointer="/file")])
