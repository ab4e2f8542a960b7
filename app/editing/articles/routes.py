"""The desk's endpoints for writing and reading articles."""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Header, Path, Query, Response, Security

from app.editing.articles import checks, commands, parameters, queries, views
from app.editing.articles.models import Article
from app.editing.articles.parameters import HIGHEST, ArticleQuery, Number
from app.editing.articles.schemas import (
    ArticleCreate,
    ArticleSave,
    ArticleSummaryPage,
    ArticleView,
    Restore,
    RevisionList,
    RevisionSummary,
    RevisionView,
    StageMove,
)
from app.editing.expectation import edit_etag
from app.editing.external_ids import SYSTEM
from app.errors import (
    Conflict,
    Forbidden,
    NotFound,
    PreconditionMissing,
    Stale,
)
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/articles", tags=["Articles"])

WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)
ExternalSystem = Annotated[str, Path(max_length=60, pattern=SYSTEM, examples=["wordpress"])]
ExternalIdentity = Annotated[str, Path(min_length=1, max_length=300, examples=["1787"])]

READER = Security(current_actor, scopes=[Scope.ARTICLES_READ])
WRITER = Security(current_actor, scopes=[Scope.ARTICLES_WRITE])


@router.get("", operation_id="articles_list", summary="List articles")
async def list_articles(
    session: Session, query: Annotated[ArticleQuery, Query()], actor: Actor = READER
) -> ArticleSummaryPage:
    """The last changed first, drafts and live ones. Follow `next` for more."""
    found = await queries.page(
        session,
        await parameters.narrowed(session, actor, query),
        after=parameters.after(query.cursor),
        limit=query.limit + 1,
    )
    shown, codes = found[: query.limit], await views.edition_codes(session)
    return ArticleSummaryPage(
        items=[views.summary(article, codes) for article in shown],
        next=_next(query, shown[-1]) if len(found) > query.limit else None,
    )


@router.post(
    "",
    status_code=201,
    operation_id="articles_create",
    summary="Begin an article",
    responses=responses(Forbidden, Conflict),
)
async def create_article(
    session: Session, body: ArticleCreate, response: Response, actor: Actor = WRITER
) -> ArticleView:
    """Readers see nothing of it until it is published."""
    saved = await commands.create(session, actor, body, edition=body.edition)
    response.headers["Location"] = f"/desk/articles/{saved.article.id}"
    return await _view(session, response, saved)


@router.get(
    "/by-external/{system}/{external_id:path}",
    operation_id="articles_get_by_external",
    summary="Find an article by its id in another system",
    responses=responses(NotFound),
)
async def get_by_external(
    session: Session,
    system: ExternalSystem,
    external_id: ExternalIdentity,
    response: Response,
    actor: Actor = READER,
) -> ArticleView:
    article_id = await queries.by_external(session, system, external_id)
    if article_id is None:
        raise NotFound("No article has this id.")
    article = await checks.readable(session, actor, article_id)
    return await _view(session, response, commands.Saved(article))


@router.put(
    "/by-external/{system}/{external_id:path}",
    operation_id="articles_upsert_by_external",
    summary="Create or save the article that another system knows by this id",
    responses=WRITE | {201: {"model": ArticleView, "description": "It was created"}},
)
async def upsert_by_external(
    session: Session,
    system: ExternalSystem,
    external_id: ExternalIdentity,
    body: ArticleCreate,
    response: Response,
    expected: Expected,
    if_match: Annotated[str | None, Header()] = None,
    actor: Actor = WRITER,
) -> ArticleView:
    """Safe to repeat. Without `If-Match` it overwrites only what the other system itself wrote:
    once somebody has changed the article at the desk, 428 says so. With it, the article must be
    there: 412 otherwise."""
    saved, created = await commands.upsert_external(
        session, actor, system, external_id, body,
        expected=expected if if_match is not None else None, edition=body.edition,
    )  # fmt: skip
    response.status_code = 201 if created else 200
    return await _view(session, response, saved)


@router.get(
    "/{article_id}",
    operation_id="articles_get",
    summary="One article with its working copy",
    responses=responses(NotFound),
)
async def get_article(
    session: Session, article_id: UUID, response: Response, actor: Actor = READER
) -> ArticleView:
    """Send its `ETag` as `If-Match` when you save."""
    article = await checks.readable(session, actor, article_id)
    return await _view(session, response, commands.Saved(article))


@router.put(
    "/{article_id}",
    operation_id="articles_save",
    summary="Save the content of an article",
    responses=WRITE,
)
async def save_article(
    session: Session,
    article_id: UUID,
    body: ArticleSave,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> ArticleView:
    """Makes a new revision. What readers have stays as it is until somebody publishes."""
    saved = await commands.save(session, actor, article_id, body, expected=expected)
    return await _view(session, response, saved)


@router.post(
    "/{article_id}/stage",
    operation_id="articles_move_stage",
    summary="Move the working copy to another stage",
    responses=WRITE,
)
async def move_stage(
    session: Session,
    article_id: UUID,
    body: StageMove,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> ArticleView:
    """draft → review → ready, and back. Saying that something is ready takes the right to
    publish."""
    article = await commands.move_stage(session, actor, article_id, body.stage, expected=expected)
    return await _view(session, response, commands.Saved(article))


@router.get(
    "/{article_id}/revisions",
    operation_id="articles_list_revisions",
    summary="Every state that the content has had",
    responses=responses(NotFound),
)
async def list_revisions(
    session: Session,
    article_id: UUID,
    below: Annotated[
        int | None, Query(ge=1, le=HIGHEST, description="Only those before this one")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    actor: Actor = READER,
) -> RevisionList:
    await checks.readable(session, actor, article_id)
    rows = await queries.revisions(session, article_id, below=below, limit=limit + 1)
    items = [RevisionSummary.model_validate(row) for row in rows[:limit]]
    link = None
    if len(rows) > limit:
        link = f"/desk/articles/{article_id}/revisions?below={items[-1].number}&limit={limit}"
    return RevisionList(items=items, next=link)


@router.get(
    "/{article_id}/revisions/{number}",
    operation_id="articles_get_revision",
    summary="One earlier state",
    responses=responses(NotFound),
)
async def get_revision(
    session: Session, article_id: UUID, number: Number, actor: Actor = READER
) -> RevisionView:
    await checks.readable(session, actor, article_id)
    return views.revision_view(session, await queries.revision(session, article_id, number))


@router.post(
    "/{article_id}/restore",
    operation_id="articles_restore",
    summary="Make an earlier state the newest one",
    responses=WRITE,
)
async def restore_revision(
    session: Session,
    article_id: UUID,
    body: Restore,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> ArticleView:
    """As a new revision: nothing is lost. It must be what you could save today."""
    saved = await commands.restore(session, actor, article_id, body.revision, expected=expected)
    return await _view(session, response, saved)


async def _view(session: Session, response: Response, saved: commands.Saved) -> ArticleView:
    response.headers["ETag"] = edit_etag(saved.article.edit)
    return await views.saved_view(session, saved)


def _next(query: ArticleQuery, last: Article) -> str:
    kept = query.model_dump(mode="json", exclude_none=True, exclude={"cursor"})
    kept["cursor"] = parameters.cursor_after(last.changed_at, last.id)
    return f"/desk/articles?{urlencode(kept)}"
