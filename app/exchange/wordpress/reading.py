"""Reading WXR, the export format of WordPress (1.0 to 1.2), as a stream.

The file is not trusted: no DTD, no entities but those of XML, no network, bounded texts. Control
characters, which WordPress writes although XML does not allow them, are left out.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from lxml import etree

from app.errors import Invalid
from app.exchange.wordpress.records import (
    Attachment,
    Author,
    Category,
    Label,
    Post,
    Survey,
    Tag,
)

IN_ARTICLES = ("post", "page")
"""The types of items that can become articles."""

Element = etree._Element
Fields = dict[str, str]


def survey(file: Path, on_read: Callable[[int], None] = lambda size: None) -> Survey:
    """Read the whole file once: so it is also known that it can be read to its end.

    `on_read` hears the size of each piece, in bytes. Raises Invalid where it is no export.
    """
    found = Survey()
    with file.open("rb") as stream:
        clean = _WithoutControls(stream, on_read)
        for name, element in _parts(clean, file.name):
            _note(found, name, element)
        found.control_characters = clean.removed
    if not found.version:
        raise Invalid(f"{file.name} is no WordPress export: it has no wp:wxr_version.")
    return found


def posts(file: Path) -> Iterator[Post]:
    """All items of the file in their order, one at a time."""
    with file.open("rb") as stream:
        for name, element in _parts(_WithoutControls(stream), file.name):
            if name == "item":
                yield _post(element, _fields(element))


def login(text: str) -> str:
    """The name of an account as WordPress compares it, without stray characters."""
    return re.sub(r"[^\w .@-]", "", text).strip() or text.strip()


def guest_login(slug: str) -> str:
    """The login that Co-Authors Plus has in the slug of a term or a guest author."""
    return login(slug.removeprefix("cap-"))


def _note(found: Survey, name: str, element: Element) -> None:
    fields = _fields(element)
    if name == "item":
        _note_item(found, element, fields)
    elif name == "author":
        author = Author(login(fields.get("author_login", "")), _author_name(fields))
        found.authors[author.login] = author
    elif name == "category" and (slug := fields.get("category_nicename")):
        found.categories[slug] = Category(
            id=fields.get("term_id", ""),
            slug=slug,
            name=fields.get("cat_name") or slug,
            parent=fields.get("category_parent", ""),
            description=fields.get("category_description", ""),
        )
    elif name == "tag" and (slug := fields.get("tag_slug")):
        name_, description = fields.get("tag_name") or slug, fields.get("tag_description", "")
        found.tags[slug] = Tag(slug, name_, description)
    elif name == "term":
        found.terms[fields.get("term_taxonomy", "")] += 1
    elif name in _OF_THE_SITE:
        setattr(found, _OF_THE_SITE[name], (element.text or "").strip())


def _note_item(found: Survey, element: Element, fields: Fields) -> None:
    post = _post(element, fields)
    found.types[post.type] += 1
    found.comments += sum(_name(child) == "comment" for child in element)
    if post.type == "attachment":
        found.attachments[post.id] = _attachment(post, fields)
    elif post.type == "wp_block":
        found.patterns[post.id] = post.content
    elif post.type == "guest-author":
        guest = guest_login(post.slug)
        found.authors[guest] = Author(guest, post.title or guest)
    elif post.type in IN_ARTICLES:
        # Exports of a part of a site name terms and authors that they do not declare.
        found.authors.setdefault(post.author, Author(post.author, post.author))
        for label in post.labelled("author"):
            guest = guest_login(label.slug)
            if login(label.name) not in found.authors:
                found.authors.setdefault(guest, Author(guest, label.name))
        for label in post.labelled("category"):
            found.categories.setdefault(label.slug, Category("", label.slug, label.name))
        for label in post.labelled("post_tag"):
            found.tags.setdefault(label.slug, Tag(label.slug, label.name))
        found.labels.update(one.domain for one in post.labels if one.domain not in _READ_DOMAINS)
        found.fields.update(_unread_fields(element))


def _post(element: Element, fields: Fields) -> Post:
    return Post(
        id=fields.get("post_id", ""),
        type=fields.get("post_type", ""),
        status=fields.get("status", ""),
        title=fields.get("title", ""),
        link=fields.get("link", ""),
        author=login(fields.get("creator", "")),
        slug=fields.get("post_name", ""),
        date=fields.get("post_date", ""),
        date_gmt=fields.get("post_date_gmt", ""),
        modified_gmt=fields.get("post_modified_gmt", ""),
        content=fields.get("content", ""),
        excerpt=fields.get("excerpt", ""),
        password=fields.get("post_password", ""),
        sticky=fields.get("is_sticky") == "1",
        comments_open=fields.get("comment_status") == "open",
        labels=tuple(_labels(element)),
        meta=dict(_meta(element)),
        guid=fields.get("guid", ""),
    )


def _attachment(post: Post, fields: Fields) -> Attachment:
    measured = post.meta.get("_wp_attachment_metadata", "")
    size = re.search(r's:5:"width";i:(\d{1,5});s:6:"height";i:(\d{1,5});', measured)
    credit = re.search(r's:6:"credit";s:\d+:"([^"]*)"', measured)
    position = fields.get("menu_order", "")
    return Attachment(
        id=post.id,
        url=fields.get("attachment_url", ""),
        parent=fields.get("post_parent", ""),
        position=int(position) if re.fullmatch(r"-?\d{1,9}", position) else 0,
        title=post.title,
        alt=post.meta.get("_wp_attachment_image_alt", ""),
        caption=post.excerpt,
        credit=post.meta.get("_media_credit") or (credit[1] if credit else ""),
        width=int(size[1]) or None if size else None,
        height=int(size[2]) or None if size else None,
    )


def _author_name(fields: Fields) -> str:
    whole = f"{fields.get('author_first_name', '')} {fields.get('author_last_name', '')}".strip()
    return fields.get("author_display_name") or whole or fields.get("author_login", "")


def _labels(item: Element) -> Iterator[Label]:
    for child in item:
        slug = child.get("nicename")
        if _name(child) == "category" and slug:
            domain = child.get("domain") or "category"
            name = (child.text or "").strip() or slug
            yield Label("post_tag" if domain == "tag" else domain, slug, name)


def _meta(item: Element) -> Iterator[tuple[str, str]]:
    return ((key, value) for key, value in _all_meta(item) if key in _KNOWN_META)


def _unread_fields(item: Element) -> Iterator[str]:
    """The names of custom fields that somebody filled in: those with a _ are of programs."""
    for key, value in _all_meta(item):
        if value and key not in _KNOWN_META and not key.startswith("_"):
            yield key


def _all_meta(item: Element) -> Iterator[tuple[str, str]]:
    for child in item:
        if _name(child) == "postmeta":
            fields = _fields(child)
            yield fields.get("meta_key", ""), fields.get("meta_value", "")


def _fields(element: Element) -> Fields:
    """The texts of the children by their names; of several of one name the first."""
    found: Fields = {}
    for child in element:
        found.setdefault(_name(child), (child.text or "").strip())
    return found


def _name(element: Element) -> str:
    """The local name; the bodies of posts, all called `encoded`, are told apart."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    if name.localname == "encoded":
        return "excerpt" if "excerpt" in (name.namespace or "") else "content"
    return name.localname


