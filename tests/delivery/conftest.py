"""A small published site, and somebody who reads it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.delivery.shelf import Shelf, reading, shelf_on


@pytest.fixture
async def shelf(database_url: str) -> AsyncIterator[Shelf]:
    async with shelf_on(database_url) as shelf:
        yield shelf


@pytest.fixture
async def reader(database_url: str, shelf: Shelf) -> AsyncIterator[httpx.AsyncClient]:
    async with reading(database_url) as client:
        yield client
