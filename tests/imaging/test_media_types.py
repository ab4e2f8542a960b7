"""What a file is, by its first bytes."""

import pytest

from app.imaging.media_types import HEAD, sniff
from tests.imaging.drawing import landscape


def box(*brands: bytes) -> bytes:
    return (8 + 4 * (len(brands) + 1)).to_bytes(4) + b"ftyp" + brands[0] + b"\0\0\0\0" + b"".join(
        brands[1:]
    )  # fmt: skip


KNOWN: list[tuple[bytes, str]] = [
    (b"%PDF-1.7\n", "application/pdf"),
    (box(b"isom", b"avc1"), "video/mp4"),
    (box(b"mp42"), "video/mp4"),
    (box(b"M4V "), "video/mp4"),
    (box(b"qt  "), "video/quicktime"),
    (box(b"M4A ", b"mp42"), "audio/mp4"),
    (box(b"heic", b"mif1"), "image/heic"),
    (box(b"mif1", b"avif"), "image/avif"),
    (box(b"mif1", b"heic"), "image/heic"),
    (box(b"mif1"), "image/heif"),
    (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01\x42\x82\x84webmB\x87", "video/webm"),
    (b"ID3\x04\0\0", "audio/mpeg"),
    (b"\xff\xfb\x90\x64" + b"\0" * 9, "audio/mpeg"),
    (b"\xff\xf1\x50\x80" + b"\0" * 9, "audio/aac"),
    (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
    (b"OggS\0\2" + b"\0" * 22 + b"OpusHead", "audio/ogg"),
    (b"OggS\0\2" + b"\0" * 22 + b"\x80theora", "video/ogg"),
    (b"fLaC\0\0\0\x22", "audio/flac"),
    (b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello", "text/vtt"),
    (b"\xef\xbb\xbfWEBVTT - title", "text/vtt"),
    (b"II*\0\x08\0\0\0", "image/tiff"),
    (b"<?xml version='1.0'?>\n<!-- <b> -->\n<svg width='9'>", "image/svg+xml"),
    (b"<html><svg onload='x'>", "image/svg+xml"),
]


@pytest.mark.parametrize(("head", "media_type"), KNOWN)
def test_what_is_known_is_named(head: bytes, media_type: str) -> None:
    assert sniff(head) == media_type


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [(".jpg", "image/jpeg"), (".png", "image/png"), (".gif", "image/gif"),
     (".webp", "image/webp"), (".avif", "image/avif")],
)  # fmt: skip
def test_real_pictures_are_known(suffix: str, media_type: str) -> None:
    assert sniff(landscape(40, 30).write_to_buffer(suffix)[:HEAD]) == media_type


@pytest.mark.parametrize(
    "head",
    [b"", b"\xff", b"\xff\xd8", b"GIF88a", b"RIFF", b"RIFF\0\0\0\0AVI ", b"WEBVTTED", b"WEB",
     b"\0\0\0\x18ftypnone", b"\0\0\0\0ftyp", b"\xff\xff\xff\xff", b"\xff\xe0\0\0",
     b"<html>", b"MZ\x90\0",
     b"\x1aE\xdf\xa3 matroska", b"text that speaks of <svg> only", b"PK\x03\x04"],
)  # fmt: skip
def test_what_is_not_known_has_no_name(head: bytes) -> None:
    assert sniff(head) is None
