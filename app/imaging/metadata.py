"""What a picture says of itself, in three languages at once: XMP before IPTC-IIM before EXIF."""

import re
from collections.abc import Mapping

import pyvips

from app.imaging import exif, iptc, xmp
from app.imaging.pictures import Metadata
from app.imaging.wording import address, cleaned, keywords

_SOURCE_TYPE = re.compile(r"https?://cv\.iptc\.org/newscodes/digitalsourcetype/(\w{1,60})/?")
_MOMENT = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}")


def of(image: pyvips.Image) -> Metadata:
    """From the fields of an image whose head was read. What cannot be understood is left out."""
    inside = xmp.texts(_blob(image, "xmp-data"))
    wire = iptc.texts(_blob(image, "iptc-data"))
    camera = exif.texts(_blob(image, "exif-data"))

    def first(name: str, number: int | None = None, tag: int | None = None) -> str | None:
        said = [*inside.get(name, [])[:1], *wire.get(number or -1, [])[:1], camera.get(tag or -1)]
        return next(filter(None, map(cleaned, said)), None)

    return Metadata(
        caption=first("dc:description", iptc.CAPTION, exif.DESCRIPTION),
        headline=first("photoshop:Headline", iptc.HEADLINE),
        credit=first("photoshop:Credit", iptc.CREDIT),
        creator=_creators(inside, wire) or first("dc:creator", iptc.CREATOR, exif.ARTIST),
        captured_at=_moment(inside, wire, camera),
        rights=first("dc:rights", iptc.RIGHTS, exif.COPYRIGHT),
        web_statement=address(first("xmpRights:WebStatement")),
        digital_source_type=_source_type(first("Iptc4xmpExt:DigitalSourceType")),
        keywords=keywords(inside.get("dc:subject") or wire.get(iptc.KEYWORD, [])),
        alt_text=first("Iptc4xmpCore:AltTextAccessibility"),
        language=_language(first("dc:language", iptc.LANGUAGE)),
    )


def _blob(image: pyvips.Image, name: str) -> bytes:
    if not image.get_typeof(name):
        return b""
    return bytes(image.get(name))


def _creators(inside: Mapping[str, list[str]], wire: Mapping[int, list[str]]) -> str | None:
    names = keywords(inside.get("dc:creator") or wire.get(iptc.CREATOR, []))
    return cleaned(", ".join(names))


def _moment(
    inside: Mapping[str, list[str]], wire: Mapping[int, list[str]], camera: Mapping[int, str]
) -> str | None:
    """The first of them that is a date and time as it should be."""
    said = (
        *inside.get("photoshop:DateCreated", []),
        *inside.get("exif:DateTimeOriginal", []),
        iptc.moment(wire),
        exif.moment(camera),
    )
    return next((text.strip() for text in said if text and _MOMENT.fullmatch(text.strip())), None)


def _source_type(text: str | None) -> str | None:
    match = _SOURCE_TYPE.fullmatch(text or "")
    return f"http://cv.iptc.org/newscodes/digitalsourcetype/{match[1]}" if match else None


def _language(text: str | None) -> str | None:
    return text if text and _LANGUAGE.fullmatch(text) else None
