"""The publication itself: where every client begins."""

from app.delivery.asking import Asked
from app.delivery.documents import answer_for, columns
from app.delivery.routing import PublicRouter, failing
from app.delivery.statements import statement
from app.published.document import Site
from app.web.answers import Answer

router = PublicRouter("site")

_SITE = statement(f"""
    SELECT {columns()} FROM published.documents d
    WHERE d.kind = 'site' AND d.slug = 'site' AND d.status = 200
""")


@router.get(
    "/site",
    operation_id="readSite",
    summary="The publication",
    response_model=Site,
    responses=failing(),
)
async def read_site(ask: Asked) -> Answer:
    """Name, publisher, policies, editions, and the addresses where all of it can be reached.

    Links in documents are root-relative: resolve them against the bases of the address in use, so
    that a client that had to change to another address stays there.
    """
    return answer_for(await ask.reader.row(_SITE))
