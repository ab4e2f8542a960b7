"""A newsroom that delivers: its partner, the feed, and real servers of three kinds."""

from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncssh
import feedparser
import pytest
from pydantic import SecretStr
from sqlalchemy import text

from app.dispatch.deliveries import pushing
from tests import newsroom as newsrooms
from tests.dispatch import sftp_server
from tests.dispatch.conftest import set_site
from tests.dispatch.saved import partner, saved_feed
from tests.dispatch.sftp_server import Server
from tests.newsroom import Newsroom
from tests.outbound.playing import Stranger

SIGNING = "whsec_" + b64encode(b"k" * 32).decode()
ANYWAY = {"If-Match": "*"}
NOBODY = ("127.0.0.1", 9)


@pytest.fixture
async def sftp(tmp_path: Path) -> AsyncIterator[Server]:
    (tmp_path / "sftp" / "incoming").mkdir(parents=True)
    async with sftp_server.serving(tmp_path / "sftp") as server:
        yield server


@dataclass
class Office:
    """A newsroom, a feed for partners, and a partner who may have it."""

    newsroom: Newsroom
    feed: str
    partner: str

    def fields(self, address: str, **fields: Any) -> dict[str, Any]:
        told = {"partner_id": self.partner, "feed_id": self.feed, "format": "rss"}
        return told | {"address": address} | fields

    async def deliver(self, address: str, **fields: Any) -> Any:
        """A delivery that was pushed once."""
        answer = await self.newsroom.desk.post(
            "/desk/deliveries", json=self.fields(address, **fields)
        )
        assert answer.status_code == 201, answer.text
        await self.newsroom.follow()
        return answer.json()

    async def refused(self, address: str, **fields: Any) -> list[str]:
        """Where the values are that cannot be accepted."""
        answer = await self.newsroom.desk.post(
            "/desk/deliveries", json=self.fields(address, **fields)
        )
        assert answer.status_code == 422, answer.text
        return [fault["pointer"] for fault in answer.json()["errors"]]

    async def push(self, delivery: Any) -> None:
        answer = await self.newsroom.desk.post(f"/desk/deliveries/{delivery['id']}/push")
        assert answer.status_code == 202, answer.text
        await self.newsroom.follow()

    async def later(self) -> None:
        """As if the time had come for all that is to be pushed later."""
        await self.newsroom.follow()
        await self.make_due()
        await self.newsroom.follow()

    async def again(self, delivery: Any) -> None:
        """What the job does once the time of another try has come."""
        await self.make_due()
        await pushing.push.run(self.newsroom.database, target=delivery["id"])

    async def make_due(self) -> None:
        async with self.newsroom.database.write() as session:
            await session.execute(
                text("UPDATE desk.errands SET next_at = now() WHERE next_at IS NOT NULL")
            )

    async def receipts(self, delivery: Any) -> list[Any]:
        answer = await self.newsroom.desk.get(f"/desk/deliveries/{delivery['id']}/receipts")
        found: list[Any] = answer.json()["items"]
        return found


@pytest.fixture
async def office(
    database_url: str, there: Stranger, sftp: Server, s3_endpoint: str
) -> AsyncIterator[Office]:
    bucket = urlsplit(s3_endpoint)
    endpoints = [there.endpoint, ("127.0.0.1", sftp.port), (bucket.hostname, bucket.port), NOBODY]
    secrets = {
        "signing": SIGNING,
        "bucket": "s3:KEYOFACME:the-secret-of-acme",
        "password": f"password:{sftp_server.PASSWORD}",
        "wrong": "password:not this one",
        "key": "key:" + sftp.user_key.export_private_key().decode(),
    }
    async with newsrooms.opened(
        database_url,
        outbound_private=", ".join(f"{host}:{port}" for host, port in endpoints),
        delivery_secrets={name: SecretStr(secret) for name, secret in secrets.items()},
    ) as newsroom:
        await newsroom.section("News")
        await set_site(newsroom)
        await newsroom.published("Fog at sea")
        feed = (await saved_feed(newsroom, "For partners"))["id"]
        them = (await partner(newsroom, feed))["id"]
        await newsroom.follow()
        yield Office(newsroom, feed, them)


def titles(content: bytes) -> set[str]:
    """Stories of the same second have no order that a test could know."""
    parsed = feedparser.parse(content)
    assert not parsed.bozo
    return {entry.title for entry in parsed.entries}


def public_line() -> str:
    key = asyncssh.generate_private_key("ssh-ed25519")
    return key.export_public_key().decode()
