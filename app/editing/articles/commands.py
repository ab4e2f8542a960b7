"""Writing articles: created, saved, moved between stages, restored, deleted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.editing import external_ids
from app.editing.articles import checks, citing, drafting, queries, translations, workflow
from app.editing.articles.content import Content
from app.editing.articles.models import Article
from app.editing.articles.schemas import ArticleSave
from app.editing.body.notices import Notice
from app.editing.citations import rows
from app.editing.citations.values import Citation
from app.editing.expectation import Expectation, anything, edit_etag
from app.editing.external_ids import ExternalIdInput
from app.editing.extras import check_extras
from app.errors import Conflict, PreconditionMissing, Stale
from app.identity.actor import Actor
from app.identity.scopes import Scope


@dataclass(frozen=True)
class Saved:
    """The article as it is now, and what the save had to change in its body."""

    article: Article
    warnings: list[Notice] = field(default_factory=list)


async def create(
    session: AsyncSession,
    actor: Actor,
    draft: ArticleSave,
    *,
    edition: str | None = None,
    origin: str = "desk",
) -> Saved:
    """Begin an article, with its first revision. Readers see nothing of it."""
    actor.require(Scope.ARTICLES_WRITE)
    held = await _translations(session, draft)
    content, warnings = await drafting.content_of(session, actor, draft)
    edition_id = await checks.edition_of(session, content, code=edition)
    await checks.references(session, content, edition_id)
    await checks.is_the_actors(session, actor, content)
    article = Article(
        id=ids.public(), edition_id=edition_id, stage="draft", revision=0, versions=0,
        created_by=actor.name, edit=0,
    )  # fmt: skip
    await drafting.keep(session, actor, article, content, origin=origin)
    await drafting.link(session, actor, article, draft, held)
    return Saved(article, warnings)


async def save(
    session: AsyncSession,
    actor: Actor,
    article_id: UUID,
    draft: ArticleSave,
    *,
    expected: Expectation,
    origin: str = "desk",
) -> Saved:
    """Make a new revision. What is live stays as it is until somebody publishes.

    Saving what is there already changes nothing.
    """
    actor.require(Scope.ARTICLES_WRITE)
    held = await _translations(session, draft, article_id)
    article, before = await _lock(session, actor, article_id, expected)
    content, warnings = await drafting.content_of(
        session, actor, draft, before=before, article_id=article_id
    )
    await checks.references(session, content, article.edition_id, before=before.citations)
    await checks.is_the_actors(session, actor, content)
    if await drafting.link(session, actor, article, draft, held):
        await drafting.touch(session, article)
    if content.model_dump(mode="json") != before.model_dump(mode="json"):
        await drafting.keep(session, actor, article, content, origin=origin)
    return Saved(article, warnings)


async def cite(
    session: AsyncSession,
    actor: Actor,
    article_id: UUID,
    citations: Sequence[Citation],
    *,
    expected: Expectation,
) -> Saved:
    """Replace the citations, in a new revision."""
    actor.require(Scope.ARTICLES_WRITE)
    article, before = await _lock(session, actor, article_id, expected)
    content = before.model_copy()
    content.citations = await citing.citations_of(
        session, content, citations, before=before.citations, article_id=article_id
    )
    await checks.references(session, content, article.edition_id, before=before.citations)
    if content.citations != before.citations:
        await drafting.keep(session, actor, article, content)
    return Saved(article)


async def reanchor(
    session: AsyncSession, actor: Actor, article_id: UUID, *, expected: Expectation
) -> Article:
    """Find the places of all citations again; a new revision where one is another now."""
    actor.require(Scope.ARTICLES_WRITE)
    article, before = await _lock(session, actor, article_id, expected)
    content = before.model_copy(update={"citations": citing.found_again(before)})
    await checks.references(session, content, article.edition_id, before=before.citations)
    if content.citations != before.citations:
        await drafting.keep(session, actor, article, content)
    return article


async def upsert_external(
    session: AsyncSession,
    actor: Actor,
    system: str,
    external_id: str,
    draft: ArticleSave,
    *,
    expected: Expectation | None,
    edition: str | None = None,
) -> tuple[Saved, bool]:
    """Create or save the article that another system knows by this id. Also: whether created.

    Of several who send a new one at once, one creates it and the others save it.

    Without an expectation it may overwrite only what the other system itself wrote: once somebody
    has worked on the article at the desk, that work is not lost silently.
    """
    origin = f"external:{system}"
    own = ExternalIdInput(system=system, id=external_id)
    await external_ids.hold(session, Article, [own])
    article_id = await queries.by_external(session, system, external_id)
    if article_id is None and expected is not None:
        raise Stale(f"No article has the id {system}:{external_id} now. Leave out If-Match to "
                    "create it.")  # fmt: skip
    given = draft.external_ids if draft.external_ids is not None or article_id else []
    if given is not None and own not in given:
        draft = draft.model_copy(update={"external_ids": [*given, own]})
    if article_id is None:
        return await create(session, actor, draft, edition=edition, origin=origin), True
    await _translations(session, draft, article_id)
    [article] = await queries.lock(session, [article_id])
    last = await queries.revision(session, article_id, article.revision)
    if expected is None and last.origin != origin:
        raise PreconditionMissing(
            f"Somebody has changed article {article_id} at the desk since {system} wrote it. "
            "Send If-Match with its ETag, or `*` to overwrite."
        )
    check = expected or anything
    return await save(session, actor, article_id, draft, expected=check, origin=origin), False


async def restore(
    session: AsyncSession, actor: Actor, article_id: UUID, number: int, *, expected: Expectation
) -> Saved:
    """Make the content of an earlier revision the newest one. Nothing is lost: it is a new one.

    It must be what the actor could save today.
    """
    actor.require(Scope.ARTICLES_WRITE)
    article, present = await _lock(session, actor, article_id, expected)
    earlier = await queries.revision(session, article_id, number)
    content = queries.held(session, earlier)
    cited = content.citations
    content.citations = await rows.own_ids(session, article_id, cited)
    drafting.require_raw_html(actor, content.body, present.body)
    checks.own_path(content)
    await check_extras(session, "article", content.extras)
    await checks.references(session, content, article.edition_id, before=cited)
    await checks.is_the_actors(session, actor, content)
    await drafting.keep(session, actor, article, content, restored_from=number)
    return Saved(article)


async def move_stage(
    session: AsyncSession, actor: Actor, article_id: UUID, stage: str, *, expected: Expectation
) -> Article:
    """Move the working copy to another stage, by the table in `workflow`."""
    actor.require(Scope.ARTICLES_WRITE)
    article, _ = await _lock(session, actor, article_id, expected)
    if article.stage != stage:
        workflow.check_move(actor, article.stage, stage)
        article.stage = stage
        await drafting.touch(session, article)
    return article


async def delete(
    session: AsyncSession, actor: Actor, article_id: UUID, *, expected: Expectation
) -> None:
    """Delete an article that never was live, with its revisions. What was live is withdrawn.

    The caller has taken it out of the collections that it was in.
    """
    actor.require(Scope.ARTICLES_DELETE)
    article, _ = await _lock(session, actor, article_id, expected)
    if article.versions:
        raise Conflict("It has been live, so it cannot be deleted. Withdraw it instead.")
    await session.delete(article)


async def _translations(
    session: AsyncSession, draft: ArticleSave, *article_ids: UUID
) -> translations.Held:
    """What a save has to hold before any other lock, so as to link the article."""
    if draft.translation_of is None:
        return {}
    return await translations.hold(session, draft.translation_of, *article_ids)


async def _lock(
    session: AsyncSession, actor: Actor, article_id: UUID, expected: Expectation
) -> tuple[Article, Content]:
    [article] = await queries.lock(session, [article_id])
    expected(edit_etag(article.edit))
    content = await queries.content(session, article)
    await checks.is_the_actors(session, actor, content)
    return article, content
