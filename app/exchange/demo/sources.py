"""What the articles of the demo cite, as it is written down in `sources.toml`.

Everything has a key there, by which works, events and the citations of articles name it.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.editing.publications.schemas import PublicationCreate
from app.editing.speakers.schemas import SpeakerCreate
from app.editing.works.event_schemas import EventCreate
from app.editing.works.schemas import WorkCreate
from app.exchange.demo.parsing import Fields, Unreadable, toml, valid

FILE = "sources.toml"

NOUNS = ("publication", "work", "speaker")

ISSUERS = ("publication", "agency", "via")
"""The fields of a work that name publications."""


@dataclass(frozen=True)
class PlannedWork:
    """`issuers` are keys of publications, by the field that names them. Not yet moved in time."""

    issuers: dict[str, str]
    fields: Fields

    def draft(self, back: timedelta, **issuers: Any) -> WorkCreate:
        """The work as the desk takes it, its dates moved `back`."""
        return WorkCreate.model_validate(earlier(self.fields, back) | issuers)


@dataclass(frozen=True)
class PlannedEvent:
    """What happens to the work once all articles are out."""

    work: str
    fields: Fields

    def draft(self, back: timedelta) -> EventCreate:
        return EventCreate.model_validate(earlier(self.fields, back))


@dataclass(frozen=True)
class Sources:
    publications: dict[str, PublicationCreate]
    speakers: dict[str, SpeakerCreate]
    works: dict[str, PlannedWork]
    events: list[PlannedEvent]

    def has(self, noun: str, key: str) -> bool:
        """Whether there is a publication, work or speaker with this key."""
        known: dict[str, Collection[str]] = {
            "publication": self.publications, "work": self.works, "speaker": self.speakers,
        }  # fmt: skip
        return key in known[noun]


def read(file: Path) -> Sources:
    """Raises Unreadable."""
    written = toml(file.read_text("utf-8"), file.name)
    try:
        made = Sources(
            publications={
                one.pop("key"): valid(PublicationCreate, one, f"{FILE}, publication {one['name']}")
                for one in written["publications"]
            },
            speakers={
                one.pop("key"): valid(SpeakerCreate, one, f"{FILE}, speaker {one['name']}")
                for one in written["speakers"]
            },
            works={one.pop("key"): _work(one) for one in written["works"]},
            events=[PlannedEvent(one.pop("work"), one) for one in written["events"]],
        )
    except KeyError as error:
        raise Unreadable(f"{FILE}: {error} is missing") from None
    _check(made)
    return made


def named(citations: Iterable[Fields]) -> Iterator[tuple[str, str]]:
    """What citations name of the file: nouns and keys."""
    for citation in citations:
        for fields in (citation, citation.get("statement", {}), *citation.get("chain", ())):
            yield from ((noun, fields[noun]) for noun in NOUNS if noun in fields)


def earlier(value: Any, back: timedelta) -> Any:
    """With all days, but not what is known as text, moved `back` in time."""
    if isinstance(value, dict):
        return {name: earlier(one, back) for name, one in value.items()}
    if isinstance(value, list):
        return [earlier(one, back) for one in value]
    return (value - back).isoformat() if isinstance(value, date) else value


def _work(written: Fields) -> PlannedWork:
    issuers = {name: written.pop(name) for name in ISSUERS if name in written}
    return PlannedWork(issuers, written)


def _check(made: Sources) -> None:
    for key, work in made.works.items():
        valid(WorkCreate, earlier(work.fields, timedelta()), f"{FILE}, work {key}")
        for issuer in work.issuers.values():
            if issuer not in made.publications:
                raise Unreadable(f"{FILE}, work {key}: there is no publication {issuer}")
    for event in made.events:
        valid(EventCreate, earlier(event.fields, timedelta()), f"{FILE}, event of {event.work}")
        if event.work not in made.works:
            raise Unreadable(f"{FILE}, events: there is no work {event.work}")
