"""What television has of the demo, as it is written down in `tv.toml`."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from app.editing.rails.schemas import RailsReplace
from app.editing.series.schemas import SeriesCreate
from app.editing.streams.schedule_schemas import ScheduleReplace
from app.editing.streams.schemas import StreamCreate
from app.exchange.demo.linking import Ids, linked
from app.exchange.demo.parsing import Fields, Unreadable, toml, valid

FILE = "tv.toml"
DAYS = (-1, 3)
"""The days of a schedule, counted from today: from which on, and before which."""


@dataclass(frozen=True)
class PlannedStream:
    """`film` is the key of the film that is on; `programme` what begins when, on each day."""

    film: str
    fields: Fields
    programme: tuple[tuple[time, Fields], ...]

    def schedule(self, now: datetime, zone: ZoneInfo) -> Fields:
        """Its programme from yesterday on."""
        today = now.astimezone(zone).date()

        def moment(day: int, at: time = time()) -> datetime:
            return datetime.combine(today + timedelta(day), at, zone)

        days = range(*DAYS)
        begins = [(moment(day, at), fields) for day in days for at, fields in self.programme]
        since, until = map(moment, DAYS)
        ends = [*(start for start, _ in begins[1:]), until]
        entries = [
            fields | {"start": start, "end": end}
            for (start, fields), end in zip(begins, ends, strict=True)
        ]
        return {"since": since, "until": until, "entries": entries}


@dataclass(frozen=True)
class Channels:
    """Series by their slugs, rails by edition. What they name stands in them by its key."""

    series: dict[str, Fields]
    streams: list[PlannedStream]
    rails: dict[str, list[Fields]]


def read(file: Path) -> Channels:
    """Raises Unreadable."""
    written = toml(file.read_text("utf-8"), file.name)
    try:
        return Channels(
            series={one["slug"]: one for one in written["series"]},
            streams=[_stream(one) for one in written["streams"]],
            rails={one["edition"]: one["rails"] for one in written["homes"]},
        )
    except KeyError as error:
        raise Unreadable(f"{FILE}: {error} is missing") from None


def check(made: Channels, ids: Ids) -> None:
    """Raise Unreadable where the desk would not take it. `ids` has the nouns of all that may be
    named: artwork, series, collection, section."""
    for slug, fields in made.series.items():
        _try(SeriesCreate, fields, ids, f"series {slug}")
    for stream in made.streams:
        where = f"stream {stream.fields['slug']}"
        _try(StreamCreate, stream.fields | {"url": "/film.m3u8"}, ids, where)
        schedule = stream.schedule(datetime(2026, 11, 20, tzinfo=UTC), ZoneInfo("UTC"))
        _try(ScheduleReplace, schedule, ids, f"{where}, programme")
        if stream.film not in ids["artwork"]:
            raise Unreadable(f"{FILE}, {where}: film: there is no {stream.film}")
    for edition, rails in made.rails.items():
        _try(RailsReplace, {"rails": rails}, ids, f"home {edition}")


def _try(model: type[BaseModel], fields: Fields, ids: Ids, where: str) -> None:
    try:
        valid(model, linked(fields, ids), f"{FILE}, {where}")
    except KeyError as error:
        raise Unreadable(f"{FILE}, {where}: there is no {error.args[0]}") from None


def _stream(written: Fields) -> PlannedStream:
    programme = [(one.pop("at"), one) for one in written.pop("programme")]
    return PlannedStream(written.pop("film"), written, tuple(programme))
