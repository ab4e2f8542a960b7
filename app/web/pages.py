"""Lists in pages: the parameters that all of them take, and the link to the next page."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from app import cursors
from app.cursors import Value

Row = TypeVar("Row")


class PageQuery(BaseModel):
    """The base of every list's parameters; a list that can be narrowed adds its own."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=50, ge=1, le=100, description="Items per page")
    cursor: str | None = Field(
        default=None,
        max_length=cursors.LONGEST,
        description="Where to go on: comes with `next`, and means something to this list only",
    )

    def after(self, path: str, shape: Sequence[type[Value]]) -> tuple[Any, ...] | None:
        """The values of the last row that the client has seen; None at the beginning."""
        if self.cursor is None:
            return None
        return cursors.decode(self.cursor, kind=self._kind(path), shape=shape)

    def next_link(
        self, path: str, found: Sequence[Row], key: Callable[[Row], Sequence[Value]]
    ) -> str | None:
        """The root-relative link to the page behind this one, or None where `found`, asked for
        with one row more than `limit`, shows that there is none."""
        if len(found) <= self.limit:
            return None
        return self.link_behind(path, key(found[self.limit - 1]))

    def link_behind(self, path: str, place: Sequence[Value]) -> str:
        """The root-relative link to the page that begins behind this place."""
        cursor = cursors.encode(place, kind=self._kind(path))
        sent = self.model_dump(mode="json", exclude_none=True, exclude_unset=True)
        return f"{path}?{urlencode(sent | {'cursor': cursor})}"

    def _kind(self, path: str) -> str:
        """The list with all that narrows it: a cursor of another one is refused."""
        narrowed = self.model_dump(mode="json", exclude={"cursor", "limit"}, exclude_none=True)
        return f"{path}?{urlencode(sorted(narrowed.items()))}"
