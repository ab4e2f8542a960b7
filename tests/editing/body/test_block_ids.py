import random
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.body.block_ids import keep_ids

HARBOUR = "The harbour reopened on Saturday, 627 days after the storm that broke the mole."
MAYOR = "The mayor thanked the divers first and then read out the names of the dead."
COST = "The rebuilding cost 318 million crowns, half as much again as was planned."


def paragraph(text: str, block_id: str | None = None, kind: str = "paragraph") -> dict[str, Any]:
    return {**({"id": block_id} if block_id else {}), "type": kind, "html": text}


OLD = [paragraph(HARBOUR, "a"), paragraph(MAYOR, "b"), paragraph(COST, "c")]


def ids(*texts: str, old: list[dict[str, Any]] = OLD) -> list[str]:
    """The ids of such paragraphs, a new one as "?"."""
    known = {block["id"] for block in old}
    kept = keep_ids([paragraph(text) for text in texts], old)
    return [block["id"] if block["id"] in known else "?" for block in kept]


def test_the_same_blocks_keep_their_ids():
    assert ids(HARBOUR, MAYOR, COST) == ["a", "b", "c"]


def test_moved_blocks_keep_their_ids():
    assert ids(COST, HARBOUR, MAYOR) == ["c", "a", "b"]


def test_new_blocks_have_new_ids_and_removed_ones_take_theirs_along():
    assert ids(HARBOUR, "Something else altogether.", COST) == ["a", "?", "c"]
    assert ids(MAYOR) == ["b"]


def test_an_edited_block_is_the_same_block():
    assert ids(HARBOUR, MAYOR.replace("dead", "two who died"), COST) == ["a", "b", "c"]
    assert ids(HARBOUR, f"{MAYOR} She asked for a silence.", COST) == ["a", "b", "c"]


def test_a_block_may_be_moved_and_edited_at_once():
    assert ids(COST.replace("318", "320"), HARBOUR, MAYOR) == ["c", "a", "b"]


def test_the_most_alike_gets_the_id():
    old = [paragraph(HARBOUR, "a")]

    assert ids(HARBOUR[:50], HARBOUR[:-5], old=old) == ["?", "a"]


def test_a_block_of_another_type_is_another_block():
    kept = keep_ids([paragraph(HARBOUR, kind="heading")], OLD)

    assert kept[0]["id"] not in ("a", "b", "c")


def test_scripts_without_spaces_are_compared_too():
    old = [
        paragraph("港口在风暴过后六百二十七天重新开放", "a"),
        paragraph("市长首先感谢潜水员", "b"),
    ]

    assert ids("市长首先感谢了潜水员", "港口在风暴过后六百二十八天重新开放", old=old) == ["b", "a"]


def test_twins_keep_their_order():
    old = [{"id": "a", "type": "divider"}, {"id": "b", "type": "divider"}]

    kept = keep_ids([{"type": "divider"}, {"type": "divider"}, {"type": "divider"}], old)

    assert [block["id"] for block in kept[:2]] == ["a", "b"]
    assert kept[2]["id"] not in ("a", "b")


def test_a_picture_with_another_caption_is_the_same_picture():
    old = [{"id": "a", "type": "image", "url": "/a.jpg", "caption": HARBOUR}]
    new = [
        {"type": "image", "url": "/b.jpg", "caption": HARBOUR},
        {"type": "image", "url": "/a.jpg"},
    ]

    assert keep_ids(new, old)[1]["id"] == "a"


def test_ids_that_are_sent_are_taken_as_they_are():
    kept = keep_ids([paragraph(MAYOR, "a"), paragraph(HARBOUR), paragraph(COST, "own")], OLD)

    assert [kept[0]["id"], kept[2]["id"]] == ["a", "own"]
    assert kept[1]["id"] not in ("a", "b", "c", "own")


def test_blocks_in_a_factbox_keep_theirs():
    def box(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"type": "factbox", "title": "Facts", "blocks": list(blocks), **more}

    old = [box(paragraph(HARBOUR, "i"), paragraph(MAYOR, "j"), id="f"), paragraph(COST, "c")]

    [kept] = keep_ids([box(paragraph(MAYOR), paragraph(HARBOUR + " At last."))], old)

    assert kept["id"] == "f"
    assert [block["id"] for block in kept["blocks"]] == ["j", "i"]


def test_what_was_given_is_not_changed():
    new = [paragraph(HARBOUR)]

    keep_ids(new, OLD)

    assert new == [paragraph(HARBOUR)]


texts = st.lists(st.sampled_from([HARBOUR, MAYOR, COST, "Short.", "Shorter."]), max_size=8)


@given(texts, texts)
def test_every_block_has_a_valid_id_of_its_own(old_texts, new_texts):
    old = keep_ids([paragraph(text) for text in old_texts], [])
    kept = keep_ids([paragraph(text) for text in new_texts], old)

    found = [block["id"] for block in kept]
    assert len(set(found)) == len(found) == len(new_texts)
    assert all(re.fullmatch("[A-Za-z0-9_-]{1,64}", block_id) for block_id in found)
    assert [block["html"] for block in kept] == new_texts
    for text in set(new_texts) & set(old_texts):
        assert {b["id"] for b in old if b["html"] == text} & {
            b["id"] for b in kept if b["html"] == text
        }


@pytest.mark.parametrize("edit", [lambda text: text, lambda text: text + " more", lambda _: "x"])
def test_two_thousand_blocks_are_no_trouble(edit):
    dice = random.Random(1)
    words = [f"{dice.randrange(10**6)}" for _ in range(500)]
    texts = [" ".join(dice.choices(words, k=60)) for _ in range(2_000)]
    old = keep_ids([paragraph(text) for text in texts], [])

    begun = time.perf_counter()
    kept = keep_ids([paragraph(edit(text)) for text in texts], old)
    took = time.perf_counter() - begun

    same = sum(block["id"] == before["id"] for block, before in zip(kept, old, strict=True))
    assert same == (0 if edit("") == "x" else 2_000)
    assert took < 10  # about one second on an idle core; without bounds it is minutes
