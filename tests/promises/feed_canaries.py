"""Saved feeds full of secrets: those for partners, and what a public one will show one day."""

from typing import Any

from tests.promises.author import LIVE, Author


async def furnish(author: Author, section: str, secret_topic: str) -> None:
    """A public feed and one for partners, of everything; and a public one of what is secret."""
    for public in (True, False):
        word = LIVE if public else "canary"
        await _feed(
            author, public=public, title=f"Feed {word}", description=f"{word} description",
            feed_id=f"tag:old.example,2009:{word}", digest=not public,
        )  # fmt: skip
    await _feed(author, public=True, title=f"Topical {LIVE}", query={"topic_ids": [secret_topic]})
    await author.article(
        "Canary in a feed", secret=True, section_id=section, topic_ids=[secret_topic]
    )


async def _feed(author: Author, *, public: bool, **fields: Any) -> None:
    made = await author.make("feeds", secret=not public, edition="en", public=public, **fields)
    if not public:
        author.secrets.private_lists.add(made.json()["id"])
