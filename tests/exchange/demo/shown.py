"""What a visitor of the seeded demo gets to see: pictures, a film, a channel, the TV home."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sqlalchemy import text

from app.published import media_urls
from tests.newsroom import Newsroom

_ADDRESS = re.compile(rb'/media/[^"\\ ]+')
_ELSEWHERE = re.compile(
    rb'"url": ?"https?://(?!(?:charts|maps)\.example\.com/)[^"]*\.(?:jpg|png|webp|mp4|m3u8|mp3|ogg)"'
)

_PUBLIC = text("""
    SELECT convert_from("full", 'UTF8') FROM published.documents WHERE status = 200
    UNION ALL SELECT convert_from("full", 'UTF8') FROM published.videos
    UNION ALL SELECT convert_from(body, 'UTF8') FROM published.schedule_entries
""")


async def everything_loads(newsroom: Newsroom) -> None:
    """Every address of a file in a public document is one of a file that is sent: each original,
    and a rendition of each picture. Nothing is to be looked for elsewhere."""
    async with newsroom.database.read() as session:
        documents = (await session.execute(_PUBLIC)).scalars().all()
    whole = "\n".join(documents).encode()
    assert not _ELSEWHERE.search(whole)
    paths = {match.decode() for match in _ADDRESS.findall(whole)}
    addresses = {path: media_urls.read(path) for path in paths}
    assert all(addresses.values()), "each is one that is served"
    files = {(each.asset, each.version) for each in addresses.values() if each}
    assert len(files) == 17
    for asset, version in files:
        of_one = {p for p, each in addresses.items() if each and each.asset == asset}
        originals = {path for path in of_one if "/original." in path}
        for path in originals or {f"/media/{asset}/{version}/w320.jpg"}:
            assert path in of_one
            answer = await newsroom.reader.get(path)
            assert answer.status_code == 200, path
            assert len(answer.content) > 300


async def the_film_plays(newsroom: Newsroom) -> None:
    """The playlist leads to the film; captions and source lines come with it."""
    listed = await newsroom.read("/v1/videos?edition=en")
    assert [one["episode"] and one["episode"]["number"] for one in listed["items"]] == [
        3,
        2,
        1,
        None,
    ]
    [video] = [one for one in listed["items"] if one["path"].endswith("/waves-at-north-mole")]
    film = await newsroom.read(f"/v1/videos/{video['id']}")
    playlist, file = film["sources"]
    text = (await newsroom.reader.get(playlist["url"])).text
    assert set(re.findall(r"/media/\S+?\.mp4", text)) == {file["url"]}
    part = await newsroom.reader.get(file["url"], headers={"Range": "bytes=0-1333"})
    assert part.status_code == 206
    assert part.content[4:8] == b"ftyp"
    assert {one["language"] for one in film["captions"]} == {"en", "fa"}
    for one in film["captions"]:
        assert (await newsroom.reader.get(one["url"])).text.startswith("WEBVTT")
    cues = await newsroom.read(film["links"]["attributions_json"])
    assert "Idris Vellacombe" in str(cues)
    assert [one["title"] for one in film["chapters"]][-1] == "Seventeen blocks"


async def the_tv_home_is_full(newsroom: Newsroom) -> None:
    """All sorts of rails have something in them; the channel has a programme these days; the desk
    is told what is not on TV, and why."""
    answer = await newsroom.reader.get("/v1/tv/home")
    assert answer.status_code == 200
    assert len(answer.content) <= 200_000
    rails = answer.json()["rails"]
    assert [rail["kind"] for rail in rails] == [
        "alert", "live", "collection", "latest", "series", "section",
    ]  # fmt: skip
    assert all(rail["items"] for rail in rails)
    [channel] = rails[1]["items"]
    now = datetime.now(UTC)
    since, until = (f"{now + days:%Y-%m-%dT%H:%M:%SZ}" for days in (timedelta(-1), timedelta(2)))
    address = f"/v1/streams/{channel['id']}/schedule?since={since}&until={until}&limit=100"
    entries = (await newsroom.read(address))["items"]
    assert len(entries) > 30
    assert all(one["end"] == other["start"] for one, other in pairwise(entries))
    assert {one["series"]["slug"] for one in entries if one["series"]} == {"at-the-waters-edge"}
    report = (await newsroom.desk.get("/desk/tv-report")).json()["items"]
    kept_out = {
        each["path"].rpartition("/")[2]: [reason["code"] for reason in target["missing"]]
        for each in report
        for target in each["targets"]
        if not target["on"]
    }
    assert len(report) == 8
    assert kept_out == {"the-camera-on-the-light": ["restricted"]}
