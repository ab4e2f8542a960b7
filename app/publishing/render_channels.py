"""PURE: streams, their schedules, and series to their public shapes."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.editing.extras import public_extras
from app.editing.languages import direction_of
from app.editing.media_types import playable
from app.editing.series.models import Season, Series
from app.editing.site.models import Edition, Site
from app.editing.streams.models import ScheduleEntry, Stream
from app.published import channels, feed_names
from app.published.paths import encode
from app.published.schedules import Scheduled
from app.publishing.names import canonical_url, series_path, stream_path
from app.publishing.pictures import Assets, image_shape
from app.publishing.render import series_ref
from app.publishing.videos import artwork

HLS = "application/vnd.apple.mpegurl"

Schema = dict[str, Any] | None


def stream(
    site: Site, edition: Edition, row: Stream, assets: Assets, schema: Schema
) -> dict[str, Any]:
    """All that is public of a stream, but for the date."""
    told = ("on_air", "dvr_seconds", "rating", "advisories", "geo", "drm")
    sources = [
        {"url": url, "media_type": playable(url) or HLS} for url in (row.url, *row.backup_urls)
    ]
    return (
        _known_by(site, edition, row, stream_path(row.slug), assets, schema)
        | {name: getattr(row, name) for name in told}
        | {"sources": sources, "schedule": f"/v1/streams/{row.id}/schedule"}
    )


def series(
    site: Site,
    edition: Edition,
    row: Series,
    seasons: Sequence[Season],
    assets: Assets,
    schema: Schema,
) -> dict[str, Any]:
    """All that is public of a series, but for the date."""
    return _known_by(site, edition, row, series_path(row.slug), assets, schema) | {
        "genres": row.genres,
        "seasons": [
            {
                "number": season.number,
                "title": season.title,
                "description": season.description,
                "image": _image(season.artwork_id, assets),
            }
            for season in seasons
        ],
        "episodes": f"/v1/series/{row.id}/episodes",
        "feeds": feed_names.addresses(feed_names.named_place("series", row.slug)),
    }


def scheduled(entry: ScheduleEntry, programmes: Mapping[UUID, Series], assets: Assets) -> Scheduled:
    """`programmes` has those that readers have."""
    programme = programmes.get(entry.series_id) if entry.series_id else None
    told = ("id", "title", "subtitle", "description", "rating", "external_id")
    shape = channels.ScheduleEntry.model_validate(
        {name: getattr(entry, name) for name in told}
        | {
            "start": entry.starts_at,
            "end": entry.ends_at,
            "series": series_ref(programme) if programme else None,
            "season": entry.season if programme else None,
            "number": entry.number if programme else None,
            "image": _image(entry.artwork_id, assets),
        }
    )
    return Scheduled(
        id=entry.id,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        body=shape.model_dump_json().encode(),
    )


def _image(asset_id: UUID | None, assets: Assets) -> dict[str, Any] | None:
    return image_shape({"asset_id": asset_id} if asset_id else None, assets)


def _known_by(
    site: Site, edition: Edition, row: Stream | Series, path: str, assets: Assets, schema: Schema
) -> dict[str, Any]:
    """What a stream and a series have in common."""
    url = canonical_url(site, None, path)
    image = _image(row.artwork_id, assets)
    return {
        "id": row.id,
        "edition": edition.code,
        "language": row.language or edition.language,
        "direction": direction_of(row.language) if row.language else edition.direction,
        "slug": row.slug,
        "title": row.title,
        "description": row.description,
        "path": encode(path),
        "canonical_url": url,
        "image": image,
        "artwork": artwork(image),
        "share": {"url": url, "title": row.title, "text": row.description, "image": image},
        "external_ids": row.external_ids,
        "extras": public_extras(schema, row.extras),
    }
