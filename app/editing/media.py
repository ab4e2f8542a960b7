"""Where the files of this process are, and who reads its pictures.

They come with the session, as other settings of the process do (`Database(info=…)`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.imaging.darkroom import Darkroom
from app.imaging.pictures import Limits
from app.settings import Settings
from app.storage.opening import opened
from app.storage.stored import Storage
from app.storage.uploads import Uploads

_KEY = "media"


@dataclass(frozen=True)
class Media:
    """`uploads` are files on this machine that are not whole yet; `most` bytes one may have.
    `folder` is where this machine works on pictures.

    The process of the darkroom begins with its first picture, and ends with ours.
    """

    storage: Storage
    uploads: Uploads
    darkroom: Darkroom
    folder: Path
    most: int


def session_info(settings: Settings, *, background: bool = False) -> dict[str, Any]:
    """What the database's sessions are told of it. In the `background` nobody waits for pictures.
    Raises BadAddress."""
    return {
        _KEY: Media(
            storage=opened(settings.media_address),
            uploads=Uploads(settings.data_dir.absolute() / "uploads"),
            darkroom=Darkroom(Limits(), background=background),
            folder=settings.data_dir.absolute() / "darkroom",
            most=settings.max_upload_bytes,
        )
    }


def told(info: Mapping[Any, Any]) -> Media:
    found: Media = info[_KEY]
    return found


def of(session: AsyncSession) -> Media:
    return told(session.info)
