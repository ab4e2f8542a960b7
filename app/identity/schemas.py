"""Keys as the desk API shows and takes them."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.identity.actor import Actor
from app.identity.scopes import ROLES, Scope
from app.observability import printable
from app.web.moments import Moment


def _shown(name: str) -> str:
    if printable(name) != name:
        raise PydanticCustomError(
            "unprintable",
            "Must be one line of characters that can be shown, without control codes.",
        )
    return name


KeyName = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_shown)]


class KeyCreate(BaseModel):
    """A new key: a role, or the scopes one by one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "Website front end", "role": "front-end"}]},
    )

    name: KeyName = Field(examples=["Website front end"])
    role: Literal[tuple(ROLES)] | None = Field(default=None, examples=["editor"])  # type: ignore[valid-type]
    scopes: list[Scope] | None = Field(default=None, max_length=len(Scope))
    section_ids: list[UUID] | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="Restrict the key to articles in these sections and below. Such a key has "
        "neither `keys:manage` nor `content:full`.",
    )
    expires_at: Moment | None = None

    @model_validator(mode="after")
    def _role_or_scopes(self) -> "KeyCreate":
        if (self.role is None) == (self.scopes is None):
            raise ValueError("give either `role` or `scopes`")
        return self

    def granted(self) -> frozenset[Scope]:
        if self.scopes is not None:
            return frozenset(self.scopes)
        assert self.role is not None, "the validator saw to it"
        return ROLES[self.role]


class KeyView(BaseModel):
    """A key without its secret."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    prefix: str = Field(description="The beginning of the key after `mh_`, to recognise it by")
    scopes: list[str]
    section_ids: list[UUID] | None
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    revoked_at: datetime | None


class KeyCreated(KeyView):
    key: str = Field(description="The key itself. It is shown this once and cannot be had again.")


class KeyPage(BaseModel):
    items: list[KeyView]
    next: str | None = Field(description="Link to the next page")


class ActorView(BaseModel):
    """Who acts: what is behind the key of a request."""

    kind: str = Field(examples=["key"])
    id: UUID | None
    name: str
    scopes: list[Scope]
    section_ids: list[UUID] | None = Field(
        description="Restricted to articles in these sections and below; null: not restricted"
    )

    @classmethod
    def of(cls, actor: Actor) -> Self:
        return cls(
            kind=actor.kind,
            id=actor.id,
            name=actor.name,
            scopes=sorted(actor.scopes),
            section_ids=None if actor.sections is None else sorted(actor.sections),
        )
