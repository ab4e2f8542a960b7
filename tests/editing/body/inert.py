"""Reads HTML as a judge, with a parser that the code under test does not use."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

INLINE = {
    "a", "abbr", "bdi", "bdo", "br", "cite", "code", "del", "em", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "u",
}  # fmt: skip
FRAMES = INLINE | {"iframe", "blockquote", "p", "div"}
KNOWN = FRAMES | {"textarea", "b", "body"}
ADDRESSES = {"href", "src", "cite"}
SCHEMES = {"http", "https", "mailto", "tel", ""}


class _Judge(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.others: list[str] = []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag == "body":
            return  # the document's own: what is in it counts, it does not
        for name, value in attributes:
            self.attributes.add(name)
            if name in ADDRESSES:
                self.addresses.append(value or "")

    @property
    def is_active(self) -> bool:
        """Whether there is something that could act, and would be missed if it was not told."""
        handlers = any(name.startswith("on") for name in self.attributes)
        schemes = {address.partition(":")[0].strip().lower() for address in self.addresses}
        return bool(handlers or schemes & {"javascript", "data", "vbscript"} or self.tags - KNOWN)

    def handle_comment(self, data):
        self.others.append(data)

    def handle_decl(self, decl):
        self.others.append(decl)

    def handle_pi(self, data):
        self.others.append(data)

    def unknown_decl(self, data):
        self.others.append(data)


def judged(html: str) -> _Judge:
    judge = _Judge()
    judge.feed(html)
    judge.close()
    return judge


def assert_inert(html: str, *, tags: set[str] = INLINE) -> None:
    """No element, attribute or address but those that may be there."""
    judge = judged(html)

    assert judge.tags <= tags, html
    assert not any(
        name.startswith("on") or name in ("style", "srcdoc") for name in judge.attributes
    )
    assert not judge.others, html
    for address in judge.addresses:
        assert_inert_address(address)


def assert_inert_address(address: str) -> None:
    assert urlsplit(address).scheme in SCHEMES, address
    assert not address.startswith(("//", "/\\", "\\")), address
    assert not any(character <= " " for character in address), address
