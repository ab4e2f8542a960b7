"""What our CSL-JSON items say in `custom`, where CSL has no field: each under a name of ours."""

from collections.abc import Mapping
from typing import Any

PREFIX = "masthead:"


def custom(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {PREFIX + name: value for name, value in fields.items() if value}


def own(item: Mapping[str, Any], name: str) -> Any:
    """What an item of ours says under this name; None for the items of others."""
    fields = item.get("custom")
    return fields.get(PREFIX + name) if isinstance(fields, Mapping) else None
