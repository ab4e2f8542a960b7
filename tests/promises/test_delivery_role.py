"""The database role of the public side sees published documents, and nothing else."""

import psycopg
import pytest
from psycopg import sql

from tests.newsroom import Newsroom
from tests.promises.author import CANARY, RESTRICTED
from tests.promises.canaries import furnish

pytestmark = pytest.mark.timeout(300)

SEES_MORE_THAN_READERS = {
    ("documents", "whole_full"): "uncut text, for keys with the scope content:full",
    ("documents", "whole_app"): "the same",
    ("documents", "slug"): "of what is gone: its old addresses say so",
    ("documents", "path"): "the same",
    ("paths", "path"): "the same",
    ("versions", "full"): "earlier versions, withheld ones too: `withheld_at` decides",
    ("versions", "app"): "the same",
    ("versions", "headline"): "the same",
    ("versions", "corrections"): "the same",
    ("videos", "private"): "what tokens are made for, by POST /v1/videos/{id}/playback",
    ("tracks", "body"): "captions of what only a key plays",
}


def test_it_cannot_read_any_table_of_the_desk_or_the_jobs(site_url: str, role_url: str) -> None:
    hidden = _tables(site_url, "desk", "jobs")
    assert len(hidden) > 15

    with psycopg.connect(role_url, autocommit=True) as connection:
        for schema, table in hidden:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(
                    sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(schema, table))
                )
        seen = connection.execute(
            "SELECT count(*) FROM pg_stats WHERE schemaname IN ('desk', 'jobs')"
        ).fetchone()
    assert seen == (0,), "statistics of columns hold values"


def test_it_cannot_write(site_url: str, role_url: str) -> None:
    with psycopg.connect(role_url, autocommit=True) as connection:
        connection.execute("SET default_transaction_read_only = off")
        for schema, table in _tables(site_url, "published"):
            for statement in ("DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(sql.SQL(statement).format(sql.Identifier(schema, table)))
        for statement in (
            "CREATE TABLE public.mine (a int)",
            "CREATE TABLE published.mine (a int)",
            "CREATE TEMPORARY TABLE mine (a int)",
            "CREATE SCHEMA mine",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


async def test_what_it_sees_besides_documents_holds_no_secret(
    newsroom: Newsroom, role_url: str
) -> None:
    secrets = await furnish(newsroom)
    # Of a feed for partners there is a list like any other: its number, and nothing else.
    words = [CANARY, RESTRICTED, *(secrets.secret_ids - secrets.private_lists)]

    leaks = []
    with psycopg.connect(role_url) as connection:
        for schema, table in _tables(newsroom.url, "published"):
            rows = connection.execute(
                sql.SQL("SELECT * FROM {}").format(sql.Identifier(schema, table))
            )
            names = [column.name for column in rows.description or ()]
            for row in rows:
                for name, value in zip(names, row, strict=True):
                    text = _text(value)
                    if (table, name) not in SEES_MORE_THAN_READERS:
                        leaks += [(table, name, word) for word in words if word in text]
                    elif name in ("full", "app", "headline", "corrections"):
                        assert RESTRICTED not in text
                        assert not any(identity in text for identity in secrets.secret_ids)
                        assert "canary note" not in text
                        assert "canary extra" not in text

    assert leaks == []


def _tables(url: str, *schemas: str) -> list[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s) ORDER BY 1, 2",
            [list(schemas)],
        )
        return [(schema, table) for schema, table in found]


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").lower()
    return str(value).lower()
