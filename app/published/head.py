"""What a page of an article needs in its HTML `<head>`."""

from uuid import UUID

from pydantic import Field

from app.published.shape import Shape


class HeadMeta(Shape):
    """A `<meta>`: with a `name` or, of Open Graph, a `property`."""

    name: str | None = Field(default=None, examples=["description"])
    property: str | None = Field(default=None, examples=["og:title"])
    content: str


class HeadLink(Shape):
    """A `<link>`."""

    rel: str = Field(examples=["alternate"])
    href: str = Field(description="Absolute, for the canonical address")
    type: str | None = None
    hreflang: str | None = None
    title: str | None = None


class Head(Shape):
    """All of it as data, and as `html` to be put there as it is."""

    id: UUID
    title: str
    meta: list[HeadMeta]
    links: list[HeadLink]
    html: str = Field(
        description="`<title>`, `<meta>` and `<link>` elements, escaped",
        examples=["<title>The harbour reopens</title>\n<meta name=…>"],
    )