def _parts(stream: "_WithoutControls", file_name: str) -> Iterator[tuple[str, Element]]:
    """What stands directly in the channel, by name; forgotten when the next is asked for."""
    events = etree.iterparse(
        stream,
        events=("end",),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            parent = element.getparent()
            if parent is None or _name(parent) != "channel":
                continue
            if element.getroottree().docinfo.doctype:
                raise Invalid(f"{file_name} has a DTD. A WordPress export has none.")
            yield _name(element), element
            element.clear()
            while element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        first = next(iter(events.error_log), None)
        reason = f"{first.message.strip()} (line {first.line})" if first else str(error)
        raise Invalid(f"{file_name} is no WordPress export, or is damaged: {reason}") from None


class _WithoutControls:
    """A file without the bytes that are not allowed in XML, whatever its (8-bit) encoding."""

    def __init__(
        self, stream: IO[bytes], on_read: Callable[[int], None] = lambda size: None
    ) -> None:
        self.removed = 0
        self._stream = stream
        self._on_read = on_read

    def read(self, size: int = -1) -> bytes:
        while chunk := self._stream.read(size):
            self._on_read(len(chunk))
            kept = chunk.translate(None, _CONTROLS)
            self.removed += len(chunk) - len(kept)
            if kept:
                return kept
        return b""


_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\r")))
_OF_THE_SITE = {
    "wxr_version": "version", "title": "title", "base_blog_url": "url", "language": "language",
}  # fmt: skip
_READ_DOMAINS = frozenset({"category", "post_tag", "author", "post_format"})
_KNOWN_META = frozenset({
    "_thumbnail_id", "_wp_attachment_image_alt", "_wp_attachment_metadata", "_media_credit",
    "_yoast_wpseo_primary_category", "_yoast_wpseo_title", "_yoast_wpseo_metadesc",
    "rank_math_primary_category", "rank_math_title", "rank_math_description", "footnotes",
})  # fmt: skip
