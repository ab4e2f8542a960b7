"""Whole journeys through HTTP."""

from collections.abc import AsyncIterator

import pytest

from tests import newsroom as newsrooms
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened
