"""Assets by id: all that is known in public of a picture, a video, a document."""

from typing import Annotated

from fastapi import Path

from app.delivery.asking import Asked
from app.delivery.documents import answer_for, columns, is_id, missing
from app.delivery.routing import GONE, PublicRouter, failing
from app.delivery.statements import statement
from app.published.assets import Asset
from app.web.answers import Answer

router = PublicRouter("assets")

AssetId = Annotated[
    str,
    Path(
        description="Its immutable id",
        examples=["2f9d5a1c-7b43-4e0f-9c61-0d8e4b7a3f52"],
        json_schema_extra={"format": "uuid"},
    ),
]

_BY_ID = statement(f"""
    SELECT {columns()} FROM published.documents d
    WHERE d.id = $1::uuid AND d.kind = 'asset'
""")


@router.get(
    "/assets/{asset_id}",
    operation_id="readAsset",
    summary="One picture, video, audio item or document",
    response_model=Asset,
    responses=failing(*GONE),
)
async def read_asset(ask: Asked, asset_id: AssetId) -> Answer:
    """With its rights, its credit, and the addresses of all its forms.

    It is here as long as something in public uses it and its rights last.
    """
    if not is_id(asset_id):
        raise missing()
    return answer_for(await ask.reader.row(_BY_ID, asset_id.encode()))
