"""Animations of very many frames, made cheaply."""

import struct

from tests.imaging.drawing import chunk, plain, png


def animated_gif(frames: int, edge: int = 8) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", edge, edge, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    control = b"\x21\xf9\x04\x00\x01\0\0\0"
    frame = b"\x2c" + struct.pack("<HHHHB", edge - 1, edge - 1, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return head + (control + frame) * frames + b"\x3b"


def apng(frames: int) -> bytes:
    return png(8, 8, chunk(b"acTL", struct.pack(">II", frames, 0)))


def animated_webp(frames: int, edge: int = 8) -> bytes:
    still = bytes(plain(8, 8).webpsave_buffer(lossless=True, keep="none"))
    content = still[12:]
    size = (8 - 1).to_bytes(3, "little")
    canvas = (edge - 1).to_bytes(3, "little")
    frame = b"\0" * 6 + size * 2 + (10).to_bytes(3, "little") + b"\0" + content
    body = b"".join([
        b"WEBP", b"VP8X", struct.pack("<I", 10), b"\x02\0\0\0", canvas * 2,
        b"ANIM", struct.pack("<I", 6), b"\0" * 6,
        (b"ANMF" + struct.pack("<I", len(frame)) + frame) * frames,
    ])  # fmt: skip
    return b"RIFF" + struct.pack("<I", len(body)) + body
