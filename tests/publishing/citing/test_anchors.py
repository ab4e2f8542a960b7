"""Where citations stand: the words of the text as it is, in code points."""

from typing import Any

from app.editing.citations.block_texts import places
from app.editing.citations.values import Anchor
from app.publishing.citing.anchors import anchors
from tests.editing.citations.written import anchored, cited, settled, written

TEXT = "Café 🚢👩\u200d👩\u200d👧 said: “It was a well-kept secret”, and left."


def made(text: str, *found: Any) -> list[dict[str, Any]]:
    content = written(text, headline="A secret kept")
    texts = {(place.target, place.block_id): place.text for place in places(content)}
    return anchors(cited(*found), texts)


def test_positions_are_code_points() -> None:
    [found] = made(TEXT, anchored(written(TEXT), "It was a well-kept secret"))

    assert (found["start"], found["end"]) == (19, 44)
    assert TEXT[19:44] == found["exact"] == "It was a well-kept secret"
    assert (found["prefix"], found["suffix"]) == (TEXT[:19], TEXT[44:])
    assert found["fragment"] == "#:~:text=It%20was%20a%20well%2Dkept%20secret"


def test_what_stands_around_is_short_and_splits_no_character() -> None:
    text = "👩\u200d👩\u200d👧" * 9 + " secret " + "\u00e9\u0320" * 30

    [found] = made(text, anchored(written(text), "secret"))

    assert found["prefix"] == "👩\u200d👩\u200d👧" * 6 + " "
    assert found["suffix"] == " " + "\u00e9\u0320" * 15


def test_words_that_were_taken_out_are_not_told() -> None:
    """An anchor in doubt keeps what was looked for. Readers get what is there."""
    before = written("The mayor, Rolf Aune of Calder, denied on Friday that the mole was cracked.")
    after = written("The mayor, a man from Calder, denied on Friday that the mole was cracked.")
    kept = settled(anchored(before, "Rolf Aune of Calder, denied on Friday"), after)
    assert (kept.state, "Rolf" in kept.exact) == ("needs_review", True)

    [found] = made("The mayor, a man from Calder, denied on Friday that the mole was cracked.",
                   kept)  # fmt: skip

    assert "Rolf" not in str(found)
    assert found["exact"] in after.body[0]["html"]
    assert found["start"] == kept.start


def test_what_has_no_words_names_its_block_alone() -> None:
    block = Anchor(block_id="b0")
    media = Anchor(target="media", exact="not in the text", prefix="no", time_ms=(10, 20))

    whole, film = made("Some words.", block, media)

    nothing = dict.fromkeys(("exact", "prefix", "suffix", "start", "end", "fragment"))
    assert whole == {"target": "body", "block_id": "b0", "time_ms": None, **nothing}
    assert film == {"target": "media", "block_id": None, "time_ms": [10, 20], **nothing}


def test_a_place_that_was_lost_is_none() -> None:
    found = made(
        "Some words.",
        Anchor(exact="gone", state="orphaned"),
        Anchor(target="headline", exact="secret", start=2, end=8),
    )

    assert [each["exact"] for each in found] == ["secret"]
