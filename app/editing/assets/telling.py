"""What is told of a file by whoever uploads it: JSON that comes beside its bytes."""

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from app.editing.assets.schemas import AssetFields
from app.web import strict_json


def told(fields: bytes) -> AssetFields:
    """Read strictly; of nothing nothing is told. Raises what a wrong body raises, with pointers
    below `/fields`."""
    content = strict_json.read(fields) if fields else {}
    try:
        return AssetFields.model_validate(content)
    except ValidationError as error:
        wrong = [{**each, "loc": ("body", "fields", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(wrong, body={"fields": content}) from None
