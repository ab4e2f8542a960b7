"""The desk's endpoints for topics."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing.expectation import edit_etag
from app.editing.topics import commands, queries
from app.editing.topics.models import Topic
from app.editing.topics.schemas import (
    TopicCreate,
    TopicPage,
    TopicQuery,
    TopicReplace,
    TopicSummary,
    TopicView,
)
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/topics", tags=["Topics"])

PATH = "/desk/topics"
READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.TOPICS_WRITE])
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get("", operation_id="topics_list", summary="List topics", responses=responses(Forbidden))
async def list_topics(
    session: Session, query: Annotated[TopicQuery, Query()], actor: Actor = READER
) -> TopicPage:
    """Narrowed by a part of the name (`q`), a kind, or an id in another system (`external`)."""
    found = await queries.page(session, query, after=query.after(PATH, (str,)))
    return TopicPage(
        items=[TopicSummary.model_validate(topic) for topic in found[: query.limit]],
        next=query.next_link(PATH, found, lambda topic: (topic.slug,)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="topics_create",
    summary="Create a topic",
    responses=responses(Forbidden, Conflict),
)
async def create_topic(
    session: Session, body: TopicCreate, response: Response, actor: Actor = WRITER
) -> TopicView:
    """Readers see nothing of a topic before a live article has it."""
    topic = await commands.create(session, actor, body)
    response.headers["Location"] = f"{PATH}/{topic.id}"
    return _view(response, topic)


@router.get(
    "/{topic_id}",
    operation_id="topics_get",
    summary="One topic",
    responses=responses(Forbidden, NotFound),
)
async def get_topic(
    session: Session, topic_id: UUID, response: Response, actor: Actor = READER
) -> TopicView:
    """Send its `ETag` as `If-Match` when you change it."""
    return _view(response, await queries.get(session, topic_id))


@router.put("/{topic_id}", operation_id="topics_replace", summary="Change a topic", responses=WRITE)
async def replace_topic(
    session: Session,
    topic_id: UUID,
    body: TopicReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> TopicView:
    """What readers have is made anew with it, their articles too."""
    topic = await commands.replace(session, actor, topic_id, body, expected=expected)
    return _view(response, topic)


@router.delete(
    "/{topic_id}",
    status_code=204,
    operation_id="topics_delete",
    summary="Delete a topic",
    responses=WRITE,
)
async def delete_topic(
    session: Session, topic_id: UUID, expected: Expected, actor: Actor = WRITER
) -> None:
    """Refused while an article has it."""
    await commands.delete(session, actor, topic_id, expected=expected)


def _view(response: Response, topic: Topic) -> TopicView:
    response.headers["ETag"] = edit_etag(topic.edit)
    return TopicView.model_validate(topic)
