"""What citations name is there, and is for readers; and they lead through each other to an end."""

from typing import Any
from uuid import uuid4

from tests.citing import naming, work
from tests.delivery.sourced import made
from tests.newsroom import Newsroom

NOBODY = str(uuid4())
ONE, OTHER, THIRD = (str(uuid4()) for _ in range(3))


async def test_each_thing_that_is_wrong_is_named(newsroom: Newsroom) -> None:
    courier = await made(newsroom, "publications", name="The Courier", kind="newspaper")
    gazette = await made(newsroom, "publications", name="The Gazette", kind="newspaper")
    report = await work(newsroom, publication_id=courier["id"])
    hidden = await work(newsroom, "Leak", visibility="internal")
    said = {"form": "summary", "text": "So", "channel": "interview", "speaker_id": NOBODY}
    begins_elsewhere = [{"publication_id": gazette["id"]}, {"work_id": report}]
    unknown = [{"publication_id": courier["id"]}, {"work_id": NOBODY}, {"publication_id": NOBODY},
               {"speaker_id": NOBODY}]  # fmt: skip
    cases: list[tuple[list[dict[str, Any]], list[str]]] = [
        ([naming(NOBODY)], ["/0/work_id"]),
        ([naming(hidden)], ["/0/work_id"]),
        ([naming(hidden, visibility="internal")], []),
        ([naming(report, statement=said)], ["/0/statement/speaker_id"]),
        ([naming(report, chain=unknown)],
         ["/0/chain/1/work_id", "/0/chain/2/publication_id", "/0/chain/3/speaker_id"]),
        ([naming(report), naming(report, chain=begins_elsewhere)], ["/1/chain/0"]),
        ([naming(report, chain=begins_elsewhere[::-1])], []),
        ([naming(report, id=ONE), naming(report, id=ONE)], ["/1/id"]),
        ([naming(report, via_citation_id=NOBODY)], ["/0/via_citation_id"]),
        ([naming(report, id=ONE, via_citation_id=OTHER),
          naming(report, id=OTHER, via_citation_id=ONE),
          naming(report, id=THIRD, via_citation_id=ONE)],
         ["/0/via_citation_id", "/1/via_citation_id"]),
        ([naming(report, id=ONE), naming(report, via_citation_id=ONE)], []),
    ]  # fmt: skip
    article = await newsroom.article(body_markdown="It closed, the paper reported.")
    address = f"/desk/articles/{article.json()['id']}/citations"

    for citations, wrong in cases:
        etag = (await newsroom.desk.get(address)).headers["ETag"]
        answer = await newsroom.desk.put(
            address, json={"citations": citations}, headers={"If-Match": etag}
        )
        pointers = [each["pointer"] for each in answer.json().get("errors", [])]
        assert pointers == [f"/citations{each}" for each in wrong], citations
        assert answer.status_code == (422 if wrong else 200)
