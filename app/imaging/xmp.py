"""XMP, where pictures of today say who made them: XML from strangers, so read with care.

Of each property only the text is wanted, however it was written: as an attribute, an element, or
a list of either kind.
"""

from collections.abc import Mapping

from lxml import etree

from app.imaging.pictures import Metadata

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
_MOST_BYTES = 1_000_000
_MOST_VALUES = 1_000
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def texts(data: bytes) -> Mapping[str, list[str]]:
    """Values by property (`dc:creator`); what is not XMP, or is too much of it, has none."""
    root = _parsed(data)
    found: dict[str, list[str]] = {}
    if root is None:
        return found
    prefixes = {uri: prefix for prefix, uri in NAMES.items()}
    for description in root.iter(f"{{{RDF}}}Description"):
        inner = description.getparent()
        if inner is None or inner.tag != f"{{{RDF}}}RDF":
            continue  # of something within: an ingredient, a person, a place
        for name, value in description.attrib.items():
            _note(found, prefixes, str(name), [str(value)])
        for child in description.iterchildren(tag=etree.Element):
            _note(found, prefixes, child.tag, _values(child))
    return found


def packet(metadata: Metadata) -> bytes | None:
    """What a rendition says: whose it is, what may be done with it, whether a machine made it."""
    root = etree.Element("{adobe:ns:meta/}xmpmeta", nsmap={"x": "adobe:ns:meta/"})
    described = etree.SubElement(
        etree.SubElement(root, f"{{{RDF}}}RDF", nsmap={"rdf": RDF}), f"{{{RDF}}}Description",
        nsmap=NAMES,
    )  # fmt: skip
    described.set(f"{{{RDF}}}about", "")
    _list(described, "dc:creator", "Seq", metadata.creator)
    _list(described, "dc:rights", "Alt", metadata.rights)
    _text(described, "photoshop:Credit", metadata.credit)
    _text(described, "xmpRights:WebStatement", metadata.web_statement)
    _text(described, "Iptc4xmpExt:DigitalSourceType", metadata.digital_source_type)
    if not len(described):
        return None
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")


def _parsed(data: bytes) -> etree._Element | None:
    if len(data) > _MOST_BYTES:
        return None
    try:
        text = data.decode("utf-8").strip("\0 \r\n\t\ufeff")
        if "<!" in text.replace("<!--", ""):
            return None  # no XMP declares a document type: whoever does is up to something
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        return etree.fromstring(text.encode(), parser)
    except (UnicodeDecodeError, etree.XMLSyntaxError, ValueError):
        return None


def _note(
    found: dict[str, list[str]], prefixes: Mapping[str, str], tag: str, values: list[str]
) -> None:
    space, _, name = tag.removeprefix("{").rpartition("}")
    if space in prefixes:
        found.setdefault(f"{prefixes[space]}:{name}", values)


def _values(element: etree._Element) -> list[str]:
    """The items of a list, of translations (`x-default` first), or the text itself."""
    items = list(element.iter(f"{{{RDF}}}li"))[:_MOST_VALUES]
    if not items:
        resource = element.get(f"{{{RDF}}}resource")
        return [str(resource)] if resource else [element.text or ""]
    items.sort(key=lambda item: item.get(_LANG) != "x-default")
    return [item.text or "" for item in items]


def _list(described: etree._Element, name: str, kind: str, text: str | None) -> None:
    if text:
        values = etree.SubElement(etree.SubElement(described, _tag(name)), f"{{{RDF}}}{kind}")
        item = etree.SubElement(values, f"{{{RDF}}}li")
        item.text = text
        if kind == "Alt":
            item.set(_LANG, "x-default")


def _text(described: etree._Element, name: str, text: str | None) -> None:
    if text:
        etree.SubElement(described, _tag(name)).text = text


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"
