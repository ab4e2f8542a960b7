"""From a drawing to a JPEG that says what it shows, as a photo desk would have written it.

Twice, as editors' programs do: as XMP, and as IPTC-IIM for those that are older.
"""

from xml.sax.saxutils import escape

import pyvips

from scripts.demo_media.catalogue import CREDIT, Picture

_DRAWN_BY_A_PROGRAM = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
_COARSEST = 30


def painted(picture: Picture, wanted: int) -> bytes:
    """As fine as fits into so many bytes, and no coarser than still looks well."""
    drawn = pyvips.Image.svgload_buffer(picture.draw().encode())
    image = drawn.resize(picture.width / drawn.width).flatten(background=255).gaussblur(0.8)
    image = image.copy_memory().copy()
    image.set_type(pyvips.GValue.blob_type, "xmp-data", _xmp(picture).encode())
    image.set_type(pyvips.GValue.blob_type, "iptc-data", _iptc(picture))
    for quality in range(84, _COARSEST, -3):
        jpeg = _jpeg(image, quality)
        if len(jpeg) <= wanted:
            return jpeg
    return _jpeg(image, _COARSEST)


def _jpeg(image: pyvips.Image, quality: int) -> bytes:
    return bytes(
        image.jpegsave_buffer(
            Q=quality, optimize_coding=True, interlace=True, trellis_quant=True,
            overshoot_deringing=True, optimize_scans=True, quant_table=3,
            keep=pyvips.enums.ForeignKeep.XMP | pyvips.enums.ForeignKeep.IPTC,
        )
    )  # fmt: skip


def frame(svg: str, width: int) -> pyvips.Image:
    drawn = pyvips.Image.svgload_buffer(svg.encode(), scale=width / 1600)
    return drawn.flatten(background=0).copy_memory()


def _xmp(picture: Picture) -> str:
    def plain(tag: str, text: str) -> str:
        return f"<{tag}>{escape(text)}</{tag}>"

    def in_english(tag: str, text: str) -> str:
        inner = f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'
        return f"<{tag}><rdf:Alt>{inner}</rdf:Alt></{tag}>"

    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
        + in_english("dc:description", picture.caption)
        + f"<dc:creator><rdf:Seq>{plain('rdf:li', picture.creator)}</rdf:Seq></dc:creator>"
        + plain("photoshop:Credit", CREDIT)
        + plain("photoshop:DateCreated", picture.date)
        + in_english("Iptc4xmpCore:AltTextAccessibility", picture.alt)
        + plain("Iptc4xmpExt:DigitalSourceType", _DRAWN_BY_A_PROGRAM)
        + '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )


def _iptc(picture: Picture) -> bytes:
    """An image resource of Photoshop's with the records of IIM 4 in it, in UTF-8."""
    records = b"".join(
        (
            _record(1, 90, b"\x1b%G"),
            _record(2, 55, picture.date.replace("-", "").encode()),
            _record(2, 80, picture.creator.encode()[:32]),
            _record(2, 110, CREDIT.encode()[:32]),
            _record(2, 120, picture.caption.encode()[:2_000]),
        )
    )
    size = len(records).to_bytes(4, "big")
    return b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + size + records + b"\0" * (len(records) % 2)


def _record(number: int, kind: int, value: bytes) -> bytes:
    return bytes((0x1C, number, kind)) + len(value).to_bytes(2, "big") + value
