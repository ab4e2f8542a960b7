"""Channels full of secrets: streams, schedules and series that nobody has announced yet."""

from typing import Any

from tests.promises.author import LIVE, Author, extras

DAY = {"since": "2026-11-20T00:00:00Z", "until": "2026-11-21T00:00:00Z"}
HLS = "https://live.example/{}.m3u8"


async def furnish(author: Author, section: str, secret_topic: str) -> None:
    """A public stream and a public series, and a secret one of each that they could betray."""
    shown = await _series(author, f"Lights of the {LIVE}", public=True)
    secret = await _series(author, "Canary lights", public=False)
    await author.publish(
        await author.article(
            f"Episode {LIVE}", section_id=section,
            episode={"series_id": secret, "number": 1, "title": "canary of an episode"},
        )
    )  # fmt: skip
    await author.publish(
        await author.article(
            f"Another episode {LIVE}", section_id=section,
            episode={"series_id": shown, "number": 1},
        )
    )  # fmt: skip
    for public in (True, False):
        await _stream(author, secret, public=public)
    titled = {"title": "Canary of a rail"}
    await author.desk.put(
        "/desk/tv/rails?edition=en",
        headers={"If-Match": "*"},
        json={
            "rails": [
                {"kind": "live", "title": f"{LIVE} live"},
                {"kind": "topic", "topic_id": secret_topic, **titled},
                {"kind": "series", "series_id": secret, **titled},
                {"kind": "series", "title": f"{LIVE} series"},
            ]
        },
    )


async def _series(author: Author, title: str, *, public: bool) -> str:
    made = await author.make(
        "series", secret=not public, edition="en", title=title, public=public,
        extras=extras("series"), seasons=[{"number": 1, "title": title}],
    )  # fmt: skip
    author.secrets.paths.add(f"/series/{made.json()['slug']}")
    return str(made.json()["id"])


async def _stream(author: Author, secret_series: str, *, public: bool) -> None:
    word = LIVE if public else "canary"
    made = await author.make(
        "streams", secret=not public, edition="en", title=f"Channel {word}", on_air=True,
        url=HLS.format(word), public=public, extras=extras("stream"),
    )  # fmt: skip
    author.secrets.paths.add(f"/streams/{made.json()['slug']}")
    entry: dict[str, Any] = {
        "start": "2026-11-20T08:00:00Z", "end": "2026-11-20T09:00:00Z",
        "title": f"{word} at breakfast", "series_id": secret_series,
    }  # fmt: skip
    schedule = await author.desk.put(
        f"/desk/streams/{made.json()['id']}/schedule",
        headers={"If-Match": "*"},
        json=DAY | {"entries": [entry]},
    )
    assert schedule.is_success, schedule.text
