"""The history of an article, as far as the site shows it."""

from uuid import UUID, uuid4

import pytest

from app.published import store
from app.published.writes import Remove
from tests.delivery.shelf import NOON, Shelf, an_article, hours, reading, shelf_on

NOTE = {"id": str(uuid4()), "kind": "correction", "text": "It was Tuesday.",
        "at": "2026-11-20T13:00:00Z", "internal": "canary"}  # fmt: skip


async def four_versions(shelf: Shelf) -> UUID:
    """The second of them brought a correction."""
    identity = uuid4()
    for version in (1, 2, 3, 4):
        await shelf.put(
            an_article(
                f"version {version}", identity=identity, version=version,
                published_at=NOON + hours(version), corrections=(NOTE,) if version == 2 else (),
            )
        )  # fmt: skip
    return identity


@pytest.mark.parametrize(
    ("history", "shown"), [("all", [4, 3, 2, 1]), ("corrections", [4, 2]), ("none", [])]
)
async def test_the_site_decides_which_versions_are_public(
    database_url: str, history: str, shown: list[int]
) -> None:
    async with shelf_on(database_url, history=history) as shelf, reading(database_url) as reader:
        article = await four_versions(shelf)

        listed = await reader.get(f"/v1/articles/{article}/versions")
        read = {
            version: await reader.get(f"/v1/articles/{article}/versions/{version}")
            for version in (1, 2, 3, 4, 5)
        }

    assert listed.status_code == (200 if shown else 404)
    if shown:
        assert [each["version"] for each in listed.json()["items"]] == shown
    for version, answer in read.items():
        assert answer.status_code == (200 if version in shown else 404), version
        if version in shown:
            assert answer.json()["headline"] == f"version {version}"


async def test_an_entry_tells_when_and_why(shelf: Shelf, reader) -> None:
    article = await four_versions(shelf)

    answer = await reader.get(f"/v1/articles/{article}/versions")

    assert answer.json()["items"][1] == {
        "version": 2,
        "published_at": "2026-11-20T14:00:00Z",
        "minor": False,
        "headline": "version 2",
        "path": f"/v1/articles/{article}/versions/2",
        "withheld": False,
        "corrections": [
            {"id": NOTE["id"], "kind": "correction", "text": "It was Tuesday.",
             "at": "2026-11-20T13:00:00Z", "version": 2}
        ],
    }  # fmt: skip
    again = await reader.get(
        f"/v1/articles/{article}/versions", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


async def test_a_version_is_what_was_published_then(shelf: Shelf, reader) -> None:
    article = await four_versions(shelf)

    full = await reader.get(f"/v1/articles/{article}/versions/2")
    app = await reader.get(f"/v1/articles/{article}/versions/2?view=app")
    card = await reader.get(f"/v1/articles/{article}/versions/2?view=card")

    assert full.json()["form"] == "full"
    assert full.headers["last-modified"] == "Fri, 20 Nov 2026 14:00:00 GMT"
    assert app.json()["form"] == "app"
    assert app.headers["etag"] != full.headers["etag"]
    assert card.status_code == 422


@pytest.mark.parametrize("status", [410, 451])
async def test_a_withheld_version_tells_nothing_of_itself(shelf, reader, status: int) -> None:
    article = await four_versions(shelf)
    async with shelf.database.write() as session:
        await store.withhold_version(session, article, 2, status=status)

    listed = await reader.get(f"/v1/articles/{article}/versions")
    read = await reader.get(f"/v1/articles/{article}/versions/2")

    assert read.status_code == status
    assert listed.json()["items"][1] == {
        "version": 2, "published_at": "2026-11-20T14:00:00Z", "minor": False, "headline": "",
        "path": None, "withheld": True, "corrections": [],
    }  # fmt: skip
    assert "version 2" not in listed.text + read.text


async def test_what_was_taken_away_has_no_history(shelf: Shelf, reader) -> None:
    article = await four_versions(shelf)
    await shelf.put(Remove(id=article, kind="article", version=4, modified_at=NOON))

    assert (await reader.get(f"/v1/articles/{article}/versions")).status_code == 410
    assert (await reader.get(f"/v1/articles/{article}/versions/2")).status_code == 410


@pytest.mark.parametrize("number", ["0", "-1", "x", "02", "99999999999999999999", "2.0"])
async def test_what_is_no_version_is_a_404(shelf: Shelf, reader, number: str) -> None:
    article = await four_versions(shelf)

    assert (await reader.get(f"/v1/articles/{article}/versions/{number}")).status_code == 404
    assert (await reader.get(f"/v1/articles/{uuid4()}/versions")).status_code == 404
