"""Films full of secrets: sources that need a token, and words that are behind the cut."""

from typing import Any

from tests.promises.author import LIVE, RESTRICTED, Author

WEBVTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nThe {} flies.\n"
TOKEN = {"key": "canary-cdn", "minutes": 5}


async def furnish(author: Author, section: str) -> None:
    """A free film with a token, a restricted one, one behind the cut, and one in a draft."""
    free = await _film(author, f"Film {LIVE}", LIVE, token=TOKEN)
    work = (await author.make("works", kind="report", title=f"Report {LIVE}")).json()["id"]
    heard = {"anchors": [{"target": "media", "time_ms": [0, 4_000]}]}
    cited = [{"type": "reported_by", "work_id": work, **heard}]
    await author.publish(await _article(author, section, free, citations=cited))
    paid = await _film(author, f"Paid {LIVE}", RESTRICTED, token=TOKEN, transcript=RESTRICTED)
    await author.publish(await _article(author, section, paid, access={"level": "subscriber"}))
    behind = await _film(author, f"Behind the cut {LIVE}", RESTRICTED)
    blocks = [{"type": "paragraph", "text": LIVE}, {"type": "video", "asset_id": behind}]
    cut = {"level": "subscriber", "preview_blocks": 1}
    await author.publish(
        await author.make(
            "articles", headline=f"Cut {LIVE}", section_id=section, body=blocks, access=cut
        )
    )
    secret = await _film(author, "Canary of a film", "canary", secret=True)
    await _article(author, section, secret, secret=True)


async def _film(
    author: Author, title: str, said: str, *, secret: bool = False, **playback: Any
) -> str:
    """One with captions in which that is said, at an address that nobody may learn."""
    word = "canary" if secret or "token" in playback else LIVE
    sources = [{"url": f"https://media.example/{word}.mp4"}]
    made = await author.make(
        "assets", secret=secret, kind="video", title=title, note_internal="canary of a film",
        playback={"sources": sources, **playback},
    )  # fmt: skip
    identity = made.json()["id"]
    author.secrets.films.add(identity)
    address = f"/desk/assets/{identity}/captions/captions/en"
    answer = await author.desk.put(address, json={"text": WEBVTT.format(said)})
    assert answer.status_code == 201, answer.text
    return str(identity)


async def _article(author: Author, section: str, film: str, **fields: Any) -> Any:
    headline = "Canary film" if fields.get("secret") else f"Film {LIVE}"
    lead = {"video": {"asset_id": film}}
    return await author.article(headline, section_id=section, lead=lead, **fields)
