"""Two editors cannot silently overwrite each other."""

import asyncio

import pytest

from tests.newsroom import Newsroom


@pytest.mark.parametrize(
    "rounds", [20, pytest.param(200, marks=[pytest.mark.prove, pytest.mark.timeout(600)])]
)
async def test_of_two_writers_with_the_same_etag_one_wins(newsroom: Newsroom, rounds: int) -> None:
    article = await newsroom.article("Round 0")
    address = f"/desk/articles/{article.json()['id']}"

    async def write(etag: str, headline: str) -> int:
        content = article.json()["content"] | {"headline": headline}
        answer = await newsroom.desk.put(address, json=content, headers={"If-Match": etag})
        return answer.status_code

    for number in range(1, rounds + 1):
        etag = (await newsroom.desk.get(address)).headers["ETag"]
        answers = await asyncio.gather(
            write(etag, f"Round {number}, first"), write(etag, f"Round {number}, second")
        )
        assert sorted(answers) == [200, 412]

    assert (await newsroom.desk.get(address)).json()["revision"] == rounds + 1


async def test_of_two_publishers_with_the_same_etag_one_wins(newsroom: Newsroom) -> None:
    article = await newsroom.article()
    address = f"/desk/articles/{article.json()['id']}/publish"
    headers = {"If-Match": article.headers["ETag"]}

    answers = await asyncio.gather(
        *(newsroom.desk.post(address, headers=headers) for _ in range(6))
    )

    assert sorted(answer.status_code for answer in answers) == [200, *[412] * 5]
    assert (await newsroom.read(f"/v1/articles/{article.json()['id']}"))["version"] == 1


async def test_a_write_without_if_match_is_refused(newsroom: Newsroom) -> None:
    article = await newsroom.article()

    answer = await newsroom.desk.put(
        f"/desk/articles/{article.json()['id']}", json=article.json()["content"]
    )

    assert answer.status_code == 428
    assert answer.json()["type"].endswith("precondition-required")
