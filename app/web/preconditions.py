"""`If-Match` on writes that could overwrite somebody's work, handed down as a plain function."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import Depends, Header

from app.web.conditional import require_match


# Without `async` FastAPI would call it in a thread.
async def _expected(
    if_match: Annotated[
        str | None,
        Header(description="The `ETag` you last read (or `*`). 428 without, 412 when stale."),
    ] = None,
) -> Callable[[str], None]:
    return partial(require_match, if_match)


Expected = Annotated[Callable[[str], None], Depends(_expected)]
"""Raises Stale unless this ETag, of the present state, is the one that the client has read."""
