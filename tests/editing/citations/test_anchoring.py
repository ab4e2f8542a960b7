"""An anchor through the edits of a newsroom."""

import pytest

from app.editing.citations.anchoring import reanchor
from app.editing.citations.values import Anchor
from tests.editing.citations.written import (
    COST,
    DIVERS,
    HARBOUR,
    anchored,
    cited,
    pointed_at,
    settled,
    written,
)

QUOTE = "“It was a well-kept secret that the mole was cracked,”"
ASKED = "nobody here had ever asked us about it"
BEFORE = written(HARBOUR, COST, DIVERS)


def test_a_new_anchor_is_filled_in():
    anchor = settled(Anchor(exact="a former official"), BEFORE)

    assert anchor.model_dump(exclude_defaults=True) == {
        "exact": "a former official",
        "block_id": "b0",
        "start": HARBOUR.index("a former"),
        "end": HARBOUR.index(" said. The"),
        "prefix": "ecret that the mole was cracked,” "[-32:],
        "suffix": " said. The council denied it.",
        "score": 1.0,
    }


def test_the_same_text_changes_nothing():
    citations = [cited(anchored(BEFORE, QUOTE), anchored(BEFORE, "Ines Valdo"))]

    assert reanchor(citations, BEFORE) == citations


def test_an_edited_paragraph_keeps_its_anchors():
    quote, name = anchored(BEFORE, QUOTE), anchored(BEFORE, "Ines Valdo")
    text = HARBOUR.replace("Saturday, 627 days", "Saturday morning, almost two years")
    after = written(
        f"At last. {text} Nobody was held to account.",
        COST.replace("until 2019", "until the spring of 2019").replace("half", "nearly half"),
        DIVERS,
    )

    for anchor in (quote, name):
        again = settled(anchor, after)
        assert (again.state, pointed_at(again, after)) == ("anchored", anchor.exact)


def test_a_sentence_before_short_words_does_not_shake_them():
    anchor = anchored(BEFORE, "Ines Valdo")
    after = written(HARBOUR, COST.replace("Ines", "None of it was explained. Ines"), DIVERS)

    again = settled(anchor, after)

    assert (again.state, pointed_at(again, after)) == ("anchored", "Ines Valdo")


def test_a_moved_paragraph_is_found():
    anchor = anchored(BEFORE, QUOTE)
    after = written(DIVERS, COST, "Something new.", HARBOUR)

    again = settled(anchor, after)

    assert (again.state, again.score, again.block_id) == ("anchored", 1.0, "b3")
    assert pointed_at(again, after) == QUOTE


def test_a_long_quote_is_found_in_other_company():
    anchor = anchored(BEFORE, QUOTE)
    after = written(HARBOUR.replace(f" {QUOTE}", ""), f"{DIVERS} {QUOTE} she said.", COST)

    again = settled(anchor, after)

    assert (again.state, again.block_id) == ("anchored", "b1")
    assert again.prefix.endswith("two who died. ") and again.suffix == " she said."


def test_an_edited_quote_is_found_and_takes_on_the_words_that_are_there():
    anchor = anchored(BEFORE, QUOTE)
    now = QUOTE.replace("a well-kept", "the best-kept")
    after = written(HARBOUR.replace(QUOTE, now), COST, DIVERS)

    again = settled(anchor, after)

    assert (again.state, again.exact, pointed_at(again, after)) == ("anchored", now, now)
    assert 0.9 <= again.score < 1


def test_words_put_into_a_quote_are_part_of_it():
    anchor = anchored(BEFORE, "half as much again as was planned, according to the annual accounts")
    now = "half as much again as was first planned, according to the audited annual accounts"
    after = written(HARBOUR, COST.replace(anchor.exact, now), DIVERS)

    again = settled(anchor, after)

    assert pointed_at(again, after) == now


@pytest.mark.parametrize(
    "now",
    [
        "had ever asked us about it",
        "nobody here had ever asked us",
        "everybody here had ever asked us about it",
        "no one here had ever asked us about it",
        "nobody here had ever asked us about that",
        "nobody here had ever asked us anything",
        "nobody here had really ever asked us about it",
    ],
)
def test_edited_words_are_found_from_the_first_to_the_last(now):
    text = "Then he said: {}. And that was all there was."
    before, after = (written(text.format(words)) for words in (ASKED, now))

    again = settled(anchored(before, ASKED), after)

    assert pointed_at(again, after) == now


