"""One darkroom for a module: it takes longer to start than most pictures take."""

from collections.abc import AsyncIterator

import pytest_asyncio

from app.imaging.darkroom import Darkroom, opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def darkroom() -> AsyncIterator[Darkroom]:
    async with opened() as running:
        yield running
