"""Paths that editors give to articles, or editions by their patterns: not those of others."""

from app.editing import slugs
from app.published import paths

RESERVED = slugs.FIRST_SEGMENTS | {
    ".well-known", "feeds.opml", "indexnow-key.txt", "openapi.json", "opensearch.xml",
    "robots.txt", "sitemap.xml", "trust.txt",
}  # fmt: skip
"""What no path of an article begins with: the API answers there, or documents of other kinds."""


def wrong(path: str) -> str | None:
    """Why an article cannot have this path, percent-encoded or not; None where it can."""
    try:
        first = paths.normalise(path).split("/")[1]
    except ValueError:
        return "Must be percent-encoded UTF-8 without control characters."
    if first in RESERVED:
        return f"Must not begin with /{first}: that is where something else is."
    return None
