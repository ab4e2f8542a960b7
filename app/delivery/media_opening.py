"""The files of these settings, for the public side."""

from app.delivery.media import Files
from app.delivery.media_making import Making
from app.delivery.media_renditions import Renditions
from app.imaging.darkroom import Darkroom
from app.imaging.pictures import Limits
from app.settings import Settings
from app.storage.opening import opened

_USUAL = frozenset({"jpg", "webp"})


def files_of(settings: Settings) -> Files:
    """Nothing is asked of the storage yet. Raises BadAddress where its address makes no sense."""
    storage = opened(settings.media_address)
    folder = settings.data_dir.absolute() / "darkroom"
    renditions = Renditions(Making(storage, folder, Darkroom(Limits())))
    suffixes = _USUAL | {"avif"} if settings.media_avif else _USUAL
    return Files(storage, renditions, suffixes)
