"""A newsroom that may call one stranger's server, and nobody else."""

from collections.abc import AsyncIterator
from functools import partial

import pytest

from app.outbound.fetching import fetch
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.outbound.playing import Stranger, stranger


@pytest.fixture
async def there() -> AsyncIterator[Stranger]:
    async with stranger() as playing:
        yield playing


@pytest.fixture
async def calling(site_url: str, there: Stranger) -> AsyncIterator[Newsroom]:
    only_there = partial(fetch, allowed={there.endpoint})
    async with newsrooms.opened(site_url, fetch=only_there) as opened:
        yield opened
