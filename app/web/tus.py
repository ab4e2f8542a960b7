"""The words of tus 1.0.0, the protocol of resumable uploads: header fields and ways to fail.

https://tus.io/protocols/resumable-upload
"""

import base64
import binascii
import hashlib
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from app.errors import Conflict, Fault, Gone, Invalid, MastheadError
from app.web.refusals import BadRequest, ContentTooLarge, UnsupportedMedia

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration,checksum"
ALGORITHMS = ("sha1", "sha256")
MEDIA_TYPE = "application/offset+octet-stream"

_NUMBER = re.compile(r"[0-9]{1,15}")


class OtherVersion(MastheadError):
    """The header `Tus-Resumable` is missing, or names a version that is not spoken here."""

    status = 412
    type = "tus-version"
    title = "Uploads in pieces speak tus 1.0.0"


class OtherOffset(Conflict):
    """The piece does not begin where the upload ends: `Upload-Offset` says where that is."""

    type = "upload-offset"
    title = "The upload goes on at another byte"


class UploadBusy(MastheadError):
    """Another request is sending to this upload, or its end is being dealt with. Try again soon."""

    status = 423
    type = "upload-busy"
    title = "Somebody is sending to this upload"
    retry_after = 1


class OtherChecksum(MastheadError):
    """What arrived is not what `Upload-Checksum` says was sent. It was not kept: send it again."""

    status = 460
    type = "upload-checksum"
    title = "The piece arrived damaged"


class UploadFailed(Gone):
    """All of the upload arrived, and it cannot be taken; `detail` says why. It was deleted."""

    type = "upload-failed"
    title = "The uploaded file cannot be taken"


@dataclass(frozen=True)
class Checksum:
    algorithm: str
    value: bytes

    async def checked(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The pieces; at their end OtherChecksum is raised where they are not what was sent."""
        hashing = hashlib.new(self.algorithm, usedforsecurity=False)
        async for piece in pieces:
            hashing.update(piece)
            yield piece
        if hashing.digest() != self.value:
            raise OtherChecksum(f"Its {self.algorithm} is another.")


def check_version(headers: Mapping[str, str]) -> None:
    if headers.get("tus-resumable") != VERSION:
        error = OtherVersion(f"Send `Tus-Resumable: {VERSION}`.")
        error.headers = {"Tus-Version": VERSION}
        raise error


def length(headers: Mapping[str, str], most: int) -> int:
    """Of the whole file, at least one byte."""
    if "upload-defer-length" in headers:
        raise _wrong("Upload-Defer-Length", "The length has to be known at the beginning.")
    found = _number(headers, "Upload-Length")
    if found == 0:
        raise _wrong("Upload-Length", "An empty file is no file.")
    if found > most:
        raise ContentTooLarge(f"A file may have {most:,} bytes.")
    return found


def offset(headers: Mapping[str, str]) -> int:
    return _number(headers, "Upload-Offset")


def check_media_type(headers: Mapping[str, str]) -> None:
    if headers.get("content-type", "").strip().lower() != MEDIA_TYPE:
        error = UnsupportedMedia(f"Send the bytes as {MEDIA_TYPE}.")
        error.headers = {"Accept": MEDIA_TYPE}
        raise error


def metadata(headers: Mapping[str, str], known: frozenset[str]) -> dict[str, str]:
    """`Upload-Metadata`: texts by name, of these names and no others."""
    found: dict[str, str] = {}
    for pair in headers.get("upload-metadata", "").split(","):
        name, _, encoded = pair.strip().partition(" ")
        if not name and not encoded:
            continue
        if name not in known:
            listed = ", ".join(sorted(known))
            raise _wrong("Upload-Metadata", f"There is no {name[:100]!r}. Known are: {listed}.")
        if name in found:
            raise _wrong("Upload-Metadata", f"{name} is there twice.")
        found[name] = _text(name, encoded.strip())
    return found


def written(metadata: Mapping[str, str]) -> str:
    """`Upload-Metadata` of these texts."""
    return ",".join(
        f"{name} {base64.b64encode(text.encode()).decode()}".strip()
        for name, text in metadata.items()
    )


def checksum(headers: Mapping[str, str]) -> Checksum | None:
    sent = headers.get("upload-checksum")
    if sent is None:
        return None
    algorithm, _, encoded = sent.strip().partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadRequest(f"Upload-Checksum can be of {' or '.join(ALGORITHMS)}.")
    try:
        value = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise _wrong("Upload-Checksum", "It is not Base64.") from None
    return Checksum(algorithm, value)


def moment(at: datetime) -> str:
    """As `Upload-Expires` has it (RFC 9110)."""
    return format_datetime(at, usegmt=True)


def _number(headers: Mapping[str, str], name: str) -> int:
    sent = headers.get(name.lower())
    if sent is None:
        raise _wrong(name, "It is required.")
    if not _NUMBER.fullmatch(sent):
        raise _wrong(name, "It is not a number of bytes.")
    return int(sent)


def _text(name: str, encoded: str) -> str:
    try:
        text = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise _wrong("Upload-Metadata", f"{name} is not UTF-8 in Base64.") from None
    if "\0" in text:
        raise _wrong("Upload-Metadata", f"{name} holds U+0000.")
    return text


def _wrong(header: str, reason: str) -> Invalid:
    fault = Fault(reason, header=header)
    return Invalid(f"The header {header} cannot be accepted.", faults=[fault])
