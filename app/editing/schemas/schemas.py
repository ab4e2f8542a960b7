"""The operator's JSON Schemas as the desk API shows them; it takes them as they are."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["article", "section", "person", "topic", "collection", "asset", "stream", "series"]


class ExtrasSchemaView(BaseModel):
    model_config = ConfigDict(from_attributes=True, serialize_by_alias=True)

    kind: Kind
    document: dict[str, Any] = Field(
        serialization_alias="schema", description="The JSON Schema, as it is enforced"
    )
    changed_at: datetime


class ExtrasSchemaList(BaseModel):
    items: list[ExtrasSchemaView] = Field(description="Those that are set")
    next: None = Field(default=None, description="All are in one answer")
