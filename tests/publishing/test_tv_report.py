"""The desk's report on what is on TV, and why not."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.publishing import tv_report
from tests import newsroom as newsrooms
from tests.newsroom import Newsroom
from tests.publishing.filming import caption, film, led_by


@pytest.fixture
async def newsroom(site_url: str) -> AsyncIterator[Newsroom]:
    async with newsrooms.opened(site_url) as opened:
        yield opened


async def report(newsroom: Newsroom, query: str = "") -> dict[str, Any]:
    answer = await newsroom.desk.get(f"/desk/tv-report{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def at(hour: int) -> dict[str, str]:
    return {"published_at": f"2026-11-20T{hour:02}:00:00Z"}


def headlines(found: dict[str, Any]) -> list[str]:
    return [item["headline"] for item in found["items"]]


async def test_it_tells_of_every_video_what_keeps_it_from_whom(newsroom: Newsroom) -> None:
    good, silent = await film(newsroom), await film(newsroom, duration_ms=None)
    await caption(newsroom, good)
    await newsroom.published("Words alone")
    await newsroom.published("Good", summary="All is said.", **led_by(good), **at(1))
    unmeasured = await newsroom.published("Unmeasured", **led_by(silent), **at(2))
    await newsroom.published(
        "For subscribers", access={"level": "subscriber"}, **led_by(good), **at(3)
    )

    found = await report(newsroom)

    assert headlines(found) == ["For subscribers", "Unmeasured", "Good"]
    assert found["next"] is None
    _, item, best = found["items"]
    assert item["article_id"] == unmeasured.json()["id"] and item["asset_id"] == silent
    told = {target["target"]: target for target in item["targets"]}
    assert told.keys() == {"roku_feed", "roku_search", "fire_tv", "mrss"}
    assert {name for name, target in told.items() if target["on"]} == {"fire_tv"}
    assert told["roku_feed"]["missing"] == [
        {"code": "duration_missing", "field": "asset: duration_ms",
         "detail": "Nobody knows how long it is."}
    ]  # fmt: skip
    assert [each["code"] for each in told["fire_tv"]["warnings"]] == ["captions_missing"]
    assert all(target["on"] for target in best["targets"])

    assert headlines(await report(newsroom, "?target=roku_feed&on=true")) == ["Good"]
    narrowed = await report(newsroom, "?missing=duration_missing")
    assert headlines(narrowed) == ["Unmeasured"]
    assert [each["target"] for each in narrowed["items"][0]["targets"]] == [
        "roku_feed", "roku_search", "mrss",
    ]  # fmt: skip
    assert headlines(await report(newsroom, "?on=false&target=fire_tv")) == ["For subscribers"]
    assert (await newsroom.desk.get("/desk/tv-report?missing=taste")).status_code == 422
    assert (await newsroom.desk.get("/desk/tv-report?target=abacus")).status_code == 422


async def test_its_pages_lead_on_through_videos_that_are_not_asked_for(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, silent = await film(newsroom), await film(newsroom, duration_ms=None)
    for count in range(7):
        await newsroom.published(
            f"{count}", **led_by(silent if count in (0, 4) else good), **at(count)
        )
    monkeypatch.setattr(tv_report, "CHUNK", 2)
    monkeypatch.setattr(tv_report, "MOST_LOOKED_AT", 4)

    seen, pages, address = list[str](), 0, "?missing=duration_missing&limit=1"
    while address:
        found = await report(newsroom, address)
        seen += headlines(found)
        pages += 1
        address = (found["next"] or "").removeprefix("/desk/tv-report")

    assert (seen, pages) == (["4", "0"], 3)
