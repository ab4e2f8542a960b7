"""PURE: what the feeds of TV platforms ask of a video, in one table.

Feeds are made by it and the desk's TV report is told by it, so that both say the same. A finding
that `blocks` keeps a video out of a feed; any other lets it in as it is, and says what is lost.
Sources: Roku's content feed and Search feed (version 1), its dialect of Media RSS, the recipes of
Amazon's Fire App Builder.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from app.published import tv_conditions as wrong
from app.published.tv_conditions import Video

Target = Literal["roku_feed", "roku_search", "fire_tv", "mrss"]
TARGETS: tuple[Target, ...] = ("roku_feed", "roku_search", "fire_tv", "mrss")
NAMES: dict[Target, str] = {
    "roku_feed": "Roku content feed",
    "roku_search": "Roku Search",
    "fire_tv": "Fire TV",
    "mrss": "Media RSS",
}

SHORT_DESCRIPTION, TITLE, LONGEST_ID = 200, 200, 50
"""Characters: Roku cuts the first two, and refuses a longer id."""


@dataclass(frozen=True)
class Finding:
    """`field` is where the desk fills it in: of the article, or of the video's asset."""

    code: str
    field: str
    detail: str
    blocks: bool


@dataclass(frozen=True)
class Check:
    code: str
    field: str
    detail: str
    fails: Callable[[Video], bool]
    blocks: tuple[Target, ...] = ()
    warns: tuple[Target, ...] = ()


def findings(video: Video, target: Target) -> list[Finding]:
    """What this target misses in a video, in the order of the table."""
    return [
        Finding(check.code, check.field, check.detail, target in check.blocks)
        for check in CHECKS
        if target in (*check.blocks, *check.warns) and check.fails(video)
    ]


def is_in(video: Video, target: Target) -> bool:
    """Whether the target's feed has the video."""
    return not any(fails(video) for fails in _BLOCKING[target])


