"""Captions at the desk: read into cues, kept by language and kind, refused with the line."""

from typing import Any

import httpx
import pytest

from tests.newsroom import Newsroom

PLAYBACK = {"sources": [{"url": "https://media.example.org/film.mp4"}]}
WEBVTT = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nThe water came at six.\n"
SRT = "1\r\n00:00:01,000 --> 00:00:03,000\r\nThe {\\i1}water <font color=red>came</font>\r\n"


async def asset(newsroom: Newsroom, kind: str = "video") -> str:
    answer = await newsroom.desk.post(
        "/desk/assets", json={"kind": kind, "title": "Gate", "playback": PLAYBACK}
    )
    assert answer.status_code == 201, answer.text
    return f"/desk/assets/{answer.json()['id']}/captions"


async def put(
    newsroom: Newsroom,
    address: str,
    text: str | None = WEBVTT,
    if_match: str | None = None,
    **more: Any,
) -> httpx.Response:
    headers = {"If-Match": if_match} if if_match else {}
    return await newsroom.desk.put(address, json={"text": text, **more}, headers=headers)


async def test_captions_are_set_changed_listed_and_deleted(newsroom: Newsroom) -> None:
    captions = await asset(newsroom)

    made = await put(newsroom, f"{captions}/captions/EN-gb", label=" English ")
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    shown = made.json()
    assert (shown["language"], shown["kind"], shown["label"]) == ("en-GB", "captions", "English")
    assert (shown["cues"], shown["warnings"], shown["origin"]) == (1, [], "webvtt")
    other = await put(newsroom, f"{captions}/subtitles/en-GB")
    assert (other.status_code, other.json()["label"]) == (201, "en-GB")

    address = f"{captions}/captions/en-GB"
    assert (await put(newsroom, address)).status_code == 428
    changed = await put(newsroom, address, WEBVTT.replace("six", "seven"), if_match='"1"')
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    assert (await put(newsroom, address, if_match='"1"')).status_code == 412
    read = await newsroom.desk.get(address)
    assert "seven" in read.json()["text"] and read.headers["ETag"] == '"2"'

    listed = (await newsroom.desk.get(captions)).json()["items"]
    assert [(each["language"], each["kind"]) for each in listed] == [
        ("en-GB", "captions"), ("en-GB", "subtitles"),
    ]  # fmt: skip
    assert "text" not in listed[0]
    assert (await newsroom.desk.delete(address)).status_code == 428
    gone = await newsroom.desk.delete(address, headers={"If-Match": '"2"'})
    assert gone.status_code == 204
    for answer in (
        await newsroom.desk.get(address),
        await newsroom.desk.delete(address, headers={"If-Match": "*"}),
    ):
        assert answer.status_code == 404
    assert (await put(newsroom, address, if_match='"2"')).status_code == 412


async def test_subrip_becomes_webvtt_and_what_was_left_out_is_told(newsroom: Newsroom) -> None:
    captions = await asset(newsroom)

    made = await put(newsroom, f"{captions}/captions/en", SRT)

    assert made.status_code == 201, made.text
    assert made.json()["origin"] == "srt"
    assert made.json()["text"] == ("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nThe water came\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("WEBVTT\n\n00:00:03.000 --> 00:00:01.000\nBack\n", "Line 3: This cue ends before"),
        ("WEBVTT\n\n00:00:01.000 --> x\nBack\n", "Line 3: “x” is no time"),
        ("WEBVTT\n\n", "no cue with text"),
        ("1\n00:00:01,000 --> 00:00:xx,000\nA\n", "Line 2: "),
        ("Not captions at all", "no line of times"),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_refused_with_its_line(
    newsroom: Newsroom, text: str, says: str
) -> None:
    captions = await asset(newsroom)

    refused = await put(newsroom, f"{captions}/captions/en", text)

    assert refused.status_code == 422
    [fault] = refused.json()["errors"]
    assert fault["pointer"] == "/text" and says in fault["detail"], fault
    assert (await newsroom.desk.get(captions)).json()["items"] == []


async def test_what_is_no_place_for_captions_has_none(newsroom: Newsroom) -> None:
    captions, sound = await asset(newsroom), await asset(newsroom, "audio")
    nowhere = "/desk/assets/00000000-0000-4000-8000-000000000000/captions"

    assert (await put(newsroom, f"{sound}/captions/en")).status_code == 409
    assert (await put(newsroom, f"{nowhere}/captions/en")).status_code == 404
    assert (await newsroom.desk.get(nowhere)).status_code == 404
    assert (await put(newsroom, f"{captions}/lyrics/en")).status_code == 422
    for wrong in ({"lable": "English"}, {"label": 1}, {"text": None}):
        refused = await put(newsroom, f"{captions}/captions/en", **wrong)
        [fault] = refused.json()["errors"]
        assert (refused.status_code, fault["pointer"]) == (422, f"/{next(iter(wrong))}")
    assert (await put(newsroom, f"{captions}/captions/not_a_language")).status_code == 422
    async with await newsroom.client("reader") as reader:
        sent = await reader.put(f"{captions}/captions/en", json={"text": WEBVTT})
    assert sent.status_code == 403


async def test_a_deleted_asset_takes_its_captions_along(newsroom: Newsroom) -> None:
    captions = await asset(newsroom)
    await put(newsroom, f"{captions}/captions/en")

    gone = await newsroom.desk.delete(captions.removesuffix("/captions"), headers={"If-Match": "*"})

    assert gone.status_code == 204, gone.text
    assert (await newsroom.desk.get(captions)).status_code == 404
