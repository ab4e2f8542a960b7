"""PURE: a film in a sitemap.

https://developers.google.com/search/docs/crawling-indexing/sitemaps/video-sitemaps
"""

from app.feeds.feed import Film, Source
from app.feeds.playing import DASH
from app.feeds.sitemaps.sitemap import Showing
from app.feeds.texts import cut, line, rfc3339
from app.feeds.xml import Element, add, maybe

LONGEST_DESCRIPTION = 2_048
LONGEST_FILM = 28_800
"""Seconds."""

MOST_TAGS = 32


def file_of(film: Film) -> Source | None:
    """What crawlers can fetch: a file, or else HLS. They know no DASH."""
    known = [source for source in film.sources if source.media_type != DASH]
    files = [source for source in known if source.media_type.startswith("video/")]
    return next(iter([*files, *known]), None)


def is_complete(showing: Showing) -> bool:
    """Whether it has what crawlers require: a picture, and something to play."""
    return showing.film.artwork is not None and file_of(showing.film) is not None


def add_film(parent: Element, showing: Showing) -> None:
    """Nothing where it is not complete. The order of the elements is that of Google's schema."""
    film, source = showing.film, file_of(showing.film)
    if film.artwork is None or source is None:
        return
    video = add(parent, "video:video")
    crop = film.artwork.crops.get("16x9", film.artwork.url)
    add(video, "video:thumbnail_loc", crop)
    add(video, "video:title", line(showing.title))
    add(video, "video:description", cut(showing.description, LONGEST_DESCRIPTION))
    add(video, "video:content_loc", source.url)
    if film.duration and 1 <= round(film.duration) <= LONGEST_FILM:
        add(video, "video:duration", str(round(film.duration)))
    if film.available_until:
        add(video, "video:expiration_date", rfc3339(film.available_until))
    add(video, "video:publication_date", rfc3339(showing.published_at))
    for tag in showing.tags[:MOST_TAGS]:
        maybe(video, "video:tag", line(tag))
    maybe(video, "video:category", cut(showing.category, 256))
    _add_countries(video, film)
    add(video, "video:requires_subscription", "no" if showing.free else "yes")


def _add_countries(video: Element, film: Film) -> None:
    countries = film.countries or film.excluded_countries
    if countries:
        relation = "allow" if film.countries else "deny"
        add(video, "video:restriction", " ".join(countries), {"relationship": relation})
