"""Each reason for which a TV platform does without a video, or shows less of it."""

from typing import Any

import pytest

from app.published.tv_targets import CHECKS, CODES, TARGETS, Target, findings, is_in

CROPS = {"16x9": "/media/x/y/16x9-1280-50x50.jpg"}
HLS = {"url": "https://m.example/a.m3u8", "media_type": "application/vnd.apple.mpegurl",
       "height": None, "bitrate": None, "quality": "HD"}  # fmt: skip
MP4 = HLS | {"url": "https://m.example/a.mp4", "media_type": "video/mp4", "bitrate": 1}
DASH = HLS | {"url": "https://m.example/a.mpd", "media_type": "application/dash+xml"}
WEBM = HLS | {"url": "https://m.example/a.webm", "media_type": "video/webm"}
PICTURE = {"url": "https://m.example/a.jpg", "width": 1280, "height": 720, "crops": {}}
VIDEO: dict[str, Any] = {
    "access": {"level": "free"},
    "token_required": False,
    "sources": [HLS],
    "artwork": PICTURE,
    "duration": 73.0,
    "summary": "What the water did.",
    "title": "Waves",
    "content_id": "d4c3309c-6e63-451c-8278-08dac5019bf6",
    "media_type": "shortFormVideo",
    "captions": [{"language": "en"}],
    "rating": {"system": "USA_TV", "value": "G"},
    "geo": None,
    "drm": [],
    "language": "en-GB",
    "availability": "now",
}
ALL: set[str] = set(TARGETS)
ROKU = {"roku_feed", "roku_search"}
WITH_MRSS = ROKU | {"mrss"}

IMPLIED = {"geo_elsewhere": {"geo_not_told"}}

CASES: list[tuple[str, dict[str, Any], set[str], set[str]]] = [
    ("restricted", {"access": {"level": "registered"}}, ALL, set()),
    ("token_required", {"token_required": True, "sources": []}, ALL, set()),
    ("encrypted", {"drm": [{"system": "widevine"}]}, {"roku_feed", "fire_tv", "mrss"}, set()),
    ("expired", {"availability": "over"}, ALL, set()),
    ("not_yet_available", {"availability": "later"}, {"fire_tv"}, WITH_MRSS),
    ("no_hls_or_mp4", {"sources": [DASH]}, ALL, set()),
    ("bitrate_missing", {"sources": [MP4 | {"bitrate": None}, WEBM]}, {"roku_feed"}, set()),
    ("quality_unknown", {"sources": [HLS | {"quality": None}]}, set(), ROKU),
    ("artwork_missing", {"artwork": None}, ALL, set()),
    ("artwork_small", {"artwork": PICTURE | {"width": 799, "height": 450}}, WITH_MRSS,
     {"fire_tv"}),
    ("artwork_small", {"artwork": PICTURE | {"width": 640, "crops": CROPS}}, WITH_MRSS,
     {"fire_tv"}),
    ("artwork_size_unknown", {"artwork": PICTURE | {"width": None}}, set(), ALL),
    ("artwork_not_16x9", {"artwork": PICTURE | {"height": 960}}, WITH_MRSS, {"fire_tv"}),
    ("artwork_too_large", {"artwork": PICTURE | {"width": 3840, "height": 2160}},
     {"roku_search"}, set()),
    ("artwork_format", {"artwork": PICTURE | {"url": "https://m.example/a.WebP?v=1"}}, WITH_MRSS,
     {"fire_tv"}),
    ("duration_missing", {"duration": None}, WITH_MRSS, set()),
    ("description_missing", {"summary": None}, ALL, set()),
    ("description_long", {"summary": "x" * 201}, set(), WITH_MRSS),
    ("title_long", {"title": "x" * 201}, set(), {"roku_search"}),
    ("id_long", {"content_id": "x" * 51}, {"roku_search"}, set()),
    ("long_for_short_form", {"duration": 1_201.0}, set(), ROKU),
    ("captions_missing", {"captions": []}, set(), ALL),
    ("rating_missing", {"rating": None}, set(), {"roku_search"}),
    ("rating_unknown", {"rating": {"system": "NICAM", "value": "AL"}}, set(), ROKU),
    ("language_unknown", {"language": "eo"}, {"roku_search"}, set()),
    ("geo_elsewhere", {"geo": {"allow": ["NO"], "deny": []}}, {"roku_search"}, set()),
    ("geo_not_told", {"geo": {"allow": ["FR"], "deny": []}}, set(), {"roku_feed", "fire_tv"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change", "keep_out", "warned"), CASES)
def test_each_reason_is_told_by_those_it_matters_to_and_by_no_others(
    code: str, change: dict[str, Any], keep_out: set[str], warned: set[str]
) -> None:
    video = VIDEO | change
    blocked, warnings = set[str](), set[str]()
    for target in TARGETS:
        for finding in findings(video, target):
            if finding.code == code:
                (blocked if finding.blocks else warnings).add(target)

    assert (blocked, warnings) == (keep_out, warned)
    assert {target for target in TARGETS if not is_in(video, target)} == keep_out
    told = {each.code for target in TARGETS for each in findings(video, target)}
    assert told == {code} | IMPLIED.get(code, set()), "one thing is wrong, and one is told"


@pytest.mark.parametrize("target", TARGETS)
def test_a_good_video_is_everywhere_without_a_word(target: Target) -> None:
    assert findings(VIDEO, target) == []
    for also in (
        {"sources": [MP4]},
        {"sources": [DASH, MP4 | {"bitrate": None}]},
        {"artwork": PICTURE | {"width": 800, "height": 450}},
        {"artwork": PICTURE | {"width": 4000, "height": 3000, "crops": CROPS}},
        {"availability": "until noon"},
        {"rating": {"system": "MPAA", "value": "PG-13"}, "language": "pt-BR"},
        {"duration": 9_000.0, "media_type": "episode"},
        {"summary": "x" * 200, "title": "x" * 200, "content_id": "x" * 50},
    ):
        assert findings(VIDEO | also, target) == [], also


def test_every_check_has_a_case_here_and_a_name_of_its_own() -> None:
    assert sorted(set(CODES)) == sorted(CODES)
    assert {code for code, *_ in CASES} == set(CODES)
    assert all(check.blocks or check.warns for check in CHECKS)
    assert not any(set(check.blocks) & set(check.warns) for check in CHECKS)
