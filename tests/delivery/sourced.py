"""An article that cites, written and published through the desk, for tests that read it."""

from dataclasses import dataclass
from typing import Any

from tests.newsroom import Newsroom

TEXT = (
    "“It was a well-kept secret”, a former official told The Northgate Courier.\n\n"
    "The harbour was “never closed”, Ines Valdo said on Friday."
)
AUDIT = "https://www.northgate-courier.example/2026/audit"


@dataclass(frozen=True)
class Sourced:
    """Ids. `quoted` is the citation of the unnamed source, `named` that of the speaker."""

    article: str
    publication: str
    work: str
    speaker: str
    reported: str
    quoted: str
    named: str


async def a_sourced_article(newsroom: Newsroom) -> Sourced:
    """One that cites a newspaper, an unnamed source through it, and a speaker by name."""
    publication = await made(
        newsroom, "publications", name="The Northgate Courier", kind="newspaper",
        domains=["northgate-courier.example"],
    )  # fmt: skip
    work = await made(
        newsroom, "works", kind="newspaper_article", title="Audit kept secret", url=AUDIT,
        publication_id=publication["id"], issued="2026-11-20",
        identifiers=[{"scheme": "doi", "value": "10.5555/12345678"}],
    )  # fmt: skip
    speaker = await made(newsroom, "speakers", name="Ines Valdo", kind="person")
    article = await newsroom.published(
        "The harbour reopens", body_markdown=TEXT, citations=_citations(work["id"], speaker["id"])
    )
    await newsroom.drain()
    cited = await newsroom.read(f"/v1/articles/{article.json()['id']}/citations")
    by_type = {each["type"]: each["id"] for each in cited["items"]}
    return Sourced(
        article=article.json()["id"], publication=publication["id"], work=work["id"],
        speaker=speaker["id"], reported=by_type["reported_by"], quoted=by_type["quotation"],
        named=by_type["paraphrase"],
    )  # fmt: skip


async def made(newsroom: Newsroom, noun: str, **fields: Any) -> Any:
    answer = await newsroom.desk.post(f"/desk/{noun}", json=fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


def _citations(work: str, speaker: str) -> list[dict[str, Any]]:
    unnamed = {
        "label": "a former official",
        "anonymity": {"reason": "relay_did_not_say", "granted_by": "relay"},
    }
    return [
        {"type": "reported_by", "work_id": work,
         "anchors": [{"exact": "The Northgate Courier"}]},
        {"type": "quotation", "work_id": work, "anchors": [{"exact": "It was a well-kept secret"}],
         "statement": {"form": "direct", "text": "It was a well-kept secret",
                       "channel": "press_report", "attribution_level": "background",
                       "unnamed": unnamed}},
        {"type": "paraphrase", "anchors": [{"exact": "never closed"}],
         "statement": {"form": "partial_direct", "text": "never closed", "channel": "interview",
                       "speaker_id": speaker}},
    ]  # fmt: skip
