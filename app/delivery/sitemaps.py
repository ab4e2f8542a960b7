"""Sitemaps: what search engines are told of, month by month."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import Path, Response

from app.delivery.asking import Asked
from app.delivery.documents import missing
from app.delivery.feed_reading import reading
from app.delivery.host_files import as_type
from app.delivery.routing import FeedRouter
from app.delivery.standing import standing
from app.feeds.sitemaps import files, query, writing
from app.feeds.sitemaps.names import wanted
from app.web.answers import Answer

router = FeedRouter("sitemaps")

XML = b"application/xml; charset=utf-8"

EditionCode = Annotated[str, Path(description="Code of an edition", examples=["en"])]
FileName = Annotated[
    str,
    Path(
        description="`articles-{yyyy}-{mm}`, `videos-{yyyy}-{mm}`, `sections`, `series`, "
        "`streams`, `topics`, `people`, `news`; more of the same with `-2`, `-3`, …",
        examples=["articles-2026-11"],
    ),
]


@router.get(
    "/sitemap.xml",
    operation_id="readSitemapIndex",
    summary="The index of all sitemaps",
    response_class=Response,
    response_model=None,
    responses=as_type("application/xml"),
)
async def read_sitemap_index(ask: Asked) -> Answer:
    """Files of articles and of videos by month, of pages, and of the news of the last two days.

    Name it in the `robots.txt` of the host of the pages: then crawlers take it from here, too.
    """
    read = reading(ask.reader)

    async def load() -> Callable[[], bytes]:
        return partial(writing.index, await files.load(read))

    return await standing(ask, files.INDEX, XML, partial(files.state, read), load)


@router.get(
    "/sitemaps/{edition}/{file_name}.xml",
    operation_id="readSitemap",
    summary="One sitemap",
    response_class=Response,
    response_model=None,
    responses=as_type("application/xml"),
)
async def read_sitemap(ask: Asked, edition: EditionCode, file_name: FileName) -> Answer:
    """What is not to be found in search engines, what others wrote and what is at home elsewhere
    is left out. A month changes only when something in it does."""
    read, file = reading(ask.reader), wanted(edition, file_name)
    if file is None:
        raise missing("There is no sitemap of that name.")

    async def load() -> Callable[[], bytes] | None:
        found = await query.load(read, file)
        return partial(writing.urlset, found) if found is not None else None

    return await standing(ask, file.address, XML, partial(query.state, read, file), load)