def test_what_is_put_before_words_is_not_taken_for_a_part_of_them():
    words = "“It was a well-kept secret,” a former official said of the council."
    anchor = anchored(written(f"Harbour {words} harbour"), words)
    after = written(f"Harbour «Nobody asked us», said Linden. {words} harbour")

    again = settled(anchor, after)

    assert (again.state, pointed_at(again, after)) == ("anchored", words)


def test_a_rewritten_quote_waits_for_an_editor():
    anchor = anchored(BEFORE, QUOTE)
    now = "“It was a badly kept secret that this old mole was broken,”"
    after = written(HARBOUR.replace(QUOTE, now), COST, DIVERS)

    again = settled(anchor, after)

    assert (again.state, pointed_at(again, after)) == ("needs_review", now)
    assert (again.exact, again.prefix) == (anchor.exact, anchor.prefix)
    assert 0.75 <= again.score < 0.9


def test_a_doubt_stays_a_doubt_however_often_it_is_saved():
    anchor = anchored(BEFORE, QUOTE)
    now = "“It was a badly kept secret that this old mole was broken,”"
    after = written("New.", HARBOUR.replace(QUOTE, now), COST, DIVERS)

    once = settled(anchor, after)

    assert once.state == "needs_review"
    assert settled(once, after) == once


def test_a_doubt_is_gone_when_the_words_are_back():
    anchor = anchored(BEFORE, QUOTE)
    after = written(HARBOUR.replace(QUOTE, "“It was a badly kept secret that this mole broke,”"))

    doubtful = settled(anchor, after)

    assert doubtful.state == "needs_review"
    assert settled(doubtful, BEFORE) == anchor


def confirmed_as_it_is(anchor, after):
    return anchor.model_copy(update={"state": "anchored"})


def confirmed_with_its_words(anchor, after):
    return anchor.model_copy(update={"state": "anchored", "exact": pointed_at(anchor, after)})


@pytest.mark.parametrize("confirmed", [confirmed_as_it_is, confirmed_with_its_words])
def test_an_editor_confirms_a_place_in_doubt(confirmed):
    now = "“It was a badly kept secret that this old mole was broken,”"
    after = written(HARBOUR.replace(QUOTE, now), COST, DIVERS)
    doubtful = settled(anchored(BEFORE, QUOTE), after)

    again = settled(confirmed(doubtful, after), after)

    assert (again.state, again.exact, again.score) == ("anchored", now, 1.0)
    assert settled(again, after) == again


def test_a_deleted_quote_is_an_orphan_and_comes_back_with_its_words():
    anchor = anchored(BEFORE, QUOTE)
    after = written(HARBOUR.replace(f" {QUOTE} a former official said.", ""), COST, DIVERS)

    orphan = settled(anchor, after)

    assert (orphan.state, orphan.start, orphan.end) == ("orphaned", None, None)
    assert settled(orphan, after) == orphan
    assert settled(orphan, BEFORE) == anchor


def test_a_quote_that_became_another_one_is_an_orphan():
    anchor = anchored(BEFORE, QUOTE)
    other = "“Nobody on the quay has ever told me anything at all,”"

    again = settled(anchor, written(HARBOUR.replace(QUOTE, other), COST, DIVERS))

    assert again.state == "orphaned"


@pytest.mark.parametrize("words", ["Ines Valdo", "harbour master", "318 million"])
def test_short_words_are_never_found_by_likeness(words):
    anchor = anchored(BEFORE, words)
    after = written(HARBOUR, COST.replace(words, words[:-2] + "xy"), DIVERS)

    assert settled(anchor, after).state == "orphaned"


def test_a_corrected_name_is_not_found_at_the_same_name_nearby():
    before = written("Linden met the Linden family on the quay; Linden said it was over.")
    anchor = anchored(before, "Linden", nth=2)
    after = written("Linden met the Linden family on the quay; Lindner said it was over.")

    assert settled(anchor, after).state == "orphaned"


