"""What the docs promise, tried hard: in a small form always, in full by `make prove`."""

from collections.abc import AsyncIterator

import pytest

from tests import newsroom as newsrooms
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url, citation_notes=True) as opened:
        yield opened
