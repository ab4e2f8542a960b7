"""What a post cites, as it is found in its text."""

from dataclasses import dataclass
from typing import Any

from app.editing.speakers.schemas import SpeakerCreate
from app.editing.works.schemas import WorkCreate


@dataclass(frozen=True)
class Source:
    """A citation to be: its fields, without the work and the speaker that it is to name."""

    fields: dict[str, Any]
    work: WorkCreate | None = None
    speaker: SpeakerCreate | None = None
