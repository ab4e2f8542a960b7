"""The archive: days as the edition's own clock has them."""

from datetime import UTC, datetime

import pytest

from tests.delivery.shelf import Shelf, an_article


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def stories(shelf: Shelf, *moments: str, edition: str = "fr") -> None:
    key = shelf.french if edition == "fr" else shelf.english
    await shelf.put(*(an_article(m, published_at=at(m), edition=edition, keys=frozenset({key}))
                      for m in moments))  # fmt: skip


async def test_days_begin_and_end_by_the_editions_clock(shelf: Shelf, reader) -> None:
    # Montreal: five hours behind UTC in December, four in August.
    await stories(
        shelf, "2026-08-01T12:00", "2026-12-01T04:59", "2026-12-01T05:00", "2026-12-01T23:00",
        "2026-12-24T12:00", "2027-01-01T04:59", "2027-01-01T05:00", "2028-02-01T12:00",
    )  # fmt: skip
    await stories(shelf, "2026-12-05T12:00", edition="en")

    answer = await reader.get("/v1/archive/2026/12?edition=fr")

    assert answer.json() == {
        "edition": "fr",
        "month": "2026-12",
        "days": [
            {"day": "2026-12-01", "count": 2},
            {"day": "2026-12-24", "count": 1},
            {"day": "2026-12-31", "count": 1},
        ],
        "articles": "/v1/articles?edition=fr&since=2026-12-01T05:00:00Z"
        "&until=2027-01-01T05:00:00Z&order=oldest",
        "previous": "/v1/archive/2026/11?edition=fr",
        "next": "/v1/archive/2027/01?edition=fr",
    }
    listed = await reader.get(answer.json()["articles"])
    assert len(listed.json()["items"]) == 4
    before = await reader.get(answer.json()["previous"])
    assert before.json()["days"] == [{"day": "2026-11-30", "count": 1}]
    assert before.json()["previous"] == "/v1/archive/2026/08?edition=fr"


async def test_the_default_edition_needs_no_name(shelf: Shelf, reader) -> None:
    await stories(shelf, "2026-12-05T12:00", edition="en")

    answer = await reader.get("/v1/archive/2026/12")
    again = await reader.get(
        "/v1/archive/2026/12", headers={"If-None-Match": answer.headers["etag"]}
    )

    assert answer.json()["edition"] == "en"
    assert answer.json()["days"] == [{"day": "2026-12-05", "count": 1}]
    assert answer.headers["surrogate-key"] == f"list-{shelf.english}"
    assert again.status_code == 304


async def test_a_month_without_articles_is_empty(shelf: Shelf, reader) -> None:
    answer = await reader.get("/v1/archive/1999/01")

    assert answer.status_code == 200
    assert answer.json()["days"] == []
    assert answer.json()["previous"] is answer.json()["next"] is None


@pytest.mark.parametrize(
    "month", ["2026/13", "2026/00", "0000/01", "26/01", "2026/1", "x/y", "2026"]
)
async def test_what_is_no_month_is_a_404(shelf: Shelf, reader, month: str) -> None:
    assert (await reader.get(f"/v1/archive/{month}")).status_code == 404


async def test_the_last_month_there_is(shelf: Shelf, reader) -> None:
    assert (await reader.get("/v1/archive/9999/12")).status_code == 200


async def test_an_unknown_edition_is_named(shelf: Shelf, reader) -> None:
    answer = await reader.get("/v1/archive/2026/12?edition=de")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "edition"
