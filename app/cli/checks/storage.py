"""Where files are kept, and the CDN that hands them out."""

import asyncio
from collections.abc import Iterator
from uuid import UUID

import httpx

from app.cli.checks.finding import Finding, bad, doubtful, good
from app.published import media_urls
from app.settings import Settings, variable
from app.storage import probing
from app.storage.faults import StorageFault
from app.storage.opening import Limits, opened

SECONDS = 10
NOWHERE = media_urls.original(UUID(int=0), "0" * 64, "application/pdf")
"""An address that no asset has."""


def storage(settings: Settings) -> Iterator[Finding]:
    """Whether a small file can be written, read and removed."""
    try:
        place = opened(settings.media_address, Limits(request=SECONDS))
        asyncio.run(probing.check(place))
    except StorageFault as fault:
        yield bad("storage", str(fault), f"Where files are kept is {variable('media_storage')}.")
    else:
        yield good("storage", f"{place.place} keeps what it is given")


def cdn(settings: Settings) -> Iterator[Finding]:
    """Whether the CDN gets files from here, and is not sent back to itself."""
    if settings.media_url is None:
        return
    base = settings.media_url.rstrip("/")
    try:
        answer = httpx.get(base + NOWHERE, timeout=SECONDS)
    except httpx.HTTPError as error:
        yield doubtful(
            "cdn",
            f"{base} does not answer from here: {error or type(error).__name__}",
            f"Look at it, and at {variable('media_url')}: readers are sent there for files.",
        )
        return
    if answer.is_redirect:
        yield bad(
            "cdn",
            f"{base} is sent back to itself: readers get no files",
            "Have the CDN send the header CDN-Loop, with its name, to this server.",
        )
    elif answer.status_code != 404 or "problem+json" not in answer.headers.get("content-type", ""):
        yield doubtful(
            "cdn",
            f"{base} answers {answer.status_code} for a file that is not there, without our words",
            "Is it this server that it gets files from?",
        )
    else:
        yield good("cdn", f"{base} gets files from here")
