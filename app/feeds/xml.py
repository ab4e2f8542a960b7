"""PURE: XML that is always well-formed: elements by their usual prefixes, text of any Unicode."""

from collections.abc import Mapping

from lxml import etree

from app.feeds.texts import legal

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "video": "http://www.google.com/schemas/sitemap-video/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "xml": "http://www.w3.org/XML/1998/namespace",
}

Element = etree._Element


def root(tag: str, *prefixes: str, default: str | None = None, **attributes: str) -> Element:
    """The outermost element, which declares these prefixes, and `default` as its own namespace."""
    declared: dict[str | None, str] = {prefix: NAMESPACES[prefix] for prefix in prefixes}
    if default is not None:
        declared[None] = default
        tag = f"{{{default}}}{tag}"
    # The stubs know no default namespace.
    return etree.Element(tag, _legal(attributes), nsmap=declared)  # type: ignore[arg-type]


def add(
    parent: Element, tag: str, text: str | None = None, attributes: Mapping[str, object] = {}
) -> Element:
    """A new last child. `tag` is a name with a known prefix (`media:content`), or one in the
    parent's namespace. Attributes that are None are left out."""
    # Attributes cost lxml half a microsecond where there are none.
    told = (_legal(attributes),) if attributes else ()
    element = etree.SubElement(parent, _name(tag, parent), *told)
    if text is not None:
        element.text = legal(text)
    return element


def maybe(
    parent: Element, tag: str, text: str | None, attributes: Mapping[str, object] = {}
) -> None:
    """The same, where there is a text."""
    if text:
        add(parent, tag, text, attributes)


def written(element: Element) -> bytes:
    """The document in UTF-8 with its declaration first: TV apps look for `<?xml`."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8")


def _name(tag: str, parent: Element) -> str:
    prefix, colon, local = tag.partition(":")
    if colon:
        return f"{{{NAMESPACES[prefix]}}}{local}"
    namespace, brace, _ = str(parent.tag).rpartition("}")
    return namespace + brace + tag


def _legal(attributes: Mapping[str, object]) -> dict[str, str]:
    return {
        _attribute(name): legal(str(value))
        for name, value in attributes.items()
        if value is not None
    }


def _attribute(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name
