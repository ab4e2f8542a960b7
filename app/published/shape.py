"""The base of every public shape."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Keys are always present: null or [], never absent."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)