CHECKS: tuple[Check, ...] = (
    Check(
        "restricted", "article: access.level",
        "Readers need an account or a subscription; feeds hold only what is free.",
        lambda video: video["access"]["level"] != "free",
        blocks=TARGETS,
    ),
    Check(
        "token_required", "asset: playback.token",
        "Its CDN wants tokens that expire; the addresses in a feed cannot have any.",
        lambda video: video["token_required"],
        blocks=TARGETS,
    ),
    Check(
        "encrypted", "asset: playback.drm",
        "It is encrypted, and the feed has no place to say where the licence is.",
        wrong.is_encrypted,
        blocks=("roku_feed", "fire_tv", "mrss"),
    ),
    Check(
        "expired", "asset: playback.available_until",
        "The time in which it may be seen is over.",
        wrong.is_over,
        blocks=TARGETS,
    ),
    Check(
        "not_yet_available", "asset: playback.available_from",
        "It may not be seen yet. Feeds that can say from when on have it.",
        wrong.is_not_yet,
        blocks=("fire_tv",), warns=("roku_feed", "roku_search", "mrss"),
    ),
    Check(
        "no_hls_or_mp4", "asset: playback.sources",
        "There is neither HLS nor an MP4 file.",
        lambda video: bool(video["sources"])
        and wrong.kinds(video).isdisjoint((wrong.HLS, wrong.MP4)),
        blocks=TARGETS,
    ),
    Check(
        "bitrate_missing", "asset: playback.sources.bitrate",
        "An MP4 file without its bitrate is refused where there is nothing adaptive beside it.",
        wrong.no_bitrate,
        blocks=("roku_feed",),
    ),
    Check(
        "quality_unknown", "asset: playback.sources.height",
        "Nobody knows how large the picture of the film is; it is announced as HD.",
        wrong.no_quality,
        warns=("roku_feed", "roku_search"),
    ),
    Check(
        "artwork_missing", "asset: poster_id",
        "There is no picture: neither a poster nor a picture of the article.",
        lambda video: video["artwork"] is None,
        blocks=TARGETS,
    ),
    Check(
        "artwork_small", "asset: poster_id",
        "The picture is smaller than 800 × 450 pixels.",
        wrong.is_small,
        blocks=("roku_feed", "roku_search", "mrss"), warns=("fire_tv",),
    ),
    Check(
        "artwork_size_unknown", "asset: poster_id",
        "The picture is kept elsewhere and nobody said its size; it may be refused.",
        lambda video: video["artwork"] is not None and wrong.size_of(video) is None,
        warns=TARGETS,
    ),
    Check(
        "artwork_not_16x9", "asset: poster_id",
        "The picture is kept elsewhere and is not 16:9. Upload it: then it is cut.",
        wrong.is_no_16_by_9,
        blocks=("roku_feed", "roku_search", "mrss"), warns=("fire_tv",),
    ),
    Check(
        "artwork_too_large", "asset: poster_id",
        "The picture is kept elsewhere and is larger than 1920 × 1080 pixels. Upload it: then "
        "smaller ones are made.",
        wrong.is_too_large,
        blocks=("roku_search",),
    ),
    Check(
        "artwork_format", "asset: poster_id",
        "The picture is kept elsewhere and is neither JPEG nor PNG. Upload it: then it is made "
        "into one.",
        wrong.is_no_photo,
        blocks=("roku_feed", "roku_search", "mrss"), warns=("fire_tv",),
    ),
    Check(
        "duration_missing", "asset: duration_ms",
        "Nobody knows how long it is.",
        lambda video: video["duration"] is None,
        blocks=("roku_feed", "roku_search", "mrss"),
    ),
    Check(
        "description_missing", "article: summary",
        "There is no summary, no standfirst and no text.",
        lambda video: not video["summary"],
        blocks=TARGETS,
    ),
    Check(
        "description_long", "article: summary",
        "The summary has more than 200 characters; it is cut.",
        lambda video: len(video["summary"] or "") > SHORT_DESCRIPTION,
        warns=("roku_feed", "roku_search", "mrss"),
    ),
    Check(
        "title_long", "article: headline",
        "The headline has more than 200 characters; it is cut.",
        lambda video: len(video["title"]) > TITLE,
        warns=("roku_search",),
    ),
    Check(
        "id_long", "article: external_ids",
        "Its `content_id` has more than 50 characters.",
        lambda video: len(video["content_id"]) > LONGEST_ID,
        blocks=("roku_search",),
    ),
    Check(
        "long_for_short_form", "article: episode",
        "It is longer than 20 minutes. Make it an episode of a series.",
        wrong.is_long_short_form,
        warns=("roku_feed", "roku_search"),
    ),
    Check(
        "captions_missing", "asset: captions",
        "There are no captions. Where law or a platform demands them, it may be refused.",
        lambda video: not video["captions"],
        warns=TARGETS,
    ),
    Check(
        "rating_missing", "asset: playback.rating",
        "There is no rating; it is announced as not rated.",
        # Roku demands a rating. `NR` is one, and true; a newsroom's clips are seldom rated.
        lambda video: video["rating"] is None,
        warns=("roku_search",),
    ),
    Check(
        "rating_unknown", "asset: playback.rating",
        "Its rating is of a system that Roku does not know; it is announced as not rated.",
        wrong.is_rated_otherwise,
        warns=("roku_feed", "roku_search"),
    ),
    Check(
        "language_unknown", "article: language",
        "Roku Search does not know its language.",
        wrong.is_in_a_language_unknown_to_roku,
        blocks=("roku_search",),
    ),
    Check(
        "geo_elsewhere", "asset: playback.geo",
        "It may be seen in none of the countries that have Roku Search.",
        wrong.is_nowhere_on_roku,
        blocks=("roku_search",),
    ),
    Check(
        "geo_not_told", "asset: playback.geo",
        "The feed cannot say in which countries it may be seen: the CDN has to hold it.",
        lambda video: video["geo"] is not None,
        warns=("roku_feed", "fire_tv"),
    ),
)  # fmt: skip
"""All that is asked, and by whom."""

CODES = tuple(check.code for check in CHECKS)

_BLOCKING = {
    target: tuple(check.fails for check in CHECKS if target in check.blocks) for target in TARGETS
}
