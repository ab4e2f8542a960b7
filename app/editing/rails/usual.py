"""PURE: the rails of an edition or a section that nobody has arranged."""

from uuid import UUID

from app.editing.rails.schemas import MOST_RAILS, Rail
from app.editing.sections.tree import Tree


def usual(visible: Tree, section_id: UUID | None) -> list[Rail]:
    """What is live (on the home of the edition), what is new, and a rail for each section below.

    `visible` has the sections that readers see.
    """
    first = [Rail(kind="latest")] if section_id else [Rail(kind="live"), Rail(kind="latest")]
    below = [Rail(kind="section", section_id=each.id) for each in visible.children(section_id)]
    return [*first, *below][:MOST_RAILS]
