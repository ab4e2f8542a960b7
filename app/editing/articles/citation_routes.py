"""The desk's endpoints for the citations of an article."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security
from pydantic import BaseModel, Field

from app.editing.articles import checks, citing, commands, queries, views
from app.editing.articles.schemas import ArticleView
from app.editing.citations.finding import Finding
from app.editing.citations.values import MOST, Citation
from app.editing.expectation import edit_etag
from app.editing.inputs import Input, example
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/articles/{article_id}/citations", tags=["Citations"])

READER = Security(current_actor, scopes=[Scope.ARTICLES_READ])
WRITER = Security(current_actor, scopes=[Scope.ARTICLES_WRITE])
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


class CitationSet(Input):
    """The whole ordered set: what is left out is gone."""

    model_config = example(citations=[])

    citations: list[Citation] = Field(max_length=MOST)


class CitationsView(BaseModel):
    citations: list[Citation] = Field(description="Of the working copy, in the order they came in")


class LintView(BaseModel):
    items: list[Finding]


@router.get("", operation_id="article_citations_get", summary="The citations of an article",
            responses=responses(Forbidden))  # fmt: skip
async def get_citations(
    session: Session, article_id: UUID, response: Response, actor: Actor = READER
) -> CitationsView:
    """Of the working copy, internal ones too. Send the `ETag` as `If-Match` to replace them."""
    article = await checks.readable(session, actor, article_id)
    response.headers["ETag"] = edit_etag(article.edit)
    content = await queries.content(session, article)
    return CitationsView(citations=content.citations)


@router.put("", operation_id="article_citations_replace", summary="Replace the citations",
            responses=WRITE)  # fmt: skip
async def replace_citations(
    session: Session,
    article_id: UUID,
    body: CitationSet,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> ArticleView:
    """They are anchored in the text as it is; a new revision holds them with it."""
    saved = await commands.cite(session, actor, article_id, body.citations, expected=expected)
    response.headers["ETag"] = edit_etag(saved.article.edit)
    return await views.saved_view(session, saved)


@router.post("/reanchor", operation_id="article_citations_reanchor",
             summary="Find the places of all citations again", responses=WRITE)  # fmt: skip
async def reanchor(
    session: Session,
    article_id: UUID,
    response: Response,
    expected: Expected,
    dry_run: Annotated[
        bool, Query(description="Only show what would come out; nothing is saved")
    ] = False,
    actor: Actor = WRITER,
) -> CitationsView:
    """Every save does this by itself. It is for looking ahead (`dry_run`), or after an import."""
    if dry_run:
        article = await checks.readable(session, actor, article_id)
        content = await queries.content(session, article)
        return CitationsView(citations=citing.found_again(content))
    article = await commands.reanchor(session, actor, article_id, expected=expected)
    response.headers["ETag"] = edit_etag(article.edit)
    return CitationsView(citations=(await queries.content(session, article)).citations)


@router.get("/lint", operation_id="article_citations_lint", summary="What a careful editor asks",
            responses=responses(Forbidden))  # fmt: skip
async def lint(session: Session, article_id: UUID, actor: Actor = READER) -> LintView:
    """Quotes without a citation, words that do not match, sources counted twice, and the like.

    Findings of severity `error` stand in the way of publishing.
    """
    article = await checks.readable(session, actor, article_id)
    content = await queries.content(session, article)
    return LintView(items=await citing.findings(session, content))
