"""The key by which search engines believe what IndexNow tells them of the site."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from app.delivery.asking import Asked
from app.delivery.host_files import TEXT, as_type, file_of_site
from app.delivery.routing import FeedRouter
from app.web.answers import Answer

router = FeedRouter("discovery")


@router.get(
    "/indexnow-key.txt",
    operation_id="readIndexNowKey",
    summary="The site's key for IndexNow",
    response_class=Response,
    response_model=None,
    responses=as_type("text/plain"),
)
async def read_index_now_key(ask: Asked) -> Answer:
    """For the host of the pages: have the front end hand it on. 404 where the site has no key."""
    return await file_of_site(ask, "/indexnow-key.txt", TEXT, _key)


def _key(site: Mapping[str, Any]) -> bytes | None:
    key: str | None = site.get("index_now_key")
    return key.encode() if key else None
