"""What a picture says of itself, and what of it a rendition still says."""

from pathlib import Path

import pytest

from app.imaging.darkroom import Darkroom
from app.imaging.pictures import Format, Metadata, Rendition
from app.imaging.xmp import texts as xmp_texts
from tests.imaging.drawing import XMP_HEAD, exif, iptc, jpeg, plain, png, xmp, xmp_chunk
from tests.imaging.hostile import FOREIGN, LAUGHS, NESTED

pytestmark = pytest.mark.asyncio(loop_scope="module")

EXIF = exif(
    {0x010E: b"A quay at low tide", 0x013B: b"Ines Varga", 0x8298: "© Harbour Desk".encode()},
    {0x9003: b"2026:03:04 05:06:07", 0x9011: b"+02:00"},
    private=b"SECRET-PLACE",
)
IPTC = iptc(
    [(120, "Fähre im Nebel".encode()), (105, b"Fog"), (110, b"Harbour Agency"), (80, b"Ines Varga"),
     (80, b"Omid Tell"), (116, b"Harbour Desk"), (25, b"fog"), (25, b"ferry"), (25, b"fog"),
     (55, b"20260102"), (60, b"030405+0100"), (135, b"de")]
)  # fmt: skip
XMP = xmp(
    """<dc:description><rdf:Alt><rdf:li xml:lang="fr">Un quai</rdf:li>
         <rdf:li xml:lang="x-default">A quay</rdf:li></rdf:Alt></dc:description>
       <dc:creator><rdf:Seq><rdf:li>Ines Varga</rdf:li>
         <rdf:li>Omid Tell</rdf:li></rdf:Seq></dc:creator>
       <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Harbour Desk</rdf:li>
         </rdf:Alt></dc:rights>
       <dc:subject><rdf:Bag><rdf:li>quay</rdf:li></rdf:Bag></dc:subject>
       <photoshop:Headline>Low tide</photoshop:Headline>
       <xmpRights:WebStatement>https://harbour.test/rights</xmpRights:WebStatement>
       <Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A grey quay</rdf:li>
         </rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
       <Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture
       </Iptc4xmpExt:DigitalSourceType>""",
    'photoshop:Credit="Harbour Agency" photoshop:DateCreated="2026-05-06T07:08"',
)


async def said(darkroom: Darkroom, folder: Path, content: bytes) -> Metadata:
    (folder / "sent").write_bytes(content)
    return (await darkroom.inspect(folder / "sent")).metadata


async def test_exif_is_read(darkroom: Darkroom, tmp_path: Path) -> None:
    metadata = await said(darkroom, tmp_path, jpeg(plain(60, 40), (0xE1, EXIF)))

    assert metadata == Metadata(
        caption="A quay at low tide", creator="Ines Varga", rights="© Harbour Desk",
        captured_at="2026-03-04T05:06:07+02:00",
    )  # fmt: skip


async def test_exif_keeps_short_texts_in_another_place(darkroom: Darkroom, tmp_path: Path) -> None:
    short = exif({0x013B: b"Ada"}, {0x9003: b"0000:00:00 00:00:00"})

    metadata = await said(darkroom, tmp_path, jpeg(plain(60, 40), (0xE1, short)))

    assert metadata == Metadata(creator="Ada")


async def test_iptc_is_read(darkroom: Darkroom, tmp_path: Path) -> None:
    metadata = await said(darkroom, tmp_path, jpeg(plain(60, 40), (0xED, IPTC)))

    assert metadata == Metadata(
        caption="Fähre im Nebel", headline="Fog", credit="Harbour Agency",
        creator="Ines Varga, Omid Tell", rights="Harbour Desk", keywords=("fog", "ferry"),
        captured_at="2026-01-02T03:04:05+01:00", language="de",
    )  # fmt: skip


async def test_iptc_of_old_programs_is_read(darkroom: Darkroom, tmp_path: Path) -> None:
    old = iptc([(120, "Fähre".encode("latin-1"))], utf8=False)

    assert (await said(darkroom, tmp_path, jpeg(plain(60, 40), (0xED, old)))).caption == "Fähre"


