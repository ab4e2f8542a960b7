"""Media full of secrets: what is told of a picture in public, and pictures that nobody has seen."""

from tests.promises.author import LIVE, Author, extras

PICTURE = "https://pictures.example/{}.jpg"


async def furnish(author: Author, section: str) -> None:
    """A picture in public with secrets about it, and one that only drafts show."""
    shown = await _picture(author, f"Harbour {LIVE}", LIVE)
    secret = await _picture(author, "Canary of a picture", "canary", secret=True)
    live = await author.publish(
        await author.article(
            f"Pictured {LIVE}", section_id=section, lead={"image": {"asset_id": shown}}
        )
    )
    await author.save(live, lead={"image": {"asset_id": secret}})
    await author.article(
        "Canary with a picture", secret=True, section_id=section,
        lead={"image": {"asset_id": secret}},
    )  # fmt: skip


async def _picture(author: Author, title: str, word: str, *, secret: bool = False) -> str:
    made = await author.make(
        "assets", secret=secret, kind="image", url=PICTURE.format(word), title=title, alt=title,
        credit=f"Photo: {word}", note_internal="canary note of a picture", extras=extras("asset"),
    )  # fmt: skip
    return str(made.json()["id"])
