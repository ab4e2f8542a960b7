"""Reading playlists: what they say, and what is wrong with them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.playlists.playlist import Playlist, Protection, Quality, Rendition, Unreadable
from app.playlists.reading import LARGEST, read

URL = "https://cdn.example.org/live/gate/master.m3u8?v=2"
MASTER = """#EXTM3U
#EXT-X-VERSION:6
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",DEFAULT=YES,URI="en/a.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="فارسی",LANGUAGE="fa",URI="fa/a.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="b",NAME="English",LANGUAGE="en",DEFAULT=YES,URI="en/b.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Français, simple",LANGUAGE="fr",URI="/subs/fr.m3u8"
#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="c",NAME="CC",LANGUAGE="en",INSTREAM-ID="CC1"
#EXT-X-STREAM-INF:BANDWIDTH=5200000,RESOLUTION=1920x1080,CODECS="avc1.640028,mp4a.40.2",\
AUDIO="a",SUBTITLES="s",FRAME-RATE=25.000
1080/index.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360,CODECS="avc1.4d401e, mp4a.40.2",AUDIO="b"
https://other.example.org/360.m3u8?t=1
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=90000,URI="i.m3u8"
"""
VOD = """#EXTM3U
#EXT-X-TARGETDURATION:4
#EXTINF:4.0,
a.ts
#EXTINF:2.48,
b.ts
#EXT-X-ENDLIST
"""
QUALITY = '#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=2x2,CODECS="x"\n'


def of(text: str, url: str = URL) -> Playlist:
    return read(text.encode(), url)


def test_a_master_gives_its_qualities_and_languages() -> None:
    assert of(MASTER) == Playlist(
        is_master=True,
        qualities=(
            Quality("https://other.example.org/360.m3u8?t=1", 900_000, 640, 360,
                    ("avc1.4d401e", "mp4a.40.2")),
            Quality("https://cdn.example.org/live/gate/1080/index.m3u8", 5_200_000, 1920, 1080,
                    ("avc1.640028", "mp4a.40.2"), 25.0),
        ),
        audio=(
            Rendition("en", "English", "https://cdn.example.org/live/gate/en/a.m3u8", True),
            Rendition("fa", "فارسی", "https://cdn.example.org/live/gate/fa/a.m3u8"),
        ),
        subtitles=(Rendition("fr", "Français, simple", "https://cdn.example.org/subs/fr.m3u8"),),
        closed_captions=(Rendition("en", "CC"),),
        has_i_frames=True,
    )  # fmt: skip


def test_a_finished_playlist_has_a_duration() -> None:
    playlist = of(VOD)

    assert (playlist.is_master, playlist.is_live, playlist.duration) == (False, False, 6.48)
    assert playlist.problems == ()


def test_a_live_one_has_none() -> None:
    playlist = of(VOD.replace("#EXT-X-ENDLIST\n", ""))

    assert (playlist.is_live, playlist.duration) == (True, None)


def test_keys_tell_the_protection() -> None:
    keys = (
        '#EXT-X-KEY:METHOD=AES-128,URI="k.bin"\n#EXT-X-KEY:METHOD=NONE\n'
        '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://gate",'
        'KEYFORMAT="com.apple.streamingkeydelivery"\n'
        '#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI="data:text/plain;base64,AAA=",'
        'KEYFORMAT="urn:uuid:EDEF8BA9-79d6-4ace-a3c8-27dcd51d21ed"\n'
    )

    playlist = of(VOD.replace("#EXTINF:4.0", keys + "#EXTINF:4.0"))

    assert playlist.protections == (
        Protection("AES-128", None),
        Protection("SAMPLE-AES", "fairplay"),
        Protection("SAMPLE-AES-CTR", "widevine"),
    )


def test_a_key_of_the_whole_session_tells_it_of_a_master() -> None:
    key = '#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI="skd://g",KEYFORMAT="com.microsoft.playready"\n'

    playlist = of(MASTER.replace("#EXT-X-VERSION:6\n", key))

    assert playlist.protections == (Protection("SAMPLE-AES", "playready"),)
    assert playlist.problems == ()


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("file:///etc/passwd", "file:"),
        ("data:video/mp2t;base64,AAAA", "data:"),
        ("javascript:alert(1)", "javascript:"),
        ("ftp://cdn.example.org/a.ts", "ftp:"),
        ("http://127.0.0.1/a.ts", "127.0.0.1"),
        ("//169.254.169.254/latest/meta-data", "169.254.169.254"),
        ("https://[::1]/a.ts", "::1"),
        ("https://[::1/a.ts", "no address"),
        ("https://localhost:5432/a.ts", "localhost"),
        ("https://db/a.ts", "db"),
        ("https://metadata.google.internal/a.ts", "metadata.google.internal"),
        ("https://2130706433/a.ts", "no address that can be called"),
        ("https://user:pass@cdn.example.org/a.ts", "no address that can be called"),
        ("http://cdn.example.org/a.ts", "not encrypted"),
    ],
)
def test_what_nobody_should_follow_is_told_wherever_it_stands(uri: str, words: str) -> None:
    places = {
        "segment": VOD.replace("a.ts", uri),
        "map": VOD.replace("#EXTINF:4.0", f'#EXT-X-MAP:URI="{uri}"\n#EXTINF:4.0'),
        "key": VOD.replace("#EXTINF:4.0", f'#EXT-X-KEY:METHOD=AES-128,URI="{uri}"\n#EXTINF:4.0'),
        "interstitial": VOD.replace(
            "#EXTINF:4.0",
            f'#EXT-X-DATERANGE:ID="ad",START-DATE="2026-11-01T00:00:00Z",X-ASSET-URI="{uri}"\n'
            "#EXTINF:4.0",
        ),
        "quality": MASTER.replace("1080/index.m3u8", uri),
        "language": MASTER.replace("fa/a.m3u8", uri),
        "steering": MASTER + f'#EXT-X-CONTENT-STEERING:SERVER-URI="{uri}"\n',
    }

    told = {place: of(text).problems for place, text in places.items()}

    assert {place: any(words in each for each in said) for place, said in told.items()} == (
        dict.fromkeys(places, True)
    )


def test_a_quality_that_cannot_be_called_is_no_quality() -> None:
    playlist = of(MASTER.replace("1080/index.m3u8", "file:///etc/passwd"))

    assert [quality.height for quality in playlist.qualities] == [360]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (MASTER.replace("BANDWIDTH=900000,", ""), "BANDWIDTH"),
        ("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n", "RESOLUTION"),
        ("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n", "CODECS"),
        (MASTER.replace('AUDIO="b"', 'AUDIO="x"'), "AUDIO group “x”"),
        (VOD.replace("DURATION:4", "DURATION:3"), "longer"),
        (VOD.replace("#EXT-X-TARGETDURATION:4\n", ""), "TARGETDURATION"),
        (VOD.replace("a.ts", "{$where}/a.ts"), "variables"),
    ],
)
def test_what_players_miss_is_told(text: str, words: str) -> None:
    assert any(words in problem for problem in of(text).problems)


def test_each_host_is_told_once_and_there_is_an_end() -> None:
    segments = "".join(f"#EXTINF:1,\nhttp://10.0.0.{n % 40}/a{n}.ts\n" for n in range(400))

    assert len(of("#EXTM3U\n#EXT-X-TARGETDURATION:1\n" + segments).problems) == 10


def test_a_master_within_a_master_is_refused() -> None:
    with pytest.raises(Unreadable, match="another master"):
        read(MASTER.encode(), URL, within_master=True)

    assert read(VOD.encode(), URL, within_master=True).duration == 6.48


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html>", b"\x47\x40\x00", b"#EXTM3U", b"#EXTM3U\n\xff", b"#EXTM3U\n\0",
        b"#EXTM3U\n" + b"#" * LARGEST,
        b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n",
        b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nfile:///etc/passwd\n",
        b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=" + b"9" * 6_000 + b"\na.m3u8\n",
        b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=nan\na.m3u8\n",
        b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=inf\na.m3u8\n",
        b"#EXTM3U\n#EXTINF:nan,\na.ts\n#EXT-X-ENDLIST",
        b"#EXTM3U\n#EXTINF:1e999,\na.ts\n#EXT-X-ENDLIST",
        b"#EXTM3U\n#EXTINF:-1,\na.ts\n#EXT-X-ENDLIST",
        b"#EXTM3U\n#EXTINF:1e9,\na.ts\n#EXT-X-ENDLIST",
        b"#EXTM3U\n" + b"#EXTINF:1e308,\na.ts\n" * 2 + b"#EXT-X-ENDLIST",
        b"#EXTM3U\n#EXTINF\na.ts\n", b"#EXTM3U\n#EXT-X-BYTERANGE:1\na.ts\n",
        b"#EXTM3U\n#EXT-X-KEY:x\n#EXTINF:1,\na.ts\n", b"#EXTM3U\n#EXT-X-VERSION\n",
        b"#EXTM3U\n#EXT-X-PROGRAM-DATE-TIME:9999-12-31T23:59:59\n#EXTINF:9999999999,\na.ts\n",
        b"#EXTM3U\n#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1\n",
    ],
)  # fmt: skip
def test_what_is_no_playlist_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(content, URL)


def full_of(line: str) -> bytes:
    lines = (line.format(number) for number in range(1_900_000 // (len(line) + 6)))
    return ("#EXTM3U\n" + "\n".join(lines)).encode()


@pytest.mark.parametrize(
    "content",
    [
        full_of("#EXT-X-KEY:A={}"),
        full_of("#EXT-X-KEYS:A={}"),
        full_of("  #EXT-X-KEY:A={}"),
        full_of("#EXT-X-MEDIA:URI={}"),
        full_of(QUALITY + "{}.m3u8"),
        full_of("#EXTINF:1,\n{}.ts"),
        b"#EXTM3U\n#EXT-X-MEDIA:" + b"A=1," * 400_000,
        b"#EXTM3U\n#EXT-X-MEDIA:" + b"\"'" * 900_000,
        b"#EXTM3U\n" + b"7" * 50_000_000,
        b"#EXTM3U" + b"\n" * 1_900_000,
    ],
)
def test_a_hostile_one_is_refused_soon(content: bytes) -> None:
    began = time.process_time()

    with pytest.raises(Unreadable):
        read(content, URL)

    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "content",
    [
        f"{VOD}{'#EXT-X-KEY:' + chr(10)}{'#EXTINF:1,' + chr(10) + 'a.ts' + chr(10)}" * 499,
        VOD + "#EXT-X-DATERANGE:" + "'\"" * 9_000 + "\n",
        VOD + ("#EXT-X-DATERANGE:ID=" + "\"'," * 6_000 + "\n") * 90,
        VOD + "#EXTINF:1,\nhttp://10.0.0.1/a.ts\n" * 29_000,
    ],
)
def test_the_worst_that_is_read_is_read_soon(content: str) -> None:
    began = time.process_time()

    of(content)

    assert time.process_time() - began < 4


TAGS = st.sampled_from(
    [
        "EXTM3U", "EXTINF", "EXT-X-STREAM-INF", "EXT-X-MEDIA", "EXT-X-KEY", "EXT-X-SESSION-KEY",
        "EXT-X-MAP", "EXT-X-PART", "EXT-X-I-FRAME-STREAM-INF", "EXT-X-IMAGE-STREAM-INF",
        "EXT-X-TILES", "EXT-X-DATERANGE", "EXT-X-BYTERANGE", "EXT-X-TARGETDURATION",
        "EXT-X-PROGRAM-DATE-TIME", "EXT-X-CUE-OUT", "EXT-X-CUE-OUT-CONT", "EXT-X-ENDLIST",
        "EXT-X-START", "EXT-X-SKIP", "EXT-X-ASSET", "EXT-OATCLS-SCTE35", "EXT-X-SERVER-CONTROL",
        "EXT-X-PRELOAD-HINT", "EXT-X-RENDITION-REPORT", "EXT-X-CONTENT-STEERING",
        "EXT-X-SESSION-DATA",
    ]
)  # fmt: skip
VALUES = st.text("AB=,:\"'-./x0123456789[]{}$ é", max_size=30) | st.sampled_from(
    ['URI="a.ts"', "BANDWIDTH=1", 'TYPE=AUDIO,GROUP-ID="a"', "1,", "2026-11-01T00:00:00Z"]
)
BARE = ["a.ts", "", "b.m3u8", "http://[x", "//", QUALITY + "q.m3u8", "#EXTINF:1,\na.ts"]
LINES = st.one_of(
    st.builds("#{}:{}".format, TAGS, VALUES), st.builds("#{}".format, TAGS), st.sampled_from(BARE)
)


@given(st.lists(LINES, max_size=12))
def test_whatever_comes_is_read_or_refused(lines: list[str]) -> None:
    try:
        playlist = of("\n".join(["#EXTM3U", *lines]))
    except Unreadable:
        return

    assert all(quality.url.startswith(("https://", "http://")) for quality in playlist.qualities)
    assert playlist.is_master == bool(playlist.qualities)
