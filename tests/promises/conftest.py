"""What the docs promise, tried hard: in a small form always, in full by `make prove`."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests import newsroom as newsrooms
from tests.cli.programs import Place
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url, citation_notes=True) as opened:
        yield opened


@pytest.fixture
def role_url(site_url: str, tmp_path: Path) -> Iterator[str]:
    """The URL of a role as `masthead roles` makes it, on this test's database."""
    name = f"reader_{uuid4().hex[:12]}"
    place = Place(tmp_path, {"MASTHEAD_DATABASE_URL": site_url})
    made = place.run("roles", "--create", name)
    assert made.returncode == 0, made.stderr
    yield made.stdout.strip().removeprefix("MASTHEAD_DELIVERY_DATABASE_URL=")
    with psycopg.connect(site_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))
