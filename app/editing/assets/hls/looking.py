"""One look at an HLS address: its playlist, and of a master the playlist of its best quality."""

import asyncio
from dataclasses import dataclass

from app.outbound.fetching import Fetch
from app.outbound.page import Limits, Page, Refused, Unreachable
from app.playlists import reading
from app.playlists.playlist import Playlist, Quality, Unreadable

LIMITS = Limits(body=reading.LARGEST)

_TURNED_AWAY = frozenset({401, 402, 403, 407, 429, 451, 503, 999})
"""Statuses that say that we may not, or not now: viewers may."""


@dataclass(frozen=True)
class Look:
    """`failure` says why it cannot be played; None where it can, or where nobody can tell
    (`undecided`). `answered`: some server did, whatever it said."""

    playlist: Playlist | None = None
    best: Playlist | None = None
    failure: str | None = None
    undecided: str | None = None
    answered: bool = True


class _Undecided(Exception):
    """We were turned away."""


class _Failed(Exception):
    def __init__(self, message: str, *, answered: bool = True) -> None:
        super().__init__(message)
        self.answered = answered


async def look(url: str, *, fetch: Fetch, agent: str) -> Look:
    """What is there. Never call it while a transaction is open."""
    playlist: Playlist | None = None
    try:
        playlist = await _read(url, fetch, agent)
        best = best_quality(playlist)
        if best is None:
            return Look(playlist)
        try:
            return Look(playlist, await _read(best.url, fetch, agent, within_master=True))
        except _Failed as failed:
            raise _Failed(
                f"The master can be read; its best quality ({best.url[:200]}) cannot. {failed}"
            ) from None
    except _Failed as failed:
        return Look(playlist, failure=str(failed), answered=failed.answered)
    except _Undecided as turned_away:
        return Look(playlist, undecided=str(turned_away))


def best_quality(playlist: Playlist) -> Quality | None:
    """The largest picture, or where none tells its size the most bits."""
    return max(
        playlist.qualities, key=lambda each: (each.height or 0, each.bandwidth or 0), default=None
    )


async def _read(url: str, fetch: Fetch, agent: str, *, within_master: bool = False) -> Playlist:
    page = await _page(url, fetch, agent)
    if page.status in _TURNED_AWAY:
        raise _Undecided(f"The server turned us away ({page.status}); viewers may get through.")
    if page.status != 200:
        raise _Failed(f"The server answers {page.status}.")
    try:
        # Long playlists take a while to read: not on the loop on which other jobs wait.
        return await asyncio.to_thread(
            reading.read, page.body, page.final_url, within_master=within_master
        )
    except Unreadable as unreadable:
        raise _Failed(str(unreadable)) from None


async def _page(url: str, fetch: Fetch, agent: str) -> Page:
    try:
        return await fetch(url, LIMITS, agent=agent, accept=reading.ACCEPT)
    except Refused as refused:
        raise _Failed(str(refused)) from None
    except Unreachable as unreachable:
        raise _Failed(str(unreachable), answered=False) from None
