"""Citations full of secrets: what is kept about sources, works and speakers and is nobody's."""

from typing import Any

from tests.promises.author import CANARY, LIVE, RESTRICTED, Author

BODY = f"""The {LIVE} was seen, the paper wrote.

“It was a secret {LIVE}”, an official said. All knew it.

“I saw it”, said the {LIVE} master. Nobody else did."""


async def furnish(author: Author, section: str) -> None:
    """One article that cites in public, with what it cites; and what nothing cites in public."""
    seen = await _cited(author, "seagull", secret=False)
    secret = await _cited(author, "canary", secret=True)
    live = await author.publish(
        await author.article(
            f"Cited {LIVE}", body_markdown=BODY, section_id=section,
            citations=_public(seen) + _internal(secret),
        )
    )  # fmt: skip
    for citation in live.json()["content"]["citations"]:
        known = author.secrets
        public = citation["visibility"] == "public"
        (known.public_ids if public else known.secret_ids).add(citation["id"])
    await author.article(
        "Canary draft that cites", secret=True, section_id=section,
        body_markdown=f"{CANARY} words", citations=_internal(secret),
    )  # fmt: skip
    await _restricted(author, section, seen)


async def _cited(author: Author, word: str, *, secret: bool) -> dict[str, str]:
    """The ids of a publication, a work of it and a speaker."""
    publication = await author.make(
        "publications", secret=secret, name=f"The {word}", kind="newspaper",
        domains=[f"{word}.example"], note_internal="canary note of a publication",
    )  # fmt: skip
    url = f"https://{word}.example/{word}"
    work = await author.make(
        "works", secret=secret, kind="newspaper_article", title=f"A {word}", url=url,
        publication_id=publication.json()["id"], note_internal="canary note of a work",
        identifiers=[{"scheme": "docket", "value": f"{word}-1"}],
        csl_extra={"note": "canary in CSL", "abstract": "canary abstract"},
        visibility="internal" if secret else "public",
    )  # fmt: skip
    speaker = await author.make(
        "speakers", secret=secret, name=f"Master of the {word}", kind="person",
        note_internal="canary note of a speaker",
    )  # fmt: skip
    author.secrets.names_of_works |= {f"url={url}", f"identifier=docket:{word}-1"}
    return {
        "publication": publication.json()["id"],
        "work": work.json()["id"],
        "speaker": speaker.json()["id"],
    }


def _public(ids: dict[str, str]) -> list[dict[str, Any]]:
    unnamed = {
        "label": "an official", "affiliation": "government", "role_status": "former",
        "anonymity": {"reason": "safety", "granted_by": "us", "approved_by": "canary editor"},
    }  # fmt: skip
    said = {"channel": "interview", "function": "witness"}
    return [
        {"type": "reported_by", "work_id": ids["work"], "note_internal": "canary note",
         "anchors": [{"exact": "the paper wrote"}]},
        {"type": "quotation", "anchors": [{"exact": f"It was a secret {LIVE}"}],
         "statement": {"form": "direct", "text": f"It was a secret {LIVE}",
                       "attribution_level": "background", "unnamed": unnamed, **said}},
        {"type": "paraphrase", "anchors": [{"exact": "All knew it."}],
         "statement": {"form": "paraphrase", "text": "All knew it.", **said,
                       "attribution_level": "deep_background",
                       "unnamed": unnamed | {"label": "canary source"}}},
        {"type": "quotation", "anchors": [{"exact": "I saw it"}],
         "statement": {"form": "direct", "text": "I saw it", "channel": "interview",
                       "speaker_id": ids["speaker"]}},
    ]  # fmt: skip


def _internal(ids: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"type": "background", "visibility": "internal", "work_id": ids["work"],
         "attribution_text": "canary attribution", "note_internal": "canary note",
         "chain": [{"publication_id": ids["publication"]}, {"speaker_id": ids["speaker"]}],
         "statement": {"form": "summary", "text": "canary statement", "channel": "interview",
                       "speaker_id": ids["speaker"]}},
    ]  # fmt: skip


async def _restricted(author: Author, section: str, ids: dict[str, str]) -> None:
    """A citation that stands behind the cut."""
    paragraphs = [f"Anybody reads this {LIVE}.", f"“The {RESTRICTED} knew”, she said."]
    text = f"The {RESTRICTED} knew"
    await author.publish(
        await author.article(
            "For subscribers with sources", body_markdown="\n\n".join(paragraphs),
            section_id=section, access={"level": "subscriber", "preview_blocks": 1},
            citations=[
                {"type": "quotation", "anchors": [{"exact": text}],
                 "statement": {"form": "direct", "text": text, "channel": "interview",
                               "speaker_id": ids["speaker"]}},
            ],
        )
    )  # fmt: skip
