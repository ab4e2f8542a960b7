"""What a citation must say, and what it cannot say."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError

from app.editing.citations.values import LONGEST_CHAIN, Citation
from app.published.citation_words import ATTRIBUTION_LEVELS, CHANNELS, SPEAKERLESS_CHANNELS

ID = UUID("6f1c3f9e-7a52-4c39-8f0e-3f1c52d9a001")
WORK = {"type": "data", "work_id": ID}
BY_US = {"label": "an aide", "anonymity": {"reason": "safety", "granted_by": "us"}}
UNNAMED = {"unnamed": {"label": "an aide"}, "attribution_level": "background"}
PAPER = {"publication_id": ID}


def said(**fields: Any) -> dict[str, Any]:
    statement = {"form": "paraphrase", "text": "So", "channel": "interview", **fields}
    return {"type": "paraphrase", "statement": statement}


def wrong(fields: dict[str, Any]) -> list[str]:
    """The kinds of all faults."""
    try:
        Citation.model_validate(fields)
    except ValidationError as error:
        return [each["type"] for each in error.errors()]
    return []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"type": "see_also"}, "no_source"),
        ({"type": "quotation", "work_id": ID}, "quotation"),
        ({**said(speaker_id=ID), "type": "quotation"}, "quotation"),
        ({**said(speaker_id=ID, form="denial"), "type": "quotation"}, "quotation"),
        ({**WORK, "type": "media_credit", "anchors": [{"exact": "Photo"}]}, "media_credit"),
        (said(), "one_origin"),
        (said(speaker_id=ID, **UNNAMED), "one_origin"),
        (said(speaker_id=ID, channel="market_data"), "no_speaker"),
        (said(**UNNAMED, channel="vote_or_poll"), "no_speaker"),
        (said(unnamed={"label": "an aide"}), "on_the_record"),
        (said(speaker_id=ID, attribution_level="off_the_record"), "literal_error"),
        *((said(**UNNAMED, **trace), "traces")
          for trace in ({"said_on": "2026"}, {"place": "Calder"}, {"role_at_time": "Clerk"})),
        (said(unnamed=BY_US, attribution_level="deep_background", form="direct"),
         "deep_background"),
        (said(unnamed=BY_US, attribution_level="deep_background", form="partial_direct"),
         "deep_background"),
        *((said(speaker_id=ID, attribution_level=level), "not_by_name")
          for level in ATTRIBUTION_LEVELS if level != "on_the_record"),
        ({**said(**UNNAMED), "chain": [PAPER, {"speaker_id": ID}]}, "not_by_name"),
        ({**WORK, "chain": [PAPER] * (LONGEST_CHAIN + 1)}, "too_long"),
        ({**WORK, "chain": [PAPER | {"work_id": ID}]}, "one_party"),
        ({**WORK, "chain": [{"relation": "said"}]}, "one_party"),
        ({**WORK, "chain": [{"unnamed": BY_US}, PAPER]}, "withheld_by_us"),
        ({**WORK, "chain": [{**PAPER, "relation": "heard"}]}, "literal_error"),
        ({**WORK, "id": ID, "via_citation_id": ID}, "via_itself"),
        ({**WORK, "anchors": [{}]}, "no_place"),
        ({**WORK, "anchors": [{"target": "headline", "block_id": "b"}]}, "no_place"),
        ({**WORK, "anchors": [{"target": "media", "time_ms": [2, 1]}]}, "time"),
        (said(unnamed={"label": "an aide", "name": "Rolf"}, attribution_level="background"),
         "extra_forbidden"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named(fields: dict[str, Any], fault: str) -> None:
    assert wrong(fields) == [fault]


@pytest.mark.parametrize(
    "fields",
    [
        WORK,
        {**said(speaker_id=ID, form="direct"), "type": "quotation"},
        {**said(**UNNAMED, form="partial_direct"), "type": "quotation"},
        {**WORK, "type": "media_credit", "anchors": [{"target": "media"}]},
        *(said(channel=channel) for channel in SPEAKERLESS_CHANNELS),
        *(said(speaker_id=ID, channel=channel)
          for channel in {*CHANNELS} - {*SPEAKERLESS_CHANNELS} | {"document"}),
        *(said(unnamed=BY_US, attribution_level=level)
          for level in ("not_for_attribution", "background", "deep_background")),
        {**said(**UNNAMED), "chain": [PAPER, {"speaker_id": ID}, {"unnamed": BY_US}]},
        {**said(speaker_id=ID), "chain": [PAPER, {"speaker_id": ID}]},
        {**WORK, "chain": [PAPER] * LONGEST_CHAIN, "via_citation_id": uuid4()},
    ],
)  # fmt: skip
def test_what_can_be_is_taken(fields: dict[str, Any]) -> None:
    assert wrong(fields) == []


@pytest.mark.parametrize(("level", "hidden"), [("deep_background", True), ("background", False)])
def test_on_deep_background_the_source_is_hidden(level: str, hidden: bool) -> None:
    citation = Citation.model_validate(said(unnamed=BY_US, attribution_level=level))

    assert citation.hides_its_source is hidden
    assert not Citation.model_validate(WORK).hides_its_source
