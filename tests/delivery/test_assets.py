"""`/v1/assets`: what is known in public of a media item."""

from uuid import uuid4

import httpx
import orjson

from app.published.assets import Asset, AssetFile
from app.published.writes import Remove
from tests.delivery.shelf import NOON, Shelf, a_document


async def test_an_asset_is_the_bytes_that_were_published(
    shelf: Shelf, reader: httpx.AsyncClient
) -> None:
    file = AssetFile(url="/media/x/original.pdf", media_type="application/pdf", size=12)
    shown = Asset(id=uuid4(), media_kind="document", file=file, modified_at=NOON)
    fields = orjson.loads(shown.model_dump_json())
    for given in ("id", "kind", "external_ids"):
        del fields[given]
    await shelf.put(a_document("asset", "Report", identity=shown.id, **fields))

    answer = await reader.get(f"/v1/assets/{shown.id}")

    assert answer.json() == {"name": "Report", **fields, "id": str(shown.id), "kind": "asset"}
    assert answer.headers["surrogate-key"] == f"asset-{shown.id}"
    etag = {"If-None-Match": answer.headers["etag"]}
    assert (await reader.get(f"/v1/assets/{shown.id}", headers=etag)).status_code == 304

    await shelf.put(
        Remove(id=shown.id, kind="asset", version=2, modified_at=NOON, notice="Rights expired")
    )
    gone = await reader.get(f"/v1/assets/{shown.id}")
    assert (gone.status_code, gone.json()["notice"]) == (410, "Rights expired")


async def test_nothing_else_is_an_asset(shelf: Shelf, reader: httpx.AsyncClient) -> None:
    person = a_document("person", "Nobody")
    await shelf.put(person)

    for name in (person.id, uuid4(), "x", "site", str(person.id).upper(), "a/b"):
        assert (await reader.get(f"/v1/assets/{name}")).status_code == 404, name
    assert (await reader.get(f"/v1/assets/{person.id}?view=card")).status_code == 422
