"""The desk's endpoints for what readers have: preview, publish, withdraw, withhold."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing.articles import queries, views
from app.editing.articles.models import Article
from app.editing.articles.parameters import Number
from app.editing.articles.schemas import ArticleView
from app.editing.expectation import edit_etag
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.published import document
from app.publishing import commands
from app.publishing.cautions import of_works
from app.publishing.schemas import Publish, Withdraw, Withhold
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/articles", tags=["Publishing"])

WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)
PUBLISHER = Security(current_actor, scopes=[Scope.ARTICLES_PUBLISH])


@router.get(
    "/{article_id}/preview",
    operation_id="articles_preview",
    summary="The document that publishing now would make",
    response_model=document.Article | document.Card,
    responses=responses(NotFound, Conflict),
)
async def preview(
    session: Session,
    article_id: UUID,
    view: Annotated[commands.View, Query()] = "full",
    actor: Actor = Security(current_actor, scopes=[Scope.ARTICLES_READ]),
) -> Response:
    """Exactly what readers would get, uncut. Nothing is claimed or changed by looking."""
    body = await commands.preview(session, actor, article_id, view)
    return Response(body, media_type="application/json")


@router.post(
    "/{article_id}/publish",
    operation_id="articles_publish",
    summary="Publish the working copy",
    responses=WRITE,
)
async def publish(
    session: Session,
    article_id: UUID,
    response: Response,
    expected: Expected,
    body: Publish = Publish(),  # noqa: B008 (never changed)
    actor: Actor = PUBLISHER,
) -> ArticleView:
    """The first time, the article gets its path; later, readers get a new version. When this is
    answered, every reader has it."""
    options = commands.Options(minor=body.minor, despite=body.despite)
    taken = await commands.publish(session, actor, article_id, expected=expected, options=options)
    response.headers["ETag"] = edit_etag(taken.article.edit)
    return views.whole(
        taken.article,
        edition_code=taken.edition.code,
        content=queries.shown(session, taken.written),
        external_ids=taken.external_ids,
        translations=taken.translation_ids,
        findings=of_works(taken),
    )


@router.post(
    "/{article_id}/withdraw",
    operation_id="articles_withdraw",
    summary="Take the article from the readers",
    responses=WRITE,
)
async def withdraw(
    session: Session,
    article_id: UUID,
    response: Response,
    expected: Expected,
    body: Withdraw = Withdraw(),  # noqa: B008 (never changed)
    actor: Actor = PUBLISHER,
) -> ArticleView:
    """Its address answers 410, or 451 where the law demands it, with the notice. It leaves every
    list and collection; the working copy stays and can be published again."""
    article = await commands.withdraw(
        session, actor, article_id, expected=expected, status=body.status, notice=body.notice
    )
    return await _view(session, response, article)


@router.delete(
    "/{article_id}",
    status_code=204,
    operation_id="articles_delete",
    summary="Delete an article that never was live",
    responses=WRITE,
)
async def delete_article(
    session: Session,
    article_id: UUID,
    expected: Expected,
    actor: Actor = Security(current_actor, scopes=[Scope.ARTICLES_DELETE]),
) -> None:
    """It leaves every collection. What has been live is withdrawn instead, so that its address can
    say that it is gone."""
    await commands.delete(session, actor, article_id, expected=expected)


@router.post(
    "/{article_id}/versions/{version}/withhold",
    operation_id="articles_withhold_version",
    summary="Take one earlier version out of the public history",
    responses=WRITE,
)
async def withhold(
    session: Session,
    article_id: UUID,
    version: Number,
    response: Response,
    expected: Expected,
    body: Withhold = Withhold(),  # noqa: B008 (never changed)
    actor: Actor = PUBLISHER,
) -> ArticleView:
    article = await commands.withhold(
        session, actor, article_id, version, expected=expected, status=body.status
    )
    return await _view(session, response, article)


async def _view(session: Session, response: Response, article: Article) -> ArticleView:
    response.headers["ETag"] = edit_etag(article.edit)
    return await views.article_view(session, article)
