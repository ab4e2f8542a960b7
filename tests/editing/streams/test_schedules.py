"""What is on a stream when: kept window by window, public with its stream."""

from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import text

from app.editing.streams import schedules
from tests.editing.requests import create, pointers, replace
from tests.newsroom import Newsroom

HLS = "https://live.example.org/one/index.m3u8"


def at(clock: str, day: int = 20) -> str:
    return f"2026-11-{day:02}T{clock}:00Z"


def entry(start: str, end: str, title: str = "News", **told: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "title": title, **told}


async def a_stream(newsroom: Newsroom, **told: Any) -> httpx.Response:
    return await create(
        newsroom, "streams", edition="en", title="One", url=HLS, **{"public": True, **told}
    )


async def put(
    newsroom: Newsroom, stream: httpx.Response, *entries: dict[str, Any], day: int = 20,
    etag: str = "*", status: int = 200,
) -> httpx.Response:  # fmt: skip
    answer = await newsroom.desk.put(
        f"{stream.headers['Location']}/schedule",
        json={"since": at("00:00", day), "until": at("00:00", day + 1), "entries": list(entries)},
        headers={"If-Match": etag},
    )
    assert answer.status_code == status, answer.text
    return answer


async def on(newsroom: Newsroom, since: str, until: str, **query: Any) -> list[dict[str, Any]]:
    """What readers are told."""
    answer = await newsroom.reader.get(
        "/v1/streams/one/schedule", params={"since": since, "until": until, **query}
    )
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def titles(entries: list[dict[str, Any]]) -> list[str]:
    return [each["title"] for each in entries]


async def test_a_window_is_replaced_and_nothing_around_it(newsroom: Newsroom) -> None:
    stream = await a_stream(newsroom)
    await put(newsroom, stream, entry(at("23:30"), at("00:30", 21), "Late"), day=20)
    await put(
        newsroom, stream,
        entry(at("08:00", 21), at("09:00", 21), "Breakfast"),
        entry(at("00:30", 21), at("02:00", 21), "Film"),
        day=21,
    )  # fmt: skip
    before = await on(newsroom, at("00:00", 21), at("00:00", 22))
    assert titles(before) == ["Late", "Film", "Breakfast"]

    replaced = await put(
        newsroom, stream, entry(at("08:00", 21), at("10:00", 21), "Brunch"), day=21
    )

    assert replaced.json() == {"replaced": 2, "entries": 1}
    after = await on(newsroom, at("00:00", 21), at("00:00", 22))
    assert titles(after) == ["Late", "Brunch"]
    assert after[1]["id"] == before[2]["id"], "something begins at that moment, as before"
    assert titles(await on(newsroom, at("00:30", 21), at("08:00", 21))) == []
    assert titles(await on(newsroom, at("09:59", 21), at("10:00", 21))) == ["Brunch"]
    assert titles(await on(newsroom, at("00:00"), at("00:00", 22), limit=1)) == ["Late"]
    desk = await newsroom.desk.get(
        f"{stream.headers['Location']}/schedule",
        params={"since": at("00:00"), "until": at("00:00", 22), "limit": 1},
    )
    assert titles(desk.json()["items"]) == ["Late"]
    assert titles((await newsroom.desk.get(desk.json()["next"])).json()["items"]) == ["Brunch"]


async def test_readers_have_pages_of_it_and_a_304(newsroom: Newsroom) -> None:
    stream = await a_stream(newsroom)
    hours = [entry(at(f"{hour:02}:00"), at(f"{hour + 1:02}:00"), f"{hour}") for hour in range(9)]
    await put(newsroom, stream, *hours)
    address = f"/v1/streams/one/schedule?since={at('02:30')}&until={at('07:00')}&limit=2"
    found: list[str] = []
    link: str | None = address
    while link:
        answer = await newsroom.reader.get(link)
        found += titles(answer.json()["items"])
        link = answer.json()["next"]
    assert found == ["2", "3", "4", "5", "6"]

    first = await newsroom.reader.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    assert (await newsroom.reader.get(address, headers=known)).status_code == 304
    await put(newsroom, stream, *hours)
    assert (await newsroom.reader.get(address, headers=known)).status_code == 304, "all the same"
    await put(newsroom, stream, *hours[:-1])
    assert (await newsroom.reader.get(address, headers=known)).status_code == 200
    whole = await newsroom.read("/v1/streams/one/schedule")
    assert titles(whole["items"]) == [str(hour) for hour in range(8)]
    for wrong in ("?since=now", f"?since={at('02:00')}&until={at('02:00')}"):
        answer = await newsroom.reader.get(f"/v1/streams/one/schedule{wrong}")
        assert answer.status_code == 422, wrong