@pytest.mark.parametrize("kind", ["jpeg", "png"])
async def test_xmp_is_read(darkroom: Darkroom, tmp_path: Path, kind: str) -> None:
    content = jpeg(plain(60, 40), (0xE1, XMP_HEAD + XMP)) if kind == "jpeg" else png(
        60, 40, xmp_chunk(XMP)
    )  # fmt: skip

    assert await said(darkroom, tmp_path, content) == Metadata(
        caption="A quay", headline="Low tide", credit="Harbour Agency",
        creator="Ines Varga, Omid Tell", rights="© Harbour Desk", keywords=("quay",),
        captured_at="2026-05-06T07:08", alt_text="A grey quay",
        web_statement="https://harbour.test/rights",
        digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    )  # fmt: skip


async def test_what_is_newest_counts_first_and_the_others_fill_up(
    darkroom: Darkroom, tmp_path: Path
) -> None:
    short = xmp("", 'dc:description="From XMP"')

    metadata = await said(
        darkroom, tmp_path,
        jpeg(plain(60, 40), (0xE1, EXIF), (0xE1, XMP_HEAD + short), (0xED, IPTC)),
    )  # fmt: skip

    assert metadata.caption == "From XMP"
    assert metadata.rights == "Harbour Desk"
    assert metadata.captured_at == "2026-01-02T03:04:05+01:00"


async def test_what_is_within_an_ingredient_is_not_said_of_the_picture(
    darkroom: Darkroom, tmp_path: Path
) -> None:
    inner = '<dc:relation><rdf:Description dc:description="Another picture"/></dc:relation>'

    content = jpeg(plain(60, 40), (0xE1, XMP_HEAD + xmp(inner)))

    assert (await said(darkroom, tmp_path, content)).caption is None


@pytest.mark.parametrize(
    "attributes",
    ['xmpRights:WebStatement="javascript:alert(1)"', 'Iptc4xmpExt:DigitalSourceType="https://x.test"',
     'dc:language="&lt;b&gt;"', 'photoshop:DateCreated="yesterday"', 'dc:description=" &#9;\n "'],
)  # fmt: skip
async def test_what_cannot_be_is_left_out(
    darkroom: Darkroom, tmp_path: Path, attributes: str
) -> None:
    content = jpeg(plain(60, 40), (0xE1, XMP_HEAD + xmp("", attributes)))

    assert await said(darkroom, tmp_path, content) == Metadata()


@pytest.mark.parametrize("packet", [FOREIGN, LAUGHS, NESTED, XMP[:-9], b"\xff" + XMP])
async def test_what_is_up_to_something_says_nothing_at_all(packet: bytes) -> None:
    assert xmp_texts(packet) == {}


async def test_endless_text_is_shortened_and_controls_go(
    darkroom: Darkroom, tmp_path: Path
) -> None:
    long = iptc([(120, b"a\x00b\x1b\x7f" + b"c" * 30_000)] + [(25, b"k%d" % n) for n in range(500)])

    metadata = await said(darkroom, tmp_path, jpeg(plain(60, 40), (0xED, long)))

    assert metadata.caption == "ab" + "c" * 4_998
    assert len(metadata.keywords) == 100


@pytest.mark.parametrize("kind", ["jpeg", "webp", "png"])
async def test_a_rendition_says_whose_it_is_and_nothing_private(
    darkroom: Darkroom, tmp_path: Path, kind: Format
) -> None:
    content = jpeg(plain(600, 400), (0xE1, EXIF), (0xE1, XMP_HEAD + XMP), (0xED, IPTC))
    assert b"SECRET-PLACE" in content
    (tmp_path / "sent").write_bytes(content)

    wanted = Rendition("w320", 320, format=kind)
    (made,) = await darkroom.render(tmp_path / "sent", [wanted], tmp_path)

    written = made.path.read_bytes()
    metadata = await said(darkroom, tmp_path, written)
    assert metadata == Metadata(
        creator="Ines Varga, Omid Tell", credit="Harbour Agency", rights="© Harbour Desk",
        web_statement="https://harbour.test/rights",
        digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    )  # fmt: skip
    for private in (b"SECRET-PLACE", b"Exif", b"8BIM", b"quay", b"2026"):
        assert private not in written
    assert len(written) < 3_000


async def test_the_original_is_never_written(darkroom: Darkroom, tmp_path: Path) -> None:
    file = tmp_path / "sent"
    file.write_bytes(jpeg(plain(600, 400), (0xE1, EXIF), (0xEB, b"JP\0\1\0\0\0\1jumb c2pa")))
    file.chmod(0o444)
    before = file.read_bytes(), file.stat().st_mtime_ns

    await darkroom.inspect(file)
    await darkroom.render(file, [Rendition("w320", 320)], tmp_path)

    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
