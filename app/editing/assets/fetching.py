"""Files of other servers, brought here: downloaded, looked at, stored."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.editing import calling
from app.editing.assets.filing import Filed, file_away
from app.editing.media import Media
from app.errors import Invalid
from app.outbound.fetching import Fetch
from app.outbound.page import Limits, Page, Refused, TooLarge, Unreachable
from app.storage.uploads import Whole

SECONDS = {"image": 120, "document": 300, "video": 3_600, "audio": 3_600}
"""So long a file of each kind may take."""

SILENCE = 30
ACCEPT = {
    "image": "image/avif, image/webp, image/png, image/jpeg, image/gif, */*;q=0.1",
    "document": "application/pdf, */*;q=0.1",
    "video": "video/*, application/vnd.apple.mpegurl, */*;q=0.1",
    "audio": "audio/*, */*;q=0.1",
}

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_LASTING = frozenset({"redirects", "tls"})


class Unfetched(Exception):
    """Why a file cannot be had, in words for an editor; and whether that may pass."""

    def __init__(self, reason: str, *, may_pass: bool = False) -> None:
        super().__init__(reason)
        self.may_pass = may_pass


@dataclass(frozen=True)
class Caller:
    """How other servers are called, and under which name."""

    fetch: Fetch
    agent: str


async def caller(session: AsyncSession) -> Caller:
    """Raises OutboundOff where nobody may be called."""
    return Caller(calling.fetcher(session), await calling.agent(session))


async def fetched(media: Media, call: Caller, url: str, kind: str) -> Filed:
    """The file at this address, which must be of this kind, stored. No transaction may be open.

    Raises Unfetched, or a StorageFault.
    """
    staged = ids.public()
    await media.uploads.begin(staged)
    try:
        page = await _download(media, call, url, kind, staged)
        return await _filed(media, await media.uploads.whole(staged), page, kind)
    finally:
        await asyncio.shield(media.uploads.drop(staged))


async def _download(media: Media, call: Caller, url: str, kind: str, staged: UUID) -> Page:
    most = media.darkroom.limits.file_bytes if kind == "image" else media.most
    limits = Limits(whole=SECONDS[kind], body=min(most, media.most), silence=SILENCE)

    async def keep(pieces: AsyncIterator[bytes]) -> None:
        await media.uploads.append(staged, 0, pieces, most=limits.body)

    try:
        page = await call.fetch(url, limits, agent=call.agent, accept=ACCEPT[kind], into=keep)
    except (Refused, TooLarge) as error:
        raise Unfetched(str(error)) from None
    except Unreachable as error:
        raise Unfetched(str(error), may_pass=error.kind not in _LASTING) from None
    if page.status != 200:
        reason = f"The server answers {page.status} there."
        raise Unfetched(reason, may_pass=page.status in _PASSING)
    return page


async def _filed(media: Media, whole: Whole, page: Page, kind: str) -> Filed:
    name = unquote(urlsplit(page.final_url).path, errors="replace")
    try:
        return await file_away(media, whole, name=name, kind=kind)
    except Invalid as error:
        said = " ".join(fault.detail for fault in error.faults) or error.detail
        if page.media_type in ("text/html", "application/xhtml+xml"):
            said = f"What is there is a web page, and no file. {said}"
        raise Unfetched(said) from None
