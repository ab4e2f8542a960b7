"""A newsroom whose desk is tried through HTTP, and that may fetch from one stranger's server."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

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
async def importing(site_url: str, there: Stranger, tmp_path: Path) -> AsyncIterator[Newsroom]:
    """Its files are below `tmp_path`."""
    only_there = partial(fetch, allowed={there.endpoint})
    async with newsrooms.opened(
        site_url, fetch=only_there, max_upload_bytes=200_000, data_dir=tmp_path
    ) as opened:
        yield opened
