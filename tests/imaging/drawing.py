"""Pictures for tests, drawn as they are needed, and what can be written into them."""

import struct
import zlib
from pathlib import Path

import pyvips

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (30, 60, 200), (250, 250, 250)

XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def plain(width: int, height: int, colour: tuple[int, ...] = BLUE) -> pyvips.Image:
    image = pyvips.Image.black(width, height, bands=len(colour)) + list(colour)
    return image.cast("uchar").copy(interpretation="srgb")


def quarters(width: int, height: int) -> pyvips.Image:
    """Red, green, blue and white, from left to right and from top to bottom."""
    w, h = width // 2, height // 2
    top = plain(w, h, RED).join(plain(width - w, h, GREEN), "horizontal")
    rest = height - h
    return top.join(plain(w, rest, BLUE).join(plain(width - w, rest, WHITE), "horizontal"),
                    "vertical")  # fmt: skip


def landscape(width: int, height: int) -> pyvips.Image:
    """Something with shapes in it: a sun over hills, with a slope of colours."""
    slope = pyvips.Image.xyz(width, height)
    red = slope[0] * (200 / width) + 30
    image = red.bandjoin([slope[1] * (180 / height) + 40, slope[0] * 0 + 120]).cast("uchar")
    image = image.copy(interpretation="srgb").copy_memory()
    image = image.draw_circle([255, 220, 90], width // 4, height // 4, height // 8, fill=True)
    return image.draw_rect([30, 80, 40], 0, height * 3 // 4, width, height // 4, fill=True)


def jpeg(image: pyvips.Image, *segments: tuple[int, bytes], **options: object) -> bytes:
    """With these segments (marker, content) after its beginning, and no others of ours."""
    encoded = bytes(image.jpegsave_buffer(keep="none", **options))
    extra = b"".join(
        bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2) + content
        for marker, content in segments
    )
    return encoded[:2] + extra + encoded[2:]


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(
        ">I", zlib.crc32(name + content)
    )  # fmt: skip


def png(
    width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2, interlaced: int = 0,
    rows: int | None = None,
) -> bytes:  # fmt: skip
    """All black, of any size, cheaply; `rows` are in it, where that is not its height."""
    channels = {0: 1, 2: 3, 3: 1, 6: 4}[colour]
    row = b"\0" * (1 + (width * channels * depth + 7) // 8)
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(row) for _ in range(height if rows is None else rows))
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    return b"".join(
        [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", head), *chunks,
         chunk(b"IDAT", packed + packing.flush()), chunk(b"IEND", b"")]
    )  # fmt: skip


def xmp(inside: str, attributes: str = "") -> bytes:
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
        xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
        xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
        xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" {attributes}>
        {inside}</rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def xmp_chunk(packet: bytes) -> bytes:
    return chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet)


Field = tuple[int, int, int, bytes]
"""Tag, type, count, and the value or where it is, as four bytes."""


def directory(*fields: Field, onward: int = 0) -> bytes:
    entries = b"".join(struct.pack("<HHI4s", *field) for field in fields)
    return struct.pack("<H", len(fields)) + entries + struct.pack("<I", onward)


def exif(texts: dict[int, bytes], details: dict[int, bytes], private: bytes = b"") -> bytes:
    """Texts of the first directory and of the second; `private` stands where GPS would."""
    count = len(texts) + 2
    at = 8 + 2 + count * 12 + 4
    fields, values = _texts(texts, at)
    at += len(values)
    second = directory(*_texts(details, at + 2 + len(details) * 12 + 4)[0])
    second += _texts(details, at + len(second))[1]
    gps = at + len(second)
    fields += [(0x8769, 4, 1, struct.pack("<I", at)), (0x8825, 4, 1, struct.pack("<I", gps))]
    third = directory((0x001D, 2, len(private), struct.pack("<I", gps + 18))) + private
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + directory(*fields) + values + second + third


def _texts(texts: dict[int, bytes], at: int) -> tuple[list[Field], bytes]:
    fields, values = [], b""
    for tag, text in texts.items():
        if len(text) < 4:
            fields.append((tag, 2, len(text) + 1, text))
            continue
        fields.append((tag, 2, len(text) + 1, struct.pack("<I", at + len(values))))
        values += text + b"\0"
    return fields, values


def iptc(datasets: list[tuple[int, bytes]], *, utf8: bool = True) -> bytes:
    records = b"\x1c\x01\x5a\0\x03\x1b%G" if utf8 else b""
    for number, value in datasets:
        records += bytes([0x1C, 2, number]) + len(value).to_bytes(2) + value
    padded = records + b"\0" * (len(records) % 2)
    other = b"8BIM\x03\xed\0\0" + (3).to_bytes(4) + b"odd\0"
    return b"Photoshop 3.0\0" + other + b"8BIM\x04\x04\0\0" + len(records).to_bytes(4) + padded
