"""What is made of several documents at once: once for each state that they are in."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from typing import NamedTuple

from app import __version__
from app.delivery import rendered
from app.delivery.asking import Ask
from app.delivery.documents import kept, missing
from app.delivery.rendered import Product
from app.feeds.states import State
from app.web import caching
from app.web.answers import Answer, Headers


class Loaded(NamedTuple):
    """What was read: `render` writes it, in a thread; the headers go with it."""

    render: Callable[[], bytes]
    headers: Headers


FindName = Callable[[], Awaitable[str | None]]
LoadAll = Callable[[], Awaitable[Loaded | None]]

Find = Callable[[], Awaitable[State | None]]
Load = Callable[[], Awaitable[Callable[[], bytes] | None]]
"""Reads what is needed, and gives what renders it: that runs in a thread. None: there is none."""


async def standing(
    ask: Ask,
    name: str,
    content_type: bytes,
    find: Find,
    load: Load,
    *,
    policy: caching.Policy = caching.FEED,
    headers: Headers | None = None,
    one_of_many: bool = False,
) -> Answer:
    """The answer called `name`, whose state `find` reads. Raises NotFound where there is none.

    `one_of_many`: as `Rendered.get`.
    """
    state = await find()
    if state is None:
        raise missing()
    own = [*(headers or []), (b"last-modified", http_date(state.changed_at)),
           *kept(policy, state.tags)]  # fmt: skip
    now = _versioned(state)
    if known := rendered.unchanged(ask.head, rendered.etag(name, now), own, state.tags):
        return known

    async def find_name() -> str | None:
        after = await find()
        return _versioned(after) if after else None

    async def load_all() -> Loaded | None:
        render = await load()
        return Loaded(render, [(b"content-type", content_type)]) if render else None

    make = partial(of_one_moment, now, find_name, load_all)
    made = await ask.rendered.get(name, now, make, one_of_many=one_of_many)
    return rendered.answer(ask.head, made, rendered.etag(name, made.state), own, state.tags)


async def of_one_moment(state: str, find: FindName, load: LoadAll) -> Product:
    """What `load` reads, rendered: all of one moment, since nothing has changed while it was read.
    `state` is what `find` gave before. Raises NotFound where it has gone meanwhile."""
    for _ in range(rendered.TRIES):
        loaded, now = await load(), await find()
        if loaded is None or now is None:
            raise missing()
        before, state = state, now
        if before == state:
            break
    else:
        # Somebody publishes without end: what we have is good, but no state has its name.
        state = secrets.token_hex(8)
    assert loaded is not None
    return Product(state, await asyncio.to_thread(loaded.render), loaded.headers)


def _versioned(state: State) -> str:
    """Another release may render the same in another way."""
    return f"{__version__} {state.name}"


def http_date(moment: datetime) -> bytes:
    return format_datetime(moment.astimezone(UTC), usegmt=True).encode()