async def test_nothing_overlaps(newsroom: Newsroom) -> None:
    stream = await a_stream(newsroom)
    wrong = await put(
        newsroom, stream,
        entry(at("09:00"), at("10:00")),
        entry(at("08:00"), at("09:01")),
        entry(at("12:00"), at("12:00")),
        entry(at("12:00", 22), at("13:00", 22)),
        entry(at("13:00"), at("14:00"), series_id="5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11"),
        status=422,
    )  # fmt: skip
    assert pointers(wrong) == ["/entries/0/start", "/entries/2/end", "/entries/3/start"]
    unknown = await put(
        newsroom, stream,
        entry(at("13:00"), at("14:00"), series_id="5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11",
              artwork_id="5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11"),
        status=422,
    )  # fmt: skip
    assert pointers(unknown) == ["/entries/0/artwork_id", "/entries/0/series_id"]
    await put(newsroom, stream, entry(at("23:00"), at("01:00", 21)))
    early = await put(newsroom, stream, entry(at("00:59", 21), at("02:00", 21)), day=21, status=409)
    assert pointers(early) == ["/entries/0/start"]
    await put(newsroom, stream, entry(at("01:00", 21), at("02:00", 21)), day=21)
    late = await put(newsroom, stream, entry(at("23:00"), at("01:01", 21)), status=409)
    assert pointers(late) == ["/entries/0/end"]
    assert titles(await on(newsroom, at("00:00"), at("00:00", 22))) == ["News", "News"]
    window = {"since": at("00:00"), "until": "2027-01-01T00:00:00Z", "entries": []}
    address = f"{stream.headers['Location']}/schedule"
    long = await newsroom.desk.put(address, json=window, headers={"If-Match": "*"})
    assert long.status_code == 422


async def test_two_who_write_it_do_not_overwrite_each_other_unseen(newsroom: Newsroom) -> None:
    stream = await a_stream(newsroom)
    read = await newsroom.desk.get(
        f"{stream.headers['Location']}/schedule",
        params={"since": at("00:00"), "until": at("00:00", 21)},
    )
    etag = read.headers["ETag"]
    written = await put(newsroom, stream, entry(at("08:00"), at("09:00")), etag=etag)
    await put(newsroom, stream, etag=etag, status=412)
    await put(newsroom, stream, etag=written.headers["ETag"])
    # Whoever edits the stream meanwhile is not in the way, nor the other way round.
    told = {"title": "One", "url": HLS, "public": True}
    assert (await replace(newsroom, "streams", stream, **told)).status_code == 200


async def test_a_schedule_is_public_with_its_stream(newsroom: Newsroom) -> None:
    told = {"title": "One", "url": HLS}
    stream = await create(newsroom, "streams", edition="en", **told)
    await put(newsroom, stream, entry(at("08:00"), at("09:00"), "Secret pilot"))
    span = {"since": at("00:00"), "until": at("00:00", 21)}
    hidden = await newsroom.reader.get("/v1/streams/one/schedule", params=span)
    assert hidden.status_code == 404

    shown = await replace(newsroom, "streams", stream, **told, public=True)
    assert titles(await on(newsroom, **span)) == ["Secret pilot"]
    again = await replace(newsroom, "streams", shown, **told)

    async with newsroom.database.read() as session:
        kept = await session.execute(text("SELECT count(*) FROM published.schedule_entries"))
    assert kept.scalar_one() == 0
    await replace(newsroom, "streams", again, **told, public=True)
    assert titles(await on(newsroom, **span)) == ["Secret pilot"]
    await newsroom.desk.delete(stream.headers["Location"], headers={"If-Match": "*"})
    async with newsroom.database.read() as session:
        for table in ("published", "desk"):
            kept = await session.execute(text(f"SELECT count(*) FROM {table}.schedule_entries"))
            assert kept.scalar_one() == 0


async def test_a_series_is_named_in_it_while_it_is_public(newsroom: Newsroom) -> None:
    series = await create(newsroom, "series", edition="en", title="Harbour lights")
    stream = await a_stream(newsroom)
    told = {"series_id": series.json()["id"], "season": 2, "number": 5}
    await put(newsroom, stream, entry(at("08:00"), at("09:00"), **told))
    span = (at("00:00"), at("00:00", 21))
    [shown] = await on(newsroom, *span)
    assert (shown["series"], shown["season"], shown["number"]) == (None, None, None)

    named = await replace(newsroom, "series", series, title="Harbour nights", public=True)
    await newsroom.drain()

    [shown] = await on(newsroom, *span)
    assert (shown["series"]["title"], shown["season"], shown["number"]) == ("Harbour nights", 2, 5)
    used = await newsroom.desk.delete(
        series.headers["Location"], headers={"If-Match": named.headers["ETag"]}
    )
    assert used.status_code == 409


async def test_what_was_on_long_ago_is_forgotten_by_readers_too(newsroom: Newsroom) -> None:
    stream = await a_stream(newsroom)
    async with newsroom.database.read() as session:
        now = (await session.execute(text("SELECT transaction_timestamp()"))).scalar_one()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    old, recent = (today - timedelta(days=days) for days in (16, 13))
    for day, title in ((old, "Old"), (recent, "Recent")):
        answer = await newsroom.desk.put(
            f"{stream.headers['Location']}/schedule",
            json={
                "since": day.isoformat(), "until": (day + timedelta(days=1)).isoformat(),
                "entries": [entry(day.isoformat(), (day + timedelta(hours=1)).isoformat(), title)],
            },
            headers={"If-Match": "*"},
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
    span = {"since": old.isoformat().replace("+00:00", "Z"),
            "until": now.isoformat().replace("+00:00", "Z")}  # fmt: skip
    before = await newsroom.reader.get("/v1/streams/one/schedule", params=span)
    assert titles(before.json()["items"]) == ["Old", "Recent"]

    async with newsroom.database.write() as session:
        assert await schedules.forget_old(session) == 1

    after = await newsroom.reader.get(
        "/v1/streams/one/schedule", params=span, headers={"If-None-Match": before.headers["ETag"]}
    )
    assert titles(after.json()["items"]) == ["Recent"]