def test_a_name_corrected_in_one_paragraph_is_not_found_for_certain_in_the_next():
    before = written("“So what,” Linden said.", "“It was never my harbour,” Linden said.")
    anchor = anchored(before, "Linden")
    after = written("“So what,” Lindner said.", "“It was never my harbour,” Linden said.")

    assert settled(anchor, after).state != "anchored"


@pytest.mark.parametrize(
    ("words", "state"), [("I never saw it", "needs_review"), ("Ines Valdo", "orphaned")]
)
def test_a_phrase_that_moves_within_its_paragraph_is_for_somebody_to_look_at(words, state):
    others = "The mole had cracked long before the storm, as all of them knew well enough."
    before = written(f"{words}, a pilot wrote to the council in May. {others}")
    anchor = anchored(before, words)
    after = written(f"{others} And then, on page nine: {words}; so much for letters.")

    assert settled(anchor, after).state == state


def test_a_long_corrected_name_is_proposed_where_it_was():
    text = "The Ministry of Transport paid. “It was dear,” the Ministry of {} said on Monday."
    before = written(text.format("Transport"))
    anchor = anchored(before, "Ministry of Transport", nth=1)
    after = written(text.format("Trade"))

    again = settled(anchor, after)

    assert again.state != "anchored"
    assert again.start in (anchor.start, None)


def test_words_are_not_found_within_other_words():
    before = written("Lin said so.", "Berlin was silent.")

    assert settled(anchored(before, "Lin"), written("Linden said so.", "x")).state == "orphaned"
    assert settled(Anchor(exact="lin"), before).block_id == "b1"
    assert settled(Anchor(exact="Lin"), before).start == 0


def test_new_words_are_taken_where_they_are_whatever_context_is_sent():
    def sent(words: str) -> Anchor:
        return Anchor(exact=words, prefix="of another paragraph altogether.", suffix="zzz")

    alone = settled(sent("Ines Valdo"), BEFORE)
    one_of_many = settled(sent("council"), BEFORE)

    assert (alone.state, alone.suffix) == ("anchored", ", who was harbour master until 2")
    assert one_of_many.state == "needs_review"
    assert settled(one_of_many, BEFORE) == one_of_many


def test_of_two_equal_places_an_editor_chooses():
    twice = "The council declined to comment."
    content = written(twice, COST, twice)

    doubtful = settled(Anchor(exact="declined to comment"), content)
    chosen = doubtful.model_copy(
        update={"state": "anchored", "block_id": "b2", "start": 12, "end": 31}
    )

    assert (doubtful.state, doubtful.score) == ("needs_review", 0.89)
    assert settled(doubtful, content) == doubtful
    assert settled(chosen, content).block_id == "b2"
    assert settled(settled(chosen, content), content).block_id == "b2"


def test_who_names_the_block_means_the_words_in_it():
    twice = "The council declined to comment."
    content = written(twice, COST, twice, f"{twice} {twice}")

    in_one = settled(Anchor(exact="declined to comment", block_id="b2"), content)
    in_two = settled(Anchor(exact="declined to comment", block_id="b3"), content)

    assert (in_one.state, in_one.block_id) == ("anchored", "b2")
    assert (in_two.state, in_two.block_id, in_two.start) == ("needs_review", "b3", 12)
    nearer = Anchor(exact="declined to comment", block_id="b3", start=40)
    assert settled(nearer, content).start == len(twice) + 1 + 12


def test_what_was_chosen_stays_though_another_place_is_equal():
    twice = "The council declined to comment."
    anchor = anchored(written(twice, COST, twice), "declined to comment", nth=1)

    after = written(twice, DIVERS, twice)

    assert settled(anchor, after) == anchor


def test_context_tells_equal_words_apart():
    before = written("The owner said no. The tenant said no. The agent said no to both of them.")
    anchor = anchored(before, "said no", nth=1)
    after = written("First, the owner said no. Then the tenant said no. The agent said no to both.")

    again = settled(anchor, after)

    assert after.body[0]["html"][: again.start].endswith("the tenant ")


def test_an_edit_beside_words_does_not_send_them_to_their_twin():
    twin = "Linden said that the council had known."
    before = written(twin, COST, twin)
    anchor = anchored(before, "Linden", nth=1)

    again = settled(anchor, written(twin, COST, f"In a letter to the port, {twin}"))

    assert again.state == "needs_review"


