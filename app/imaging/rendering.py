"""Making renditions: one decoding, one copy in memory, from which all of them are taken."""

from pathlib import Path

import pyvips

from app.imaging import loading, metadata, xmp
from app.imaging.framing import Frame, base_size, frame
from app.imaging.pictures import Format, Limits, Made, Rendition

_WHITE = 255
_KEPT = "xmp"
"""Of what describes a rendition. No ICC profile: without one, all screens take it for sRGB."""


def render(path: Path, wanted: list[Rendition], out: Path, limits: Limits) -> list[Made]:
    """Write each of these into the folder `out`. Those that come out the same share a file."""
    picture = loading.opened(path, limits)
    base = loading.scaled(picture, *base_size(wanted, picture.width, picture.height))
    packet = xmp.packet(metadata.of(picture.head))
    done: dict[tuple[Format, Frame], Made] = {}
    made = []
    for rendition in wanted:
        shown = frame(rendition, base.width, base.height)
        twin = done.get((rendition.format, shown))
        if twin is None:
            twin = _write(_cut(base, shown), rendition, out, packet)
            done[rendition.format, shown] = twin
        made.append(Made(rendition.name, twin.path, twin.width, twin.height,
                         twin.bytes, twin.media_type))  # fmt: skip
    return made


def _cut(base: pyvips.Image, shown: Frame) -> pyvips.Image:
    part = base.crop(shown.left, shown.top, shown.part_width, shown.part_height)
    if (shown.width, shown.height) == (shown.part_width, shown.part_height):
        return part
    return part.thumbnail_image(shown.width, height=shown.height, size="force")


def _write(image: pyvips.Image, rendition: Rendition, out: Path, packet: bytes | None) -> Made:
    encoded = _encoded(_described(image, packet), rendition.format)
    path = out / rendition.file_name
    path.write_bytes(encoded)
    return Made(
        name=rendition.name,
        path=path,
        width=image.width,
        height=image.height,
        bytes=len(encoded),
        media_type=f"image/{rendition.format}",
    )


def _described(image: pyvips.Image, packet: bytes | None) -> pyvips.Image:
    described = image.copy()
    if described.get_typeof("xmp-data"):
        described.remove("xmp-data")
    if packet:
        described.set_type(pyvips.GValue.blob_type, "xmp-data", packet)
    return described


def _encoded(image: pyvips.Image, format: Format) -> bytes:  # noqa: A002
    match format:
        case "jpeg":
            opaque = image.flatten(background=_WHITE) if image.hasalpha() else image
            return bytes(
                opaque.jpegsave_buffer(
                    Q=82, interlace=True, optimize_coding=True, optimize_scans=True,
                    trellis_quant=True, overshoot_deringing=True, quant_table=3, keep=_KEPT,
                )
            )  # fmt: skip
        case "webp":
            return bytes(image.webpsave_buffer(Q=80, effort=4, smart_subsample=True, keep=_KEPT))
        case "avif":
            return bytes(image.heifsave_buffer(compression="av1", Q=55, effort=4, keep=_KEPT))
        case "png":
            return bytes(image.pngsave_buffer(compression=9, keep=_KEPT))
