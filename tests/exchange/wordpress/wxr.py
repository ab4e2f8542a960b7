"""Exports of invented WordPress sites, as small as a test needs them."""

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

SITE = "https://gazette.example"

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="{scheme}://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="{scheme}://wordpress.org/export/1.2/">
<channel>
<title>The Tollen Gazette</title><link>{site}</link><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>{site}</wp:base_blog_url>
"""
FOOT = "</channel></rss>\n"


def export(*parts: str, scheme: str = "http", site: str = SITE) -> str:
    return HEAD.format(scheme=scheme, site=site) + "\n".join(parts) + FOOT


def written(file: Path, *parts: str, **options: str) -> Path:
    file.write_text(export(*parts, **options), "utf-8")
    return file


def author(login: str, name: str = "") -> str:
    return _element("wp:author", {"wp:author_login": login, "wp:author_display_name": name})


def category(slug: str, name: str, *, parent: str = "", term_id: str = "7", about: str = "") -> str:
    return _element(
        "wp:category",
        {"wp:term_id": term_id, "wp:category_nicename": slug, "wp:category_parent": parent,
         "wp:cat_name": name, "wp:category_description": about},
    )  # fmt: skip


def tag(slug: str, name: str) -> str:
    return _element("wp:tag", {"wp:term_id": "9", "wp:tag_slug": slug, "wp:tag_name": name})


def post(
    number: int,
    title: str = "The lamp is lit",
    content: str = "The lamp was lit at dusk.",
    *,
    labels: Iterable[tuple[str, str, str]] = (),
    meta: dict[str, str] | None = None,
    **fields: str,
) -> str:
    """An item. `labels` are (domain, slug, name); other fields go by their names in the file."""
    slug = fields.get("post_name", f"post-{number}")
    values = {
        "title": title,
        "link": f"{SITE}/2019/03/{slug}/",
        "dc:creator": "mara",
        "content:encoded": content,
        "excerpt:encoded": "",
        "wp:post_id": str(number),
        "wp:post_date": "2019-03-05 10:00:00",
        "wp:post_date_gmt": "2019-03-05 09:00:00",
        "wp:post_name": slug,
        "wp:status": "publish",
        "wp:post_type": "post",
        "wp:post_password": "",
        "wp:is_sticky": "0",
    }
    values |= {name if name in _BARE else _NAMES.get(name, f"wp:{name}"): value
               for name, value in fields.items()}  # fmt: skip
    terms = "".join(
        f'<category domain="{domain}" nicename="{nicename}"><![CDATA[{name}]]></category>'
        for domain, nicename, name in labels
    )
    metas = "".join(
        _element("wp:postmeta", {"wp:meta_key": key, "wp:meta_value": value})
        for key, value in (meta or {}).items()
    )
    return f"<item>{_fields(values)}{terms}{metas}</item>"


def attachment(
    number: int, url: str, *, parent: int = 0, caption: str = "", order: int = 0, **meta: str
) -> str:
    return post(
        number, f"file {number}", "", excerpt=caption, post_type="attachment", status="inherit",
        post_parent=str(parent), menu_order=str(order), attachment_url=url, meta=meta,
    )  # fmt: skip


def _element(name: str, values: dict[str, str]) -> str:
    return f"<{name}>{_fields(values)}</{name}>"


def _fields(values: dict[str, str]) -> str:
    return "".join(f"<{name}>{_text(value)}</{name}>" for name, value in values.items())


def _text(value: str) -> str:
    return escape(value) if "]]>" in value else f"<![CDATA[{value}]]>"


_BARE = ("title", "link", "guid", "pubDate")
_NAMES = {"creator": "dc:creator", "excerpt": "excerpt:encoded"}
