"""What finding anchors again costs: little for an article, and never without end."""

import random
import time
from collections.abc import Callable

import pytest

from app.editing.articles.content import Content
from app.editing.citations.anchoring import reanchor
from app.editing.citations.values import Anchor, Citation
from tests.editing.citations.written import cited, written

SYLLABLES = (
    "har",
    "bour",
    "mole",
    "pi",
    "lot",
    "fer",
    "ry",
    "crown",
    "coun",
    "cil",
    "tide",
    "quay",
)


def seconds(run: Callable[[], object]) -> float:
    """The least of three, of this thread alone: other processes of the machine do not count."""
    taken = []
    for _ in range(3):
        start = time.thread_time()
        run()
        taken.append(time.thread_time() - start)
    return min(taken)


def article(chance: random.Random) -> Content:
    """Some 14 kB in 40 paragraphs."""
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(800)]
    return written(*(" ".join(chance.choices(words, k=48)) for _ in range(40)))


def quoted(content: Content, chance: random.Random, count: int) -> list[Citation]:
    """Citations, each of a stretch of 14 words."""
    found = []
    for _ in range(count):
        block = chance.choice(content.body)
        words = block["html"].split(" ")
        first = chance.randrange(len(words) - 14)
        exact = " ".join(words[first : first + 14])
        found.append(cited(Anchor(exact=exact, block_id=block["id"])))
    return reanchor(found, content)


def edited(content: Content, chance: random.Random) -> Content:
    """Every eighth word is another one: no quote is left as it was."""
    paragraphs = []
    for block in content.body:
        words = block["html"].split(" ")
        first = chance.randrange(8)
        paragraphs.append(" ".join([
            "altogether" if number % 8 == first else word for number, word in enumerate(words)
        ]))  # fmt: skip
    return written(*paragraphs)


@pytest.mark.parametrize("count", [30, 200])
def test_an_article_of_which_every_quote_was_edited_takes_a_moment(count):
    chance = random.Random(7)
    before = article(chance)
    citations = quoted(before, chance, count)
    after = edited(before, chance)

    taken = seconds(lambda: reanchor(citations, after))

    size = sum(len(block["html"]) for block in before.body)
    assert size > 14_000
    exact = [anchor.exact or "" for citation in citations for anchor in citation.anchors]
    assert not any(words in block["html"] for words in exact for block in after.body)
    assert taken < (0.1 if count == 30 else 0.4)


HOSTILE = {
    "one letter": "a" * 190_000,
    "two letters": "ab" * 95_000,
    "almost periodic": "aab" * 63_000,
    "emoji": "👩‍🚀" * 17_000,
    "marks": "e" + "\u0331" * 95_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("exact", ["aa", "a" * 15 + "b" + "a" * 16, "ab" * 2_500])
def test_a_hostile_article_takes_seconds_at_most(text, exact):
    content = written(text, text, text, text, text)
    block_id = content.body[0]["id"]
    gone = Anchor(
        exact=exact, prefix="x" * 32, suffix="y" * 32, block_id=block_id, start=7, score=1
    )
    citations = [cited(gone) for _ in range(200)]

    start = time.thread_time()
    found = reanchor(citations, content)
    taken = time.thread_time() - start

    assert len(found) == 200
    assert taken < 5


def test_what_is_too_much_to_search_is_an_orphan():
    text = "a" * 190_000
    letter = "Ines Valdo wrote a letter to the council, and nobody answered it."
    content = written(text, text, text, text, text, letter)
    lost = Anchor(exact="b" * 20, block_id="b0", start=7, score=1)
    where_it_was = Anchor(exact="Ines Valdo", block_id="b5", start=0, prefix="", score=1)
    moved = Anchor(exact="Ines Valdo", block_id="b0", start=7, prefix="", score=1)

    def states(*anchors: Anchor) -> list[str]:
        found = reanchor([cited(anchor) for anchor in anchors], content)
        return [citation.anchors[0].state for citation in found]

    assert states(where_it_was, moved) == ["anchored", "anchored"]
    searched = [lost] * 1_000
    assert states(*searched, where_it_was, moved)[-2:] == ["anchored", "orphaned"]
