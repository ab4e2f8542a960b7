"""Body blocks as the desk takes them.

What is stored is `stored(blocks)`: plain JSON, defaults written out, nothing that is null, inline
HTML in normal form (see `inline`), every block with an id. `app.published.blocks` has what readers
get of each.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, JsonValue, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.editing.body import embeds, inline
from app.editing.body.media import Image, Played
from app.editing.body.shape import Shape
from app.editing.plain_fields import Line, Prose, Verbatim
from app.editing.urls import LinkUrl, WebUrl

Stored = dict[str, Any]
"""A block as the database holds it."""

DEEPEST_LIST = 8

BlockId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$", examples=["k3v9x2"])]
Html = Annotated[
    str,
    Field(
        max_length=200_000,
        description="Inline HTML. What is not allowed is taken out, and the answer tells.",
        examples=["The harbour <strong>reopened</strong> on Saturday."],
    ),
]
PlainText = Annotated[
    str, Field(max_length=200_000, description="Plain text, instead of `html`")
]  # fmt: skip


class Text(Shape):
    """Text is given in one of two forms, and stored as `html`."""

    html: Html | None = None
    text: PlainText | None = None

    @model_validator(mode="after")
    def in_one_form(self) -> Self:
        if (self.html is None) == (self.text is None):
            raise PydanticCustomError("one_form", "Give the text as html or as text: one of them.")
        if self.text is not None:
            self.html, self.text = inline.from_text(self.text), None
        return self


class BlockShape(Shape):
    id: BlockId | None = Field(
        default=None,
        description="Leave it out for a new block. Without it, a block that was in the body "
        "before is recognised by its content and keeps its id.",
    )


class TextBlock(Text, BlockShape):
    pass


class Paragraph(TextBlock):
    type: Literal["paragraph"]


class Heading(TextBlock):
    type: Literal["heading"]
    level: int = Field(default=2, ge=2, le=6, description="1 is the headline of the article")


class ListItem(Text):
    ordered: bool = Field(default=False, description="Whether its own `items` are numbered")
    items: list["ListItem"] = Field(default=[], max_length=1_000)


class ListBlock(BlockShape):
    type: Literal["list"]
    ordered: bool = False
    start: int | None = Field(default=None, ge=-1_000_000, le=1_000_000)
    items: list[ListItem] = Field(min_length=1, max_length=1_000)

    @field_validator("items")
    @classmethod
    def not_too_deep(cls, items: list[ListItem]) -> list[ListItem]:
        level, depth = items, 1
        while level := [inner for item in level for inner in item.items]:
            depth += 1
            if depth > DEEPEST_LIST:
                raise PydanticCustomError("depth", f"Lists nest at most {DEEPEST_LIST} deep.")
        return items


class Quote(TextBlock):
    """Somebody's words, as a block."""

    type: Literal["quote"]
    attribution: Line = Field(default=None, examples=["Mara Tollen, harbour master"])
    source_url: WebUrl | None = None


class Pullquote(TextBlock):
    """Words of the article itself, set large."""

    type: Literal["pullquote"]
    attribution: Line = None


class ImageBlock(Image, BlockShape):
    type: Literal["image"]
    href: LinkUrl | None = Field(default=None, description="Where a click on the picture leads")


class Gallery(BlockShape):
    type: Literal["gallery"]
    title: Line = None
    caption: Prose = None
    images: list[Image] = Field(min_length=1, max_length=500)


class Playable(Played, BlockShape):
    pass


class Video(Playable):
    type: Literal["video"]


class Audio(Playable):
    type: Literal["audio"]


class Embed(BlockShape):
    """Something of another site. `provider` is recognised from `url` where it is known."""

    type: Literal["embed"]
    url: WebUrl
    provider: str | None = Field(
        default=None, pattern=r"^[a-z0-9][a-z0-9.-]{0,63}$", examples=["youtube"]
    )
    title: Line = None
    caption: Prose = None
    text: Prose = Field(default=None, description="What to show where it cannot be embedded")
    html: str | None = Field(
        default=None,
        max_length=50_000,
        description="How the provider embeds it. Scripts are taken out: front ends load the "
        "provider's own, by `provider`, after consent.",
    )
    thumbnail: Image | None = None
    consent: Literal["none", "functional", "third-party"] = "third-party"

    @model_validator(mode="after")
    def of_a_known_provider(self) -> Self:
        self.provider = self.provider or embeds.provider(self.url)
        return self


class Cell(Shape):
    """A cell of a table; with neither `html` nor `text` it is empty."""

    html: Html | None = None
    text: PlainText | None = None
    header: bool = False
    colspan: int = Field(default=1, ge=1, le=1_000)
    rowspan: int = Field(default=1, ge=1, le=65_534)

    @model_validator(mode="after")
    def in_one_form(self) -> Self:
        if self.html is not None and self.text is not None:
            raise PydanticCustomError("one_form", "Give the text as html or as text, not both.")
        if self.html is None:
            self.html, self.text = inline.from_text(self.text or ""), None
        return self


Row = Annotated[list[Cell], Field(min_length=1, max_length=200)]


class Table(BlockShape):
    type: Literal["table"]
    caption: Prose = None
    rows: list[Row] = Field(min_length=1, max_length=5_000)


FactboxBlock = Annotated[
    Paragraph | Heading | ListBlock | Quote | ImageBlock, Field(discriminator="type")
]


class Factbox(BlockShape):
    """A box beside the story. It holds text, lists and images, and no other factbox."""

    type: Literal["factbox"]
    title: Line = None
    blocks: list[FactboxBlock] = Field(default=[], max_length=200)


class Code(BlockShape):
    """Program code or the like, verbatim."""

    type: Literal["code"]
    text: Verbatim
    language: str | None = Field(default=None, pattern=r"^[A-Za-z0-9+#._-]{1,40}$")


class Divider(BlockShape):
    type: Literal["divider"]


class Custom(BlockShape):
    """The outlet's own block. `data` is public, and none of our business."""

    type: Literal["custom"]
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._/-]{0,63}$", examples=["tide-table"])
    data: dict[str, JsonValue] = {}
    text: Prose = Field(default=None, description="What to show where the block is not known")


class RawHtml(BlockShape):
    """HTML that is not cleaned. Needs the scope `articles:html`."""

    type: Literal["html"]
    html: str = Field(min_length=1, max_length=500_000)
    text: Prose = Field(default=None, description="What to show where it cannot be shown")


Block = Annotated[
    Paragraph | Heading | ListBlock | Quote | Pullquote | ImageBlock | Gallery | Video | Audio
    | Embed | Table | Factbox | Code | Divider | Custom | RawHtml,
    Field(discriminator="type"),
]  # fmt: skip


def stored(blocks: Sequence[Block]) -> list[Stored]:
    """The blocks as JSON, as the database holds them, before cleaning."""
    return [block.model_dump(mode="json", exclude_none=True) for block in blocks]


def uses_raw_html(blocks: Sequence[Block], previous: Sequence[Stored] = ()) -> bool:
    """Whether there is raw HTML among the blocks that was not, word for word, in `previous`.

    So an editor without the scope for it can go on working on a body that has some.
    """
    known = {block["html"] for block in previous if block["type"] == "html"}
    return any(isinstance(block, RawHtml) and block.html not in known for block in blocks)


ListItem.model_rebuild()
