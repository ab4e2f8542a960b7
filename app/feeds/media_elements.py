"""PURE: a picture in XML, as readers of RSS and Atom look for it (Media RSS 1.5.1)."""

from app.feeds.feed import Image
from app.feeds.texts import first_line, line
from app.feeds.xml import Element, add, maybe


def picture(parent: Element, image: Image) -> None:
    """With its caption as a title: a description is taken for the article's own text by readers
    built on feedparser, where the article has none."""
    told = {
        "url": image.url,
        "type": image.media_type,
        "medium": "image",
        "width": image.width,
        "height": image.height,
    }
    content = add(parent, "media:content", None, told)
    maybe(content, "media:title", first_line(image.caption, image.alt), {"type": "plain"})
    maybe(content, "media:credit", line(image.credit))
