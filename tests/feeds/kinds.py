"""A newsroom that has published one article of each kind, and taken one away."""

from typing import Any

import httpx

from tests.feeds.awkward import BASES
from tests.newsroom import Newsroom
from tests.publishing import filming

MP3 = "https://media.example.org/tideline.mp3"
OLD_NAME = "https://old.example.org/?p=1787"
PHOTO = {"url": "https://media.example.org/mole.jpg", "alt": "The mole", "caption": "At dawn",
         "credit": "Photo: S. Harkell", "width": 1600, "height": 900}  # fmt: skip
BODY = (
    '<p>The <em>first</em> ferry &amp; the last: 5 &lt; 6. <a href="/topics/tides">Tides</a></p>'
    "<h2>سلام]]&gt;</h2><ul><li>One<ol><li>Two</li></ol></li></ul>"
    '<blockquote><p>“Never closed”</p></blockquote><img src="https://media.example.org/p.jpg" '
    'alt="A &quot;pier&quot;"><table><tr><th>Tide</th></tr><tr><td>6.81&nbsp;m</td></tr></table>'
    "<pre><code>if a &lt; b: ]]&gt;</code></pre><hr><p>End.</p>"
)


async def publish_all(newsroom: Newsroom) -> dict[str, str]:
    """Their ids, by kind."""
    await _named(newsroom)
    person = await _made(newsroom, "people", name="Tobin Korrel")
    topics = [
        await _made(newsroom, "topics", name=name, kind=kind)
        for name, kind in (("Tides & <storms>", "subject"), ("Kestrel Bay", "place"))
    ]
    about: dict[str, Any] = {"topic_ids": topics, "bylines": [{"person_id": person}]}
    film = filming.led_by(await filming.film(newsroom))
    sound = await _made(
        newsroom, "assets", kind="audio", title="The Tideline", duration_ms=61_500,
        playback={"sources": [{"url": MP3, "media_type": "audio/mpeg"}]},
    )  # fmt: skip
    correction = {"kind": "correction", "text": "The gate is 62 metres wide, not 26."}
    kinds: dict[str, dict[str, Any]] = {
        "text": {**about, "body_html": BODY, "image": PHOTO, "kicker": "Harbour",
                 "summary": "A < B & C > D", "dateline": "KESTREL BAY"},
        "video": {"format": "video", **film, **about},
        "audio": {"format": "audio", "lead": {"audio": {"asset_id": sound}}, "summary": "Episode"},
        "live": {"format": "live"},
        "opinion": {"genre": "opinion", "byline_text": "The editors"},
        "restricted": {"access": {"level": "subscriber", "preview_blocks": 1}},
        "sponsored": {"sponsor": {"name": "Varland Grid", "label": "Paid content"}},
        "syndicated": {"syndicated_from": {"name": "Wire", "url": "https://wire.example.org/1"},
                       "rights": {"license": "https://licences.example.org/by"}},
        "corrected": {"corrections": [correction]},
        "moved": {"external_ids": [{"system": "feed_id", "id": OLD_NAME}]},
    }  # fmt: skip
    ids = {}
    for kind, fields in kinds.items():
        ids[kind] = (await newsroom.published(f"The {kind} story", **fields)).json()["id"]
    departed = await newsroom.published("Taken away")
    await _withdraw(newsroom, departed)
    return ids | {"departed": departed.json()["id"]}


async def _named(newsroom: Newsroom) -> None:
    """At an address of its own, with policies."""
    site = await newsroom.desk.get("/desk/site")
    told = {name: value for name, value in site.json().items()
            if name in ("publisher", "history")}  # fmt: skip
    address = {"kind": "canonical", "web": BASES.web, "api": BASES.api, "media": BASES.media}
    told |= {
        "name": "The Kestrel Bay Courier",
        "addresses": [address],
        "policies": {"corrections": f"{BASES.web}/corrections"},
    }
    answer = await newsroom.desk.put("/desk/site", json=told, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


async def _made(newsroom: Newsroom, noun: str, **fields: Any) -> str:
    answer = await newsroom.desk.post(f"/desk/{noun}", json=fields)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _withdraw(newsroom: Newsroom, live: httpx.Response) -> None:
    answer = await newsroom.desk.post(
        f"/desk/articles/{live.json()['id']}/withdraw",
        json={"notice": "It was wrong."},
        headers={"If-Match": live.headers["ETag"]},
    )
    assert answer.status_code == 200, answer.text
