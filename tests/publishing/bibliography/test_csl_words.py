from typing import Any

import pytest

from app.publishing.bibliography.csl_words import faults

SOUND = {"id": 1, "type": "book"}
NO_DATE_PARTS: list[Any] = [
    [], [[]], [[1, 2, 3, 4]], [[1], [2], [3]], [[True]], "2026", [2026]
]  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Dues", "volume": 3, "page": "3-4", "custom": {}, "categories": ["a"]},
        {"issued": {"date-parts": [["2026", 11, 20], [2027]], "circa": True, "season": 1}},
        {"issued": {"literal": "Winter", "raw": "Winter 2026", "circa": "1"}},
        {"author": [{"family": "Valdo", "comma-suffix": True}, {"literal": "Audit Office"}]},
        {"id": "work-1"},
    ],
)
def test_items_are_sound(fields):
    assert faults({**SOUND, **fields}) == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"type": "podcast"}, "type: 'podcast' is no type of CSL-JSON"),
        ({"id": ["1"]}, "id: must be text"),
        ({"headline": "Dues"}, "headline: is no field of CSL-JSON"),
        ({"title": 3}, "title: must be text"),
        ({"volume": True}, "volume: must be text"),
        ({"custom": []}, "custom: must be an object"),
        ({"categories": [1]}, "categories: must be a list of texts"),
        ({"author": {"family": "Valdo"}}, "author: must be a list of names"),
        ({"author": ["Valdo"]}, "author: must be a list of names"),
        ({"author": [{"name": "Valdo"}]}, "author: name is no part of a name"),
        ({"author": [{"family": 1}]}, "author: family must be text"),
        ({"author": [{"comma-suffix": []}]}, "author: comma-suffix must be true or false"),
        ({"issued": "2026"}, "issued: must be an object"),
        ({"issued": {"year": 2026}}, "issued: year is no part of a date"),
        ({"issued": {"season": True}}, "issued: season must be text or a number"),
        ({"issued": {"raw": 2026}}, "issued: raw must be text"),
        *(
            ({"issued": {"date-parts": parts}},
             "issued: date-parts must be one or two lists of year, month and day")
            for parts in NO_DATE_PARTS
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(fields, fault):
    assert faults({**SOUND, **fields}) == [fault]


def test_an_item_has_an_id_and_a_type():
    assert faults({}) == ["id: is missing", "type: is missing"]
