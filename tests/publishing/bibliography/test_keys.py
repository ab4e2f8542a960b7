from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.publishing.bibliography.keys import keys


def item(identity: str = "a1b2c3d4-0000", **fields: Any) -> dict[str, Any]:
    return {"id": identity, "type": "book", **fields}


def test_keys_are_made_of_who_when_and_what():
    dated: dict[str, Any] = {"issued": {"date-parts": [[2026, 11]]}}

    assert keys([
        item(author=[{"family": "Ölçer", "given": "A."}], title="The “Harbour” rules", **dated),
        item(author=[{"family": "Tour", "non-dropping-particle": "de la"}], title="Là-bas"),
        item(**{"container-title": "The Northgate Courier"}, title="Of the dues", **dated),
        item(author=[{"family": "کریمی"}], title="بندر", publisher="Quay", **dated),
        item(title="بندر"),
        item(**{"citation-key": "valdo:2026_b"}, title="Dues"),
        item(**{"citation-key": "not, a key}"}, title="Dues"),
    ]) == [
        "olcer2026harbour", "tourbas", "northgate2026dues", "quay2026", "anonymous",
        "valdo:2026_b", "anonymousdues",
    ]  # fmt: skip


def test_of_two_the_later_one_adds_a_part_of_its_id():
    first, second, third = (
        item(identity, title="Dues") for identity in ("aabbccdd-1", "bbccddee-2", "bbccddff-3")
    )

    assert keys([first, second]) == ["anonymousdues", "anonymousdues-bbccdd"]
    assert keys([second, first]) == ["anonymousdues", "anonymousdues-aabbcc"]
    assert keys([first, second, third])[2] == "anonymousdues-bbccddf"


@given(st.lists(st.builds(item, st.text(max_size=2), title=st.text(max_size=3)), max_size=8))
def test_keys_are_unique_and_can_stand_anywhere(items):
    found = keys(items)

    assert len(set(found)) == len(items)
    assert all(key.isascii() and not set(key) & set(" ,{}#%\\~'\"=") for key in found)
