"""The pictures, the film and the sound of the demo, as they are described in `media.toml`.

Each has a key, by which articles, channels and other assets name it.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.editing.assets.playback import PlaySource
from app.editing.assets.schemas import AssetFields
from app.exchange.demo.parsing import Fields, Unreadable, toml, valid
from app.exchange.demo.sources import earlier

FILE = "media.toml"
FOLDER = Path(__file__).parent / "media"


@dataclass(frozen=True)
class PlannedAsset:
    """`poster` is the key of a picture; `captions` are labels by language; `playlist` says which
    file plays it by HLS, and how. Not yet moved in time."""

    key: str
    file: str
    fields: Fields
    poster: str | None
    captions: dict[str, str]
    playlist: Fields | None

    @property
    def path(self) -> Path:
        return FOLDER / self.file

    def told(self, back: timedelta, **more: Any) -> AssetFields:
        """What is told of it, its dates moved `back`."""
        return AssetFields.model_validate(earlier(self.fields, back) | more)

    def captions_in(self, language: str) -> str:
        """The text of its captions."""
        return (FOLDER / f"{self.path.stem}.{language}.vtt").read_text("utf-8")


def read(file: Path) -> dict[str, PlannedAsset]:
    """By key; what names another one stands behind it. Raises Unreadable."""
    try:
        planned = [_planned(one) for one in toml(file.read_text("utf-8"), file.name)["assets"]]
    except KeyError as error:
        raise Unreadable(f"{FILE}: {error} is missing") from None
    known: dict[str, PlannedAsset] = {}
    for one in planned:
        _check(one, known)
        known[one.key] = one
    return known


def _planned(written: Fields) -> PlannedAsset:
    file = written.pop("file")
    return PlannedAsset(
        key=written.pop("key", Path(file).stem),
        file=file,
        poster=written.pop("poster", None),
        captions=written.pop("captions", {}),
        playlist=written.pop("playlist", None),
        fields=written,
    )


def _check(one: PlannedAsset, known: dict[str, PlannedAsset]) -> None:
    where = f"{FILE}, asset {one.key}"
    valid(AssetFields, earlier(one.fields, timedelta()), where)
    files = [one.path, *(FOLDER / f"{one.path.stem}.{code}.vtt" for code in one.captions)]
    if one.playlist is not None:
        told = {name: value for name, value in one.playlist.items() if name != "file"}
        valid(PlaySource, told | {"url": "/playlist.m3u8"}, f"{where}, playlist")
        files.append(FOLDER / one.playlist["file"])
    for file in files:
        if not file.is_file():
            raise Unreadable(f"{where}: there is no file {file.name}")
    if one.poster is not None and one.poster not in known:
        raise Unreadable(f"{where}: poster: there is no {one.poster} before it")
