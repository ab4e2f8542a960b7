"""Whom this process may reach, and with which secrets: for hubs, search engines and partners.

The settings come with the session, as others do (`Database(info=…)`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession

from app.outbound import targets
from app.outbound.posting import Post, post
from app.outbound.targets import Endpoint, Resolve
from app.settings import Settings

_KEY = "reaching"


@dataclass(frozen=True)
class Reaching:
    """`on`: whether anybody is called. `allowed` are endpoints that may be called though they are
    not public. `secrets` are for deliveries, by name."""

    on: bool
    allowed: Collection[Endpoint] = ()
    secrets: Mapping[str, SecretStr] = field(default_factory=dict)
    resolve: Resolve = targets.system_addresses

    @property
    def post(self) -> Post:
        return partial(post, allowed=self.allowed, resolve=self.resolve)


def session_info(settings: Settings) -> dict[str, Any]:
    """What the database's sessions are told of it."""
    return {
        _KEY: Reaching(
            on=settings.outbound,
            allowed=frozenset(settings.private_endpoints),
            secrets=settings.delivery_secrets,
        )
    }


def of(session: AsyncSession) -> Reaching:
    found: Reaching = session.info.get(_KEY, Reaching(on=False))
    return found
