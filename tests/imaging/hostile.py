"""A corpus of pictures that mean harm, or look like it: each made when it is asked for.

`REFUSED` gives words of the reason that an editor must read; `READ` must come out well.
"""

import struct
import zlib
from collections.abc import Callable
from functools import cache

from tests.imaging.drawing import (
    XMP_HEAD,
    chunk,
    directory,
    jpeg,
    landscape,
    plain,
    png,
    quarters,
    xmp,
    xmp_chunk,
)
from tests.imaging.hostile_animations import animated_gif, animated_webp, apng
from tests.imaging.hostile_texts import NO_PICTURES

SCRIPT = b"/*<script>alert(1)</script>*/"
SMALL = 90, 60

Make = Callable[[], bytes]


@cache
def bomb() -> bytes:
    """A hundred million zeros, packed."""
    packing = zlib.compressobj(1)
    return b"".join(packing.compress(bytes(10**6)) for _ in range(100)) + packing.flush()


def encoded(suffix: str, **options: object) -> bytes:
    return bytes(landscape(600, 400).write_to_buffer(suffix, **options))


def cut(suffix: str, part: float = 0.6) -> Make:
    def make() -> bytes:
        whole = encoded(suffix)
        return whole[: int(len(whole) * part)]

    return make


def patched(suffix: str, before: bytes, after: bytes) -> Make:
    def make() -> bytes:
        whole = encoded(suffix)
        assert before in whole
        return whole.replace(before, after)

    return make


def as_it_is(content: bytes) -> Make:
    return lambda: content


def tiff_flood() -> bytes:
    return b"II*\0" + struct.pack("<I", 8) + directory(
        (256, 4, 1, struct.pack("<I", 60_000)), (257, 4, 1, struct.pack("<I", 60_000)),
        (273, 4, 1, struct.pack("<I", 8)), (279, 4, 1, struct.pack("<I", 99)),
    )  # fmt: skip


def thousands_of_scans() -> bytes:
    whole = jpeg(plain(64, 64), interlace=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * 5_000 + whole[-2:]


def scans_of_a_large_picture() -> bytes:
    whole = jpeg(plain(4000, 3000), interlace=True, optimize_coding=False)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * 300 + whole[-2:]


def with_exif(tiff: bytes) -> Make:
    return lambda: jpeg(landscape(*SMALL), (0xE1, b"Exif\0\0" + tiff))


def with_xmp(packet: bytes) -> Make:
    return lambda: jpeg(landscape(*SMALL), (0xE1, XMP_HEAD + packet))


TIFF = b"II*\0" + struct.pack("<I", 8)
CRAZY = directory(*((tag, 2, 5_000, b"\xf0\xff\xff\xff") for tag in (0x010E, 0x013B, 0x8298)))
LOOP = directory((0x8769, 4, 1, struct.pack("<I", 8)), onward=8)
ENDLESS = directory(
    (0x010E, 2, 0xFFFFFFFF, struct.pack("<I", 8)), (0x8298, 5, 0xFFFFFFFF, b"\0" * 4)
)
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'haha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9)
) + b"]>" + xmp("<dc:description>&j;</dc:description>")  # fmt: skip
FOREIGN = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + xmp(
    "<dc:description>&f;</dc:description>"
)
NESTED = xmp("<rdf:li>" * 50_000 + "</rdf:li>" * 50_000)

