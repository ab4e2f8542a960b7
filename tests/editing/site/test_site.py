"""The site at the desk, and what readers see of it."""

import asyncio
from typing import Any

import pytest

from app.database import Database
from app.editing.site.commands import ensure_site
from tests.editing.requests import pointers
from tests.newsroom import Newsroom

CANONICAL = {
    "kind": "canonical",
    "priority": 0,
    "web": "https://www.example.org",
    "api": "https://api.example.org",
    "media": "https://media.example.org/files",
}
SITE: dict[str, Any] = {
    "name": "The Kestrel Bay Courier",
    "tagline": "All the tides",
    "publisher": {"name": "Courier Trust", "email": "desk@example.org"},
    "policies": {"corrections": "https://www.example.org/corrections"},
    "history": "all",
    "addresses": [CANONICAL, CANONICAL | {"kind": "mirror", "priority": 5}],
}


async def _put(newsroom: Newsroom, site: dict[str, Any]) -> Any:
    etag = (await newsroom.desk.get("/desk/site")).headers["ETag"]
    return await newsroom.desk.put("/desk/site", json=site, headers={"If-Match": etag})


async def test_a_change_of_the_site_is_public_at_once(newsroom: Newsroom) -> None:
    answer = await _put(newsroom, SITE)

    assert answer.status_code == 200
    assert answer.json()["publisher"]["legal_name"] is None
    public = await newsroom.read("/v1/site")
    assert (public["name"], public["history"]) == ("The Kestrel Bay Courier", "all")
    assert [address["kind"] for address in public["addresses"]] == ["canonical", "mirror"]


async def test_the_site_is_not_overwritten_unseen(newsroom: Newsroom) -> None:
    etag = (await newsroom.desk.get("/desk/site")).headers["ETag"]
    assert (await newsroom.desk.put("/desk/site", json=SITE)).status_code == 428

    answers = await asyncio.gather(
        *(
            newsroom.desk.put(
                "/desk/site", json=SITE | {"tagline": f"{n}"}, headers={"If-Match": etag}
            )
            for n in range(6)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412, 412]


@pytest.mark.parametrize(
    "addresses",
    [[], [CANONICAL, CANONICAL], [CANONICAL | {"kind": "mirror"}]],
    ids=["none", "two canonical", "none canonical"],
)
async def test_exactly_one_address_is_canonical(
    newsroom: Newsroom, addresses: list[dict[str, Any]]
) -> None:
    answer = await _put(newsroom, SITE | {"addresses": addresses})

    assert answer.status_code == 422
    assert pointers(answer) == ["/addresses"]


@pytest.mark.parametrize(
    "base",
    [
        "https://www.example.org/",
        "https://www.example.org/news/",
        "https://www.example.org?x=1",
        "https://www.example.org/#top",
        "https://somebody:secret@example.org",
        "ftp://example.org",
        "//example.org",
        "/news",
        "www.example.org",
        "https://",
    ],
)
async def test_a_base_is_an_absolute_url_to_which_paths_can_be_appended(
    newsroom: Newsroom, base: str
) -> None:
    answer = await _put(newsroom, SITE | {"addresses": [CANONICAL | {"web": base}]})

    assert answer.status_code == 422
    assert pointers(answer) == ["/addresses/0/web"]


async def test_each_wrong_field_of_the_site_is_named(newsroom: Newsroom) -> None:
    answer = await _put(
        newsroom,
        {
            "name": "",
            "publisher": {"name": "x", "email": "nobody", "fax": "1", "logo": {"alt": "none"}},
            "policies": {"Ethics": "https://example.org", "ethics": "mailto:a@example.org"},
            "history": "some",
            "addresses": [CANONICAL | {"priority": "1"}],
            "id": "mine",
        },
    )

    assert answer.status_code == 422
    assert pointers(answer) == [
        "/addresses/0/priority", "/history", "/id", "/name", "/policies/Ethics",
        "/policies/ethics", "/publisher/email", "/publisher/fax", "/publisher/logo",
    ]  # fmt: skip


async def test_many_processes_that_start_at_once_make_one_site(database_url: str) -> None:
    database = Database(database_url, pool_size=8)

    async def start() -> None:
        async with database.write() as session:
            await ensure_site(session)

    await asyncio.gather(*(start() for _ in range(8)))
    async with database.read() as session:
        connection = await session.connection()
        sites = (await connection.exec_driver_sql("SELECT count(*) FROM desk.site")).scalar_one()
        editions = (
            await connection.exec_driver_sql(
                "SELECT code, path_prefix, is_default FROM desk.editions"
            )
        ).all()
    await database.close()

    assert sites == 1
    assert [tuple(edition) for edition in editions] == [("en", "", True)]
