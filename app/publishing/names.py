"""Names, paths and addresses of things, as documents carry them."""

from collections.abc import Mapping

from app.editing.sections.models import Section
from app.editing.site.models import Edition, Site
from app.published.paths import encode


def name_in(language: str, names: Mapping[str, str], fallback: str) -> str:
    """The name in this language, or in its base language (`en` for `en-GB`), or at all."""
    return names.get(language) or names.get(language.partition("-")[0]) or fallback


def section_path(edition: Edition, section: Section) -> str:
    return f"{edition.path_prefix}/{section.path}"


def edition_path(edition: Edition) -> str:
    return edition.path_prefix or "/"


def person_path(slug: str) -> str:
    return f"/people/{slug}"


def topic_path(slug: str) -> str:
    return f"/topics/{slug}"


def stream_path(slug: str) -> str:
    return f"/streams/{slug}"


def series_path(slug: str) -> str:
    return f"/series/{slug}"


def canonical_url(site: Site, edition: Edition | None, path: str) -> str:
    """The absolute address for search engines: the only absolute one in a document."""
    base = (edition.base_url if edition else None) or _canonical_base(site)
    return base + encode(path)


def _canonical_base(site: Site) -> str:
    return next(
        (address["web"] for address in site.addresses if address["kind"] == "canonical"), ""
    )