def test_words_that_are_everywhere_are_not_sure_of_the_nearest():
    paid = "In May the port said that it would pay {} crowns."
    others = [f"On day {number} nobody said a word." for number in range(50)]
    anchor = anchored(written(paid.format(90), *others), "said")
    after = written("New.", paid.format(10), *others, paid.format(90))

    again = settled(anchor, after)

    assert again.state == "needs_review"


def test_a_pull_quote_does_not_draw_an_anchor_away():
    pulled = {"type": "pullquote", "html": QUOTE}
    anchor = anchored(written(pulled, HARBOUR), QUOTE, nth=1)
    typo_mended = HARBOUR.replace("well-kept", "very well-kept")

    again = settled(anchor, written(pulled, typo_mended))

    assert (again.state, again.block_id) == ("anchored", "b1")


def test_quotation_marks_dashes_and_spaces_may_change():
    anchor = anchored(written("He said: \"The mole - all 90 m of it - was cracked\" and left."),
                      '"The mole - all 90 m of it - was cracked"')  # fmt: skip
    after = written("He said: « The mole — all 90\u00a0m of it — was cracked » and left.")
    after_curly = written("He said: “The mole — all 90\u00a0m of it — was cracked” and left.")

    again = settled(anchor, after_curly)

    assert (again.state, again.score) == ("anchored", 1.0)
    assert again.exact == "“The mole — all 90\u00a0m of it — was cracked”"
    assert settled(anchor, after).state == "anchored"


def test_words_may_span_items_of_a_list():
    items = [{"html": "Ferries <em>first</em>"}, {"html": "Yachts last"}]
    content = written({"type": "list", "items": items})

    anchor = settled(Anchor(exact="first\nYachts"), content)

    assert (anchor.state, anchor.start, anchor.end) == ("anchored", 8, 20)


def test_headline_standfirst_and_captions_have_anchors_of_their_own():
    picture = {"type": "image", "url": "/a.jpg", "caption": "Cracks in the mole, 2019"}
    content = written(
        "Cracks in the body.", picture, headline="Cracks known", standfirst="Cracks ignored"
    )

    for target, block_id in (("headline", None), ("standfirst", None), ("caption", "b1")):
        anchor = settled(Anchor(target=target, exact="Cracks"), content)
        assert (anchor.state, anchor.block_id, anchor.start) == ("anchored", block_id, 0)
    orphan = settled(Anchor(target="headline", exact="ignored"), content)
    assert orphan.state == "orphaned"


def test_a_whole_block_is_anchored_as_long_as_it_is_there():
    anchor = settled(Anchor(block_id="b1", score=0.2, state="orphaned"), BEFORE)

    assert (anchor.state, anchor.score, anchor.start) == ("anchored", 1.0, None)
    assert settled(anchor, written(HARBOUR)).state == "orphaned"


def test_media_are_anchored_at_the_lead_or_a_block_of_media():
    video = {"type": "video", "sources": [{"url": "/a.mp4"}]}
    content = written("Text", video)
    lead = written("Text", lead={"image": {"url": "/a.jpg"}})
    at_lead = Anchor(target="media", time_ms=(0, 500))

    assert settled(Anchor(target="media", block_id="b1"), content).state == "anchored"
    assert settled(Anchor(target="media", block_id="b0"), content).state == "orphaned"
    assert settled(at_lead, content).state == "orphaned"
    assert settled(at_lead, lead).state == "anchored"
    assert settled(Anchor(target="caption"), lead).state == "orphaned"


def test_other_citations_and_fields_stay_as_they_are():
    anchor = anchored(BEFORE, QUOTE)
    citation = cited(anchor.model_copy(update={"page": 3, "time_ms": (1, 2)}), prefix="see")
    [again] = reanchor([citation], written(DIVERS, HARBOUR))

    assert again.anchors[0].page == 3 and again.anchors[0].time_ms == (1, 2)
    assert again.model_copy(update={"anchors": citation.anchors}) == citation
    assert citation.anchors[0].block_id == "b0", "what was given is not changed"
