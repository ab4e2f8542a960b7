"""Articles by id: forms, conditions, what is gone, what only a key opens."""

from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from app import tokens
from app.database import Database, transaction_time
from app.published.models import ReaderKey
from app.published.writes import Remove
from app.tokens import Token
from tests.delivery.shelf import NOON, Shelf, an_article


async def a_key(database: Database, *, valid_for: timedelta | None = None) -> Token:
    """A key whose digest the public side knows."""
    token = tokens.make()
    async with database.write() as session:
        now = await transaction_time(session)
        expires_at = None if valid_for is None else now + valid_for
        session.add(ReaderKey(prefix=token.prefix, digest=token.digest, expires_at=expires_at))
    return token


def without_request_id(answer: httpx.Response) -> tuple[int, dict, dict]:
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    return answer.status_code, headers, {**answer.json(), "request_id": None}


async def test_an_article_is_the_bytes_that_were_published(shelf: Shelf, reader) -> None:
    story = an_article()
    await shelf.put(story)

    answer = await reader.get(f"/v1/articles/{story.id}")

    assert answer.status_code == 200
    assert answer.content == story.views.full
    assert answer.headers["etag"] == f'"{story.views.etag}"'
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["last-modified"] == "Fri, 20 Nov 2026 12:00:00 GMT"
    assert answer.headers["cache-control"].startswith("public, max-age=")
    assert answer.headers["surrogate-key"] == f"article-{story.id}"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(answer.headers["x-request-id"]) >= 16
    assert "vary" not in answer.headers


async def test_each_view_has_its_own_bytes_and_its_own_etag(shelf: Shelf, reader) -> None:
    story = an_article()
    await shelf.put(story)

    answers = {
        view: await reader.get(f"/v1/articles/{story.id}?view={view}")
        for view in ("card", "full", "app")
    }

    assert {view: answer.json()["form"] for view, answer in answers.items()} == {
        "card": "card", "full": "full", "app": "app",
    }  # fmt: skip
    assert len({answer.headers["etag"] for answer in answers.values()}) == 3


@pytest.mark.parametrize("form", ['"{}"', 'W/"{}"', '"other", "{}"', "*"])
async def test_who_has_the_present_etag_gets_a_304(shelf: Shelf, reader, form: str) -> None:
    story = an_article()
    await shelf.put(story)

    answer = await reader.get(
        f"/v1/articles/{story.id}", headers={"If-None-Match": form.format(story.views.etag)}
    )

    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["etag"] == f'"{story.views.etag}"'
    assert "cache-control" in answer.headers
    assert "content-type" not in answer.headers


async def test_another_etag_gets_the_bytes(shelf: Shelf, reader) -> None:
    story = an_article()
    await shelf.put(story)

    other = await reader.get(f"/v1/articles/{story.id}", headers={"If-None-Match": '"other"'})

    assert other.status_code == 200


async def test_a_date_alone_never_hides_a_change_of_the_same_second(shelf: Shelf, reader) -> None:
    story = an_article()
    await shelf.put(story)
    await shelf.put(an_article("Corrected", identity=story.id, version=2))

    again = await reader.get(
        f"/v1/articles/{story.id}",
        headers={"If-Modified-Since": "Fri, 20 Nov 2026 12:00:00 GMT"},
    )

    assert again.json()["headline"] == "Corrected"


async def test_head_is_get_without_the_body(shelf: Shelf, reader) -> None:
    story = an_article()
    await shelf.put(story)

    get = await reader.get(f"/v1/articles/{story.id}", headers={"X-Request-Id": "abc"})
    head = await reader.head(f"/v1/articles/{story.id}", headers={"X-Request-Id": "abc"})

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers == get.headers


async def test_unknown_hidden_and_misspelled_ids_look_the_same(shelf: Shelf, reader) -> None:
    site = await reader.get("/v1/site")

    unknown = await reader.get(f"/v1/articles/{uuid4()}")
    of_another_kind = await reader.get(f"/v1/articles/{site.json()['id']}")
    no_id = await reader.get("/v1/articles/harbour")

    assert unknown.status_code == 404
    assert unknown.headers["cache-control"] == "public, max-age=0, s-maxage=5"
    assert without_request_id(unknown) == without_request_id(of_another_kind)
    assert without_request_id(unknown) == without_request_id(no_id)


@pytest.mark.parametrize(
    ("status", "type_"), [(410, "gone"), (451, "unavailable-for-legal-reasons")]
)
async def test_what_was_taken_away_says_so(shelf: Shelf, reader, status: int, type_: str) -> None:
    story = an_article()
    await shelf.put(story)
    await shelf.put(
        Remove(
            id=story.id, kind="article", version=1, modified_at=NOON, status=status,
            notice="We could not stand by this story.",
        )
    )  # fmt: skip

    answer = await reader.get(f"/v1/articles/{story.id}")

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["surrogate-key"] == f"article-{story.id}"
    assert answer.json()["type"] == f"urn:masthead:problem:{type_}"
    assert answer.json()["notice"] == "We could not stand by this story."


async def test_a_key_opens_the_uncut_forms_for_its_owner_alone(shelf: Shelf, reader) -> None:
    story = an_article(cut=True)
    await shelf.put(story)
    token = await a_key(shelf.database)
    key = {"Authorization": f"Bearer {token.text}"}

    public = await reader.get(f"/v1/articles/{story.id}")
    whole = await reader.get(f"/v1/articles/{story.id}", headers=key)
    whole_app = await reader.get(f"/v1/articles/{story.id}?view=app", headers=key)
    card = await reader.get(f"/v1/articles/{story.id}?view=card", headers=key)

    assert [each.json()["form"] for each in (public, whole, whole_app, card)] == [
        "full", "whole full", "whole app", "card",
    ]  # fmt: skip
    assert whole.headers["cache-control"] == "private, no-store"
    assert whole.headers["vary"] == "Authorization"
    assert whole.headers["etag"] != public.headers["etag"]
    assert "vary" not in public.headers
    assert public.headers["cache-control"].startswith("public")


async def test_where_nothing_is_cut_a_key_changes_nothing(shelf: Shelf, reader) -> None:
    story = an_article()
    await shelf.put(story)
    token = await a_key(shelf.database)

    answer = await reader.get(
        f"/v1/articles/{story.id}", headers={"Authorization": f"bearer {token.text}"}
    )

    assert answer.content == story.views.full
    assert answer.headers["cache-control"].startswith("public")


async def test_a_key_that_is_not_good_is_never_taken_for_nobody(shelf: Shelf, reader) -> None:
    story = an_article()
    await shelf.put(story)
    good = await a_key(shelf.database)
    expired = await a_key(shelf.database, valid_for=timedelta(seconds=-1))
    forged = Token(prefix=good.prefix, secret=tokens.make().secret)
    unknown = tokens.make()

    for credentials in (
        f"Bearer {expired.text}", f"Bearer {forged.text}", f"Bearer {unknown.text}",
        f"Bearer {good.text[:-1]}", "Bearer", "Basic bWF0", good.text, "",
    ):  # fmt: skip
        answer = await reader.get(
            f"/v1/articles/{story.id}", headers={"Authorization": credentials}
        )

        assert answer.status_code == 401, credentials
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "no-store" in answer.headers["cache-control"]


async def test_every_wrong_parameter_is_named(shelf: Shelf, reader) -> None:
    answer = await reader.get(f"/v1/articles/{uuid4()}?view=short&lang=en&lang=fr&view=full")

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:masthead:problem:invalid"
    assert {fault["parameter"] for fault in answer.json()["errors"]} == {"view", "lang"}
