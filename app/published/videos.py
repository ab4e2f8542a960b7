"""The tables of videos and of the text tracks beside them, and how they are written."""

from collections.abc import Sequence
from uuid import UUID

from psycopg import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Name
from app.published.models import SCHEMA
from app.published.writes import Put, Remove


class PublicVideo(Base):
    """The playable form of a live article, as bytes.

    `private` is what POST …/playback needs and no GET gives: the sources before they get tokens.
    `locked` says that only a key with the scope `content:full` gets those. `targets` are the TV
    platforms that take it; null where nobody has looked yet.
    """

    __tablename__ = "videos"
    __table_args__ = ({"schema": SCHEMA},)

    article_id: Mapped[UUID] = mapped_column(primary_key=True)
    etag: Mapped[str] = mapped_column(Name)
    card: Mapped[bytes]
    full: Mapped[bytes]
    private: Mapped[bytes | None]
    locked: Mapped[bool]
    targets: Mapped[list[str] | None]


class PublicTrack(Base):
    """Text that goes along with a film of an article: captions, or who is cited when.

    `locked` ones go out to a key with the scope `content:full` alone.
    """

    __tablename__ = "tracks"
    __table_args__ = ({"schema": SCHEMA},)

    article_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Name, primary_key=True)
    locked: Mapped[bool]
    media_type: Mapped[str] = mapped_column(Name)
    etag: Mapped[str] = mapped_column(Name)
    body: Mapped[bytes]


async def replace(connection: AsyncConnection, writes: Sequence[Put | Remove]) -> None:
    """Set the videos of articles and their tracks. A removed article has none."""
    ids: list[UUID] = [write.id for write in writes if write.kind == "article"]
    if not ids:
        return
    puts = [write for write in writes if isinstance(write, Put)]
    kept = [put.id for put in puts if put.video]
    await connection.execute(
        "DELETE FROM published.videos WHERE article_id = ANY(%s) AND article_id <> ALL(%s)",
        (ids, kept),
    )
    await connection.execute("DELETE FROM published.tracks WHERE article_id = ANY(%s)", (ids,))
    videos = [
        (
            put.id,
            video.etag,
            video.card,
            video.full,
            video.private,
            video.locked,
            list(video.targets),
        )
        for put in puts
        if (video := put.video)
    ]
    if videos:
        await connection.cursor().executemany(_VIDEO, videos)
    tracks = [
        (put.id, track.name, track.locked, track.media_type, track.etag, track.body)
        for put in puts
        for track in put.tracks
    ]
    if tracks:
        await connection.cursor().executemany(_TRACK, tracks)


_VIDEO = """
INSERT INTO published.videos (article_id, etag, card, "full", private, locked, targets)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (article_id) DO UPDATE SET etag = excluded.etag, card = excluded.card,
    "full" = excluded."full", private = excluded.private, locked = excluded.locked,
    targets = excluded.targets
"""

_TRACK = """
INSERT INTO published.tracks (article_id, name, locked, media_type, etag, body)
VALUES (%s, %s, %s, %s, %s, %s)
"""
