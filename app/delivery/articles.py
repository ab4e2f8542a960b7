"""One article by its id."""

from typing import Annotated, get_args

from fastapi import Path, Query
from pydantic import Field

from app.delivery.asking import Asked
from app.delivery.documents import View, answer_for, columns, is_id, missing
from app.delivery.routing import GONE, PublicRouter, QueryModel, failing
from app.delivery.statements import statement
from app.delivery.whole import OPENED_BY_KEY, may_read_whole
from app.errors import Unauthenticated
from app.published.document import Article, Card
from app.web.answers import Answer

router = PublicRouter("articles")

ArticleId = Annotated[
    str,
    Path(
        description="Its immutable id",
        examples=["5b0c7a9e-3f1d-4c55-9d0a-6f2f8f5f7d11"],
        json_schema_extra={"format": "uuid"},
    ),
]


class ViewQuery(QueryModel):
    view: View = Field(
        default="full",
        description="`card`: what lists have. `full`: bodies as HTML. `app`: bodies as runs of "
        "text, for apps without an HTML parser. Where a document has no such form: `full`.",
    )


_BY_ID = {
    (view, whole): statement(
        f"SELECT {columns(view, whole=whole)} FROM published.documents d"
        " WHERE d.id = $1::uuid AND d.kind = 'article'"
    )
    for view in get_args(View)
    for whole in (False, True)
}


@router.get(
    "/articles/{article_id}",
    operation_id="readArticle",
    summary="One article",
    response_model=Article | Card,
    responses=failing(*GONE, Unauthenticated),
    **OPENED_BY_KEY,
)
async def read_article(
    ask: Asked, article_id: ArticleId, query: Annotated[ViewQuery, Query()]
) -> Answer:
    """The document of an article in one of its forms.

    Where access is restricted the public forms are cut after some blocks (`access.cut`). A key with
    the scope `content:full`, as `Authorization: Bearer mh_…`, opens the uncut ones; these are for
    that reader alone and must not be cached for others.
    """
    if not is_id(article_id):
        raise missing()
    whole = b"authorization" in ask.head and await may_read_whole(ask)
    row = await ask.reader.row(_BY_ID[query.view, whole], article_id.encode())
    return answer_for(row, query.view)
