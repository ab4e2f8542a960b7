"""Whoever acts: plain data, without HTTP and without the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.errors import Forbidden
from app.identity.scopes import Scope


@dataclass(frozen=True)
class Actor:
    """`sections` restricts the actor to articles in these sections and below; None: all."""

    kind: str
    id: UUID | None
    name: str
    scopes: frozenset[Scope]
    sections: frozenset[UUID] | None = None

    def require(self, scope: Scope) -> None:
        """Raise Forbidden unless the actor has this scope."""
        if scope not in self.scopes:
            raise Forbidden(f"This needs the scope `{scope}`, which the key does not have.")

    def require_all_sections(self) -> None:
        """Raise Forbidden where the actor is restricted to some sections."""
        if self.sections is not None:
            raise Forbidden("A key that is restricted to sections cannot manage keys.")

    def require_section(self, lineage: Iterable[UUID]) -> None:
        """Raise Forbidden unless one of these (a section and those above it) is the actor's."""
        if self.sections is not None and self.sections.isdisjoint(lineage):
            raise Forbidden("This key is restricted to other sections.")


SYSTEM = Actor(kind="system", id=None, name="masthead", scopes=frozenset(Scope))
"""The command line and the worker: whoever runs them holds the database anyway."""
