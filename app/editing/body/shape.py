"""The base of everything in a body, as the desk takes it."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    # Readers' blocks have the same names, and both are in the desk's OpenAPI document.
    model_config = ConfigDict(
        extra="forbid", strict=True, model_title_generator=lambda block: f"{block.__name__}Input"
    )
