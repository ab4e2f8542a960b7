"""PURE: the tree that the sections of one edition make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.editing.sections.models import Section

DEEPEST = 8


@dataclass(frozen=True)
class Tree:
    """`below` has the children of each section (of None: those at the top) in their order."""

    by_id: dict[UUID, Section]
    below: dict[UUID | None, list[Section]]

    def children(self, parent_id: UUID | None) -> list[Section]:
        return self.below.setdefault(parent_id, [])


def grown(sections: Sequence[Section]) -> Tree:
    tree = Tree({section.id: section for section in sections}, {})
    for section in sorted(sections, key=lambda each: (each.position, each.path)):
        tree.children(section.parent_id).append(section)
    return tree


def subtree(tree: Tree, section: Section) -> Iterator[Section]:
    """The section and all below it, each after its parent."""
    yield section
    for child in tree.children(section.id):
        yield from subtree(tree, child)


def lineage(tree: Tree, section: Section) -> list[Section]:
    """The section and all above it, upwards."""
    chain = [section]
    while chain[-1].parent_id is not None:
        chain.append(tree.by_id[chain[-1].parent_id])
    return chain


def is_visible(tree: Tree, section: Section) -> bool:
    """Whether readers see it: neither it nor any above it is hidden."""
    return not any(each.hidden for each in lineage(tree, section))


def depth(tree: Tree, section: Section | None) -> int:
    """How many levels down it is; 0 for the top itself."""
    return len(lineage(tree, section)) if section else 0


def height(tree: Tree, section: Section) -> int:
    """How many levels there are from it to the lowest below it, itself included."""
    return 1 + max((height(tree, child) for child in tree.children(section.id)), default=0)


def insert(tree: Tree, section: Section, position: int | None) -> None:
    """Put the section among the children of its parent, and number them anew."""
    children = tree.children(section.parent_id)
    children.insert(len(children) if position is None else position, section)
    tree.by_id[section.id] = section
    renumber(children)


def remove(tree: Tree, section: Section) -> None:
    children = tree.children(section.parent_id)
    children.remove(section)
    renumber(children)


def renumber(children: Sequence[Section]) -> None:
    """Write down the order in which they are. Only what is in another place changes."""
    for position, child in enumerate(children):
        if child.position != position:
            child.position = position


def rewrite_paths(tree: Tree, top: Section) -> list[Section]:
    """Give the section and all below it the paths that follow from their places.

    Returns those whose path is another one now.
    """
    moved = []
    for section in subtree(tree, top):
        parent = tree.by_id[section.parent_id] if section.parent_id else None
        path = f"{parent.path}/{section.slug}" if parent else section.slug
        if path != section.path:
            section.path = path
            moved.append(section)
    return moved
