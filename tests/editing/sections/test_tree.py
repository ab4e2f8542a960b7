"""The tree of sections, without a database."""

from uuid import UUID, uuid4

from app.editing.sections import tree
from app.editing.sections.models import Section


def _section(slug: str, parent: Section | None = None, position: int = 0) -> Section:
    path = f"{parent.path}/{slug}" if parent else slug
    return Section(
        id=uuid4(), slug=slug, path=path, parent_id=parent.id if parent else None,
        position=position, hidden=False,
    )  # fmt: skip


def _slugs(grown: tree.Tree, parent_id: UUID | None) -> list[str]:
    return [child.slug for child in grown.children(parent_id)]


def test_children_stand_in_the_order_of_their_positions() -> None:
    grown = tree.grown([_section("c", position=1), _section("b", position=2), _section("a")])

    assert _slugs(grown, None) == ["a", "c", "b"]


def test_inserting_and_removing_numbers_the_others_anew() -> None:
    first, second = _section("first"), _section("second", position=1)
    grown = tree.grown([first, second])

    new = _section("new")
    tree.insert(grown, new, 1)
    assert _slugs(grown, None) == ["first", "new", "second"]
    assert [first.position, new.position, second.position] == [0, 1, 2]

    tree.remove(grown, first)
    assert [new.position, second.position] == [0, 1]


def test_only_what_has_another_path_now_is_told() -> None:
    top = _section("a")
    child = _section("b", top)
    leaf = _section("c", child)
    grown = tree.grown([leaf, child, top])
    assert tree.rewrite_paths(grown, top) == []

    child.slug = "x"

    assert tree.rewrite_paths(grown, top) == [child, leaf]
    assert leaf.path == "a/x/c"
    assert tree.height(grown, top) == 3
    assert tree.depth(grown, leaf) == 3


def test_what_is_below_a_hidden_section_is_not_visible() -> None:
    top = _section("a")
    child = _section("b", top)
    grown = tree.grown([child, top])
    assert tree.is_visible(grown, child)

    top.hidden = True

    assert not tree.is_visible(grown, child)
