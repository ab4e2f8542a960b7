"""A newsroom that may call servers of the test."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests import newsroom as newsrooms
from tests.dispatch.saved import saved_feed
from tests.newsroom import Newsroom
from tests.outbound.playing import Stranger, stranger
from tests.storage.conftest import s3_endpoint

__all__ = ["s3_endpoint"]

SITE = {
    "name": "The Kestrel Bay Courier",
    "publisher": {"name": "Kestrel Bay Press"},
    "addresses": [
        {
            "kind": "canonical",
            "web": "https://www.example.org",
            "api": "https://api.example.org",
            "media": "https://media.example.org",
        }
    ],
}


@pytest.fixture
async def there() -> AsyncIterator[Stranger]:
    """Somebody else's server."""
    async with stranger() as playing:
        yield playing


@pytest.fixture
async def newsroom(database_url: str, there: Stranger) -> AsyncIterator[Newsroom]:
    """It may call that server, and no other that is private."""
    private = f"{there.address}:{there.port}"
    async with newsrooms.opened(database_url, outbound_private=private) as opened:
        yield opened


async def set_site(newsroom: Newsroom, **fields: object) -> None:
    answer = await newsroom.desk.put("/desk/site", json=SITE | fields, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


@pytest.fixture
async def feed(newsroom: Newsroom) -> Any:
    """One that is for partners alone, with one story."""
    await newsroom.section("News")
    await set_site(newsroom)
    await newsroom.published("Fog at sea")
    return await saved_feed(newsroom, "For partners")
