"""Nothing is answered with 2xx that was not committed."""

import psycopg
from psycopg.sql import SQL, Identifier

from tests.newsroom import Newsroom

FAIL_AT_COMMIT = """
CREATE FUNCTION published.fail() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the disk is gone'; END $$;
CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON published.versions
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION published.fail();
"""


async def test_a_publish_whose_commit_fails_is_no_success_and_leaves_nothing(
    newsroom: Newsroom,
) -> None:
    draft = await newsroom.article()
    address = f"/desk/articles/{draft.json()['id']}"
    headers = {"If-Match": draft.headers["ETag"], "Idempotency-Key": "once"}
    with psycopg.connect(newsroom.url, autocommit=True) as connection:
        connection.execute(FAIL_AT_COMMIT)

        failed = await newsroom.desk.post(f"{address}/publish", headers=headers)

        assert failed.status_code == 500
        assert "disk" not in failed.text
        await newsroom.read(f"/v1/articles/{draft.json()['id']}", 404)
        assert (await newsroom.desk.get(address)).json()["live"] is None
        article_id = draft.json()["id"]
        for table, column in (
            ("changes", "document_id"),
            ("versions", "document_id"),
            ("paths", "document_id"),
            ("listings", "article_id"),
        ):
            query = SQL("SELECT count(*) FROM published.{} WHERE {} = %s").format(
                Identifier(table), Identifier(column)
            )
            assert connection.execute(query, (article_id,)).fetchone() == (0,), table

        connection.execute("DROP TRIGGER fail ON published.versions")
    again = await newsroom.desk.post(f"{address}/publish", headers=headers)
    assert again.status_code == 200, "the key was not used up by the failure"
    assert "idempotent-replayed" not in again.headers
