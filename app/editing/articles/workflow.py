"""The stages of a working copy, and who may move it between them."""

from app.errors import Conflict
from app.identity.actor import Actor
from app.identity.scopes import Scope

MOVES: dict[tuple[str, str], Scope] = {
    ("draft", "review"): Scope.ARTICLES_WRITE,
    ("review", "draft"): Scope.ARTICLES_WRITE,
    ("review", "ready"): Scope.ARTICLES_PUBLISH,
    ("draft", "ready"): Scope.ARTICLES_PUBLISH,
    ("ready", "review"): Scope.ARTICLES_PUBLISH,
    ("ready", "draft"): Scope.ARTICLES_PUBLISH,
}


def check_move(actor: Actor, before: str, after: str) -> None:
    """Raise Conflict where there is no such move, Forbidden where it is not the actor's."""
    if (before, after) not in MOVES:
        raise Conflict(f"An article cannot be moved from {before} to {after}.")
    actor.require(MOVES[before, after])


def after_save(actor: Actor, stage: str) -> str:
    """What was found ready is no longer so when somebody changes it who may not say that it is."""
    return "review" if stage == "ready" and Scope.ARTICLES_PUBLISH not in actor.scopes else stage
