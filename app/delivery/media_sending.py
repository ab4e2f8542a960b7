"""Sending a body piece by piece, no faster than the client takes it."""

import asyncio
from collections.abc import AsyncIterator

from starlette.types import Receive, Send


async def pass_on(
    first: bytes, size: int, rest: AsyncIterator[bytes], receive: Receive, send: Send
) -> None:
    """Send a body of `size` bytes that begins with these. Ends early where the client left."""
    if len(first) == size:
        await send({"type": "http.response.body", "body": first})
        return
    # A server lets one send to nobody: without asking, we would read the file to its end.
    leaving = asyncio.create_task(_until_gone(receive))
    try:
        await send({"type": "http.response.body", "body": first, "more_body": True})
        async for piece in rest:
            if leaving.done():
                return
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        leaving.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