REFUSED: dict[str, tuple[Make, str]] = {
    "pixels_png": (lambda: png(60_000, 60_000, rows=3), "too many"),
    "pixels_png_interlaced": (lambda: png(12_000, 12_000, interlaced=1, rows=3), "stored like"),
    "pixels_jpeg": (patched(".jpg", b"\x08\x01\x90\x02\x58", b"\x08\xff\xdc\xff\xdc"), "too many"),
    "pixels_gif": (lambda: animated_gif(1, 65_535), "too many"),
    "pixels_webp": (lambda: animated_webp(2, 15_000), "damaged"),
    "pixels_tiff": (tiff_flood, "TIFF"),
    "pixels_avif": (
        patched(".avif", struct.pack(">II", 600, 400), struct.pack(">II", 60_000, 60_000)), "",
    ),
    "cut_jpeg": (cut(".jpg"), "incomplete"),
    "cut_jpeg_progressive": (
        lambda: jpeg(landscape(600, 400), interlace=True)[:3_000], "incomplete",
    ),
    "cut_png": (cut(".png"), "incomplete"),
    "cut_gif": (cut(".gif"), "beginning"),
    "cut_webp": (cut(".webp"), ""),
    "cut_avif": (cut(".avif"), ""),
    "cut_in_the_head": (lambda: encoded(".jpg")[:20], "beginning"),
    "frames_gif": (lambda: animated_gif(100_000), "too long"),
    "frames_apng": (lambda: apng(100_000), "frames"),
    "frames_webp": (lambda: animated_webp(100_000), "frames"),
    "noise_as_jpeg": (lambda: b"\xff\xd8\xff" + bytes(range(256)) * 100, "beginning"),
    "wrong_checksum": (
        lambda: png(*SMALL).replace(b"IHDR\0\0\0\x5a", b"IHDR\0\0\1\x5a"), "damaged",
    ),
    "no_width": (lambda: png(0, 60), "beginning"),
    "thousands_of_scans": (thousands_of_scans, "damaged"),
    "many_large_scans": (scans_of_a_large_picture, "damaged"),
    **{name: (as_it_is(content), words) for name, (content, words) in NO_PICTURES.items()},
}  # fmt: skip

READ: dict[str, Make] = {
    "large_but_simple": lambda: png(12_000, 12_000, depth=1, colour=0),
    "archive_behind_gif": lambda: (
        encoded(".gif") + b"PK\x03\x04" + b"\0" * 40 + b"PK\x05\x06" + b"\0" * 18
    ),
    "script_in_jpeg": lambda: jpeg(landscape(*SMALL), (0xFE, SCRIPT), (0xE0, b"JFIF\0" + SCRIPT)),
    "script_behind_png": lambda: png(*SMALL) + SCRIPT,
    "text_bomb": lambda: png(*SMALL, chunk(b"zTXt", b"Comment\0\0" + bomb())),
    "profile_bomb": lambda: png(*SMALL, chunk(b"iCCP", b"icc\0\0" + bomb())),
    "xmp_bomb": lambda: png(*SMALL, chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + bomb())),
    "texts_without_end": lambda: png(
        *SMALL, *[chunk(b"tEXt", b"k%d\0v" % n) for n in range(50_000)]
    ),
    "more_than_its_rows": lambda: png(*SMALL, rows=200_000),
    "exif_huge": lambda: jpeg(
        landscape(*SMALL), *[(0xE1, b"Exif\0\0" + TIFF + b"\0" * 65_000)] * 150
    ),
    "exif_offsets": with_exif(TIFF + CRAZY),
    "exif_loop": with_exif(TIFF + LOOP),
    "exif_counts": with_exif(TIFF + ENDLESS),
    "exif_many": with_exif(TIFF + b"\xff\xff" + b"\x0e\x01\2\0\xff\xff\0\0\0\0\0\0" * 5_000),
    "xmp_huge": lambda: png(*SMALL, xmp_chunk(xmp("<dc:description>" + "a" * 8_000_000))),
    "xmp_nested": lambda: png(*SMALL, xmp_chunk(NESTED)),
    "xmp_laughs": with_xmp(LAUGHS),
    "xmp_foreign": with_xmp(FOREIGN),
    "xmp_utf16": with_xmp(FOREIGN.decode().encode("utf-16")),
    "profile_garbage": lambda: jpeg(
        landscape(*SMALL), (0xE2, b"ICC_PROFILE\0\1\1" + b"\xff\0acsp" * 500)
    ),
    "profile_in_pieces": lambda: jpeg(
        landscape(*SMALL),
        *[(0xE2, b"ICC_PROFILE\0" + bytes([n, 255]) + b"\0" * 9) for n in (255, 3)],
    ),
    "cmyk": lambda: bytes(quarters(*SMALL).icc_transform("cmyk").jpegsave_buffer()),
    "sixteen_bits": lambda: png(*SMALL, depth=16),
    "grey_with_alpha": lambda: bytes(
        landscape(*SMALL).colourspace("b-w").bandjoin(100).pngsave_buffer()
    ),
    "palette": lambda: bytes(quarters(*SMALL).pngsave_buffer(palette=True)),
    "interlaced": lambda: bytes(quarters(*SMALL).pngsave_buffer(interlace=True)),
    "one_pixel": lambda: png(1, 1),
    "one_column": lambda: png(1, 60_000),
    "one_row": lambda: png(60_000, 1),
    "frames_few": lambda: animated_gif(40),
    "called_otherwise": lambda: png(9, 9),
}
