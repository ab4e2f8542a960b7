"""Files that mean harm, sent as clients send them: each is refused in words, or fails with a
reason, and nothing of it is ever served. What decoding does with them is tried in tests/imaging.
"""

from tests.imaging.drawing import jpeg, plain
from tests.imaging.hostile import REFUSED
from tests.imaging.hostile_texts import NO_PICTURES
from tests.newsroom import Newsroom

PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n%s\n#EXT-X-ENDLIST\n"
TAKEN = {"pdf": "document", "film": "video"}
"""What is no picture, but something else that is kept."""

BROKEN = ("cut_jpeg", "pixels_png", "pixels_jpeg", "noise_as_jpeg", "wrong_checksum", "frames_apng")


async def test_each_is_refused_or_fails_with_a_reason(newsroom: Newsroom) -> None:
    sent: dict[str, str] = {}
    for name, (content, _) in NO_PICTURES.items():
        answer = await newsroom.desk.post("/desk/assets/files", files={"file": (name, content)})
        if name in TAKEN:
            assert (answer.status_code, answer.json()["kind"]) == (201, TAKEN[name])
        elif answer.status_code == 201:
            sent[name] = answer.json()["id"]
        else:
            assert answer.status_code == 422, name
            assert answer.json()["errors"][0]["pointer"] == "/file"
    for name in BROKEN:
        sent[name] = (await newsroom.upload(REFUSED[name][0](), f"{name}.png")).json()["id"]

    await newsroom.drain()

    for name, asset_id in sent.items():
        asset = (await newsroom.desk.get(f"/desk/assets/{asset_id}")).json()
        assert (asset["state"], bool(asset["failure"])) == ("failed", True), name
        draft = await newsroom.article(lead={"image": {"asset_id": asset_id}})
        refused = await newsroom.desk.post(
            f"/desk/articles/{draft.json()['id']}/publish",
            json={}, headers={"If-Match": draft.headers["ETag"]},
        )  # fmt: skip
        assert refused.json()["errors"][0]["pointer"] == "/lead/image/asset_id", name
    file = await newsroom.desk.get(f"/desk/assets/{sent['cut_jpeg']}/file")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert file.headers["Content-Disposition"].startswith("attachment")


NAMES = {
    "../../etc/passwd": "passwd",
    "..\\..\\boot.ini": "boot.ini",
    "/absolute/ferry.jpg": "ferry.jpg",
    "<script>alert(1)</script>.jpg": "script>.jpg",
    " . . ": None,
    "é" * 400 + ".jpg": "é" * 200,
    "ferry\u202egpj.exe": "ferrygpj.exe",
}


async def test_the_name_of_a_file_is_only_shown(newsroom: Newsroom) -> None:
    for name, shown in NAMES.items():
        answer = await newsroom.upload(jpeg(plain(8, 8)), name)
        assert answer.json()["file_name"] == shown
        assert answer.headers["Location"] == f"/desk/assets/{answer.json()['id']}"


PLAYLISTS = [
    (PLAYLIST % b"segment.ts", "segment.ts"),
    (PLAYLIST % b"file:///etc/passwd", "file:"),
    (PLAYLIST % b"../../secret.mp4", "secret"),
    (b'#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="key.bin"\n' + PLAYLIST[8:] % b"/a.ts", "key.bin"),
    (b"#EXTM3U\n" + b"#EXTINF:3,\n/a.ts\n" * 200_000, "bytes"),
    (b"#EXTM3U\n\xff\xfe", "UTF-8"),
]


async def test_a_playlist_that_leads_nowhere_is_not_kept(newsroom: Newsroom) -> None:
    for content, words in PLAYLISTS:
        answer = await newsroom.upload(content, "film.m3u8", status=422)
        assert words in answer.text
    assert (await newsroom.desk.get("/desk/assets")).json()["items"] == []


async def test_a_playlist_of_whole_addresses_is_kept(newsroom: Newsroom) -> None:
    asset = (await newsroom.upload(PLAYLIST % b"https://cdn.example.org/1.ts", "film.m3u8")).json()
    assert (asset["kind"], asset["state"]) == ("video", "ready")
