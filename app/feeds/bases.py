"""PURE: where the site can be reached: root-relative links of documents to absolute ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bases:
    """Base URLs, without a slash at the end: of pages, of this API, of files."""

    web: str
    api: str
    media: str

    def absolute(self, url: str) -> str:
        """A link as it stands in a document, for those who know no base. Absolute ones stay."""
        if not url.startswith("/") or url.startswith("//"):
            return url
        if url.startswith("/media/"):
            return self.media + url
        return (self.api if url.startswith(("/v1/", "/feeds/")) else self.web) + url


def canonical(site: Mapping[str, Any]) -> Bases:
    """The bases of the canonical address, which stands first in the site's document."""
    address = site["addresses"][0]
    return Bases(*(address[name].rstrip("/") for name in ("web", "api", "media")))
