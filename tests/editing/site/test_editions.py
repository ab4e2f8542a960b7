"""Editions: one default at all times, one prefix each, a pattern for paths."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.editing.requests import create, pointers
from tests.newsroom import Newsroom

FRENCH = {
    "code": "fr", "name": "Français", "language": "fr-FR", "time_zone": "Europe/Paris",
    "path_prefix": "/fr",
}  # fmt: skip


async def _put(newsroom: Newsroom, code: str, **changes: Any) -> httpx.Response:
    now = await newsroom.desk.get(f"/desk/editions/{code}")
    kept = {
        name: value
        for name, value in now.json().items()
        if name not in ("id", "code", "changed_at", "direction")
    }
    return await newsroom.desk.put(
        f"/desk/editions/{code}", json=kept | changes, headers={"If-Match": now.headers["ETag"]}
    )


async def _defaults(newsroom: Newsroom) -> list[str]:
    editions = (await newsroom.desk.get("/desk/editions")).json()["items"]
    return [edition["code"] for edition in editions if edition["is_default"]]


async def test_a_new_edition_is_public_at_once(newsroom: Newsroom) -> None:
    made = (await create(newsroom, "editions", **FRENCH)).json()

    assert (made["direction"], made["position"], made["is_default"]) == ("ltr", 1, False)
    assert made["path_pattern"] == "/{section}/{yyyy}/{mm}/{slug}"
    public = await newsroom.read("/v1/site")
    assert [edition["code"] for edition in public["editions"]] == ["en", "fr"]
    assert (await newsroom.read("/v1/pages/fr"))["code"] == "fr"


async def test_the_direction_follows_the_language_unless_it_is_given(newsroom: Newsroom) -> None:
    persian = {"code": "fa", "name": "فارسی", "language": "fa", "path_prefix": "/fa"}

    made = await create(newsroom, "editions", **persian)
    changed = await _put(newsroom, "fa", direction="ltr")

    assert made.json()["direction"] == "rtl"
    assert changed.json()["direction"] == "ltr"


async def test_setting_the_default_moves_it_and_it_cannot_be_unset(newsroom: Newsroom) -> None:
    await create(newsroom, "editions", **FRENCH)

    refused = await _put(newsroom, "en", is_default=False)
    assert refused.status_code == 409
    assert await _defaults(newsroom) == ["en"]

    english = await newsroom.desk.get("/desk/editions/en")
    assert (await _put(newsroom, "fr", is_default=True)).status_code == 200
    assert await _defaults(newsroom) == ["fr"]
    after = await newsroom.desk.get("/desk/editions/en")
    assert after.headers["ETag"] != english.headers["ETag"]
    public = await newsroom.read("/v1/site")
    assert [each["is_default"] for each in public["editions"]] == [False, True]


async def test_of_many_defaults_set_at_once_one_stays(newsroom: Newsroom) -> None:
    codes = ("fr", "de", "it", "es")
    for code in codes:
        await create(newsroom, "editions", **FRENCH | {"code": code, "path_prefix": f"/{code}"})

    answers = await asyncio.gather(*(_put(newsroom, code, is_default=True) for code in codes))

    assert {answer.status_code for answer in answers} <= {200, 412}
    assert len(await _defaults(newsroom)) == 1


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("{slug}", "begin with a slash"),
        ("/{slug}/", "not end with one"),
        ("//{slug}", "empty parts"),
        ("/{section}/{yyyy}", "{slug} or {id}"),
        ("/{year}/{slug}", "no placeholder {year}"),
        ("/{slug", "cannot be read at “{slug”"),
        ("/{slug!r}", "cannot be read at “{slug!r}”"),
        ("/{slug:>99}", "cannot be read"),
        ("/{slug.__class__}", "cannot be read"),
        ("/{}/{slug}", "cannot be read"),
        ("/News/{slug}", "cannot be read at “News”"),
        ("/a b/{slug}", "cannot be read at “ b”"),
        ("/../{slug}", "all dots"),
        ("/v1/{slug}", "Must not begin with /v1"),
        ("/people/{slug}", "Must not begin with /people"),
        ("/{slug}?x={id}", "cannot be read at “?x={id}”"),
    ],
)
async def test_a_pattern_that_cannot_make_paths_is_refused_with_the_reason(
    newsroom: Newsroom, pattern: str, told: str
) -> None:
    answer = await _put(newsroom, "en", path_pattern=pattern)

    assert answer.status_code == 422
    assert pointers(answer) == ["/path_pattern"]
    assert told in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    "pattern", ["/{slug}", "/a/{id}", "/{section}/{yyyy}/{mm}/{dd}/{slug}-{id}.html", "/~{slug}"]
)
async def test_a_pattern_that_makes_paths_is_taken(newsroom: Newsroom, pattern: str) -> None:
    changed = await _put(newsroom, "en", path_pattern=pattern)

    assert changed.status_code == 200
    article = await newsroom.published("The harbour reopens")
    assert article.json()["live"]["path"].startswith("/")


async def test_each_wrong_field_of_an_edition_is_named(newsroom: Newsroom) -> None:
    answer = await newsroom.desk.post(
        "/desk/editions",
        json={
            "code": "FR",
            "name": "x" * 201,
            "language": "French",
            "time_zone": "Paris",
            "path_prefix": "fr/",
            "base_url": "https://fr.example.org/",
            "is_default": "yes",
            "position": -1,
            "colour": "blue",
        },
    )

    assert answer.status_code == 422
    assert pointers(answer) == [
        "/base_url", "/code", "/colour", "/is_default", "/language", "/name", "/path_prefix",
        "/position", "/time_zone",
    ]  # fmt: skip


@pytest.mark.parametrize("prefix", ["/desk", "/v1", "/fr/", "/Fr", "/fr//x", "/..", "/a b"])
async def test_a_prefix_that_means_something_else_is_refused(
    newsroom: Newsroom, prefix: str
) -> None:
    answer = await newsroom.desk.post("/desk/editions", json=FRENCH | {"path_prefix": prefix})

    assert answer.status_code == 422
    assert pointers(answer) == ["/path_prefix"]


async def test_codes_prefixes_and_paths_are_nobody_elses(newsroom: Newsroom) -> None:
    await create(newsroom, "editions", **FRENCH)
    await create(newsroom, "sections", edition="en", name="Deutschland", slug="de")

    same_code = await newsroom.desk.post("/desk/editions", json=FRENCH | {"path_prefix": "/x"})
    same_prefix = await newsroom.desk.post("/desk/editions", json=FRENCH | {"code": "be"})
    a_sections = await newsroom.desk.post(
        "/desk/editions", json=FRENCH | {"code": "de", "path_prefix": "/de"}
    )

    assert (same_code.status_code, pointers(same_code)) == (409, ["/code"])
    assert (same_prefix.status_code, pointers(same_prefix)) == (409, ["/path_prefix"])
    assert a_sections.status_code == 409
    assert "/de" in a_sections.json()["detail"]


async def test_an_edition_is_deleted_only_when_it_is_empty_and_not_the_default(
    newsroom: Newsroom,
) -> None:
    await create(newsroom, "editions", **FRENCH)
    section = await create(newsroom, "sections", edition="fr", name="Port")

    async def delete(code: str) -> int:
        now = await newsroom.desk.get(f"/desk/editions/{code}")
        answer = await newsroom.desk.delete(
            f"/desk/editions/{code}", headers={"If-Match": now.headers["ETag"]}
        )
        return answer.status_code

    assert await delete("en") == 409
    assert await delete("fr") == 409
    await newsroom.desk.delete(
        section.headers["Location"], headers={"If-Match": section.headers["ETag"]}
    )
    assert await delete("fr") == 204

    assert (await newsroom.desk.get("/desk/editions/fr")).status_code == 404
    assert [each["code"] for each in (await newsroom.read("/v1/site"))["editions"]] == ["en"]
    await newsroom.read("/v1/pages/fr", 410)
    await create(newsroom, "editions", **FRENCH)
    assert (await newsroom.read("/v1/pages/fr"))["code"] == "fr"


async def test_a_new_prefix_moves_the_sections_and_leaves_redirects(newsroom: Newsroom) -> None:
    await create(newsroom, "editions", **FRENCH)
    await create(newsroom, "sections", edition="fr", name="Port")

    assert (await _put(newsroom, "fr", path_prefix="/francais")).status_code == 200

    assert (await newsroom.read("/v1/pages/francais/port"))["name"] == "Port"
    assert (await newsroom.read("/v1/pages/fr/port"))["to"] == "/francais/port"
    assert (await newsroom.read("/v1/pages/fr"))["to"] == "/francais"


async def test_an_edition_is_not_overwritten_unseen(newsroom: Newsroom) -> None:
    body = {"name": "English", "language": "en", "path_prefix": ""}

    assert (await newsroom.desk.put("/desk/editions/en", json=body)).status_code == 428
    stale = await newsroom.desk.put("/desk/editions/en", json=body, headers={"If-Match": '"77"'})
    assert stale.status_code == 412
    gone = await newsroom.desk.put("/desk/editions/xx", json=body, headers={"If-Match": "*"})
    assert gone.status_code == 404
