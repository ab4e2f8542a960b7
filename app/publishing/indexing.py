"""PURE: whether search engines are told of an article."""

import re

from app.publishing.names import canonical_url
from app.publishing.snapshot import Snapshot

_HIDDEN = re.compile(r"(?:^|[ ,])(?:noindex|none)(?:[ ,]|$)")


def is_indexed(snapshot: Snapshot, path: str) -> bool:
    """Not what others wrote, what is at home elsewhere, or what editors keep out."""
    content = snapshot.content
    url = canonical_url(snapshot.site, snapshot.edition, path)
    return (
        content.syndicated_from is None
        and not _HIDDEN.search(content.seo.robots or "")
        and content.seo.canonical_url in (None, url)
    )
