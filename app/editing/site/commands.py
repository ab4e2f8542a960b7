"""Changing the site and its editions. The lock on the site keeps editors of them apart."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.database import transaction_time
from app.editing import homes, portraits, usage
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.languages import direction_of
from app.editing.site import queries
from app.editing.site.models import Edition, Site
from app.editing.site.patterns import DEFAULT
from app.editing.site.schemas import EditionCreate, EditionReplace, SiteReplace
from app.errors import Conflict, Fault
from app.identity.actor import SYSTEM, Actor
from app.identity.scopes import Scope

MOST_EDITIONS = 100
UNNAMED = "A Masthead newsroom"
"""What a site is called until somebody gives it a name."""


async def ensure_site(
    session: AsyncSession, actor: Actor = SYSTEM, *, base: str = "http://127.0.0.1:8000"
) -> None:
    """Make the site and its first edition (`en`) where there is none; else change nothing."""
    actor.require(Scope.SITE_WRITE)
    made = await session.execute(
        insert(Site)
        .values(
            id=ids.public(),
            name=UNNAMED,
            publisher={"name": UNNAMED},
            policies={},
            addresses=[
                {"kind": "canonical", "priority": 0, "web": base, "api": base, "media": base}
            ],
        )
        .on_conflict_do_nothing()
        .returning(Site.id)
    )
    if made.first() is None:
        return
    edition = Edition(
        id=ids.public(), code="en", name="English", language="en", direction="ltr",
        time_zone="UTC", path_prefix="", path_pattern=DEFAULT, is_default=True,
    )  # fmt: skip
    session.add(edition)
    await _settle(session, edition)
    note(session, "site", (await queries.site(session)).id)


async def replace_site(
    session: AsyncSession, actor: Actor, replacement: SiteReplace, *, expected: Expectation
) -> Site:
    actor.require(Scope.SITE_WRITE)
    site = await queries.lock_site(session)
    expected(edit_etag(site.edit))
    logo, before = replacement.publisher.logo, site.publisher.get("logo")
    await portraits.settle(session, before, logo, pointer="/publisher/logo")
    for name, value in replacement.model_dump(mode="json").items():
        setattr(site, name, value)
    site.edit += 1
    site.changed_at = await transaction_time(session)
    note(session, "site", site.id)
    return site


async def create_edition(session: AsyncSession, actor: Actor, draft: EditionCreate) -> Edition:
    actor.require(Scope.SITE_WRITE)
    await queries.lock_site(session)
    others = await queries.editions(session)
    if len(others) >= MOST_EDITIONS:
        raise Conflict(f"There are {MOST_EDITIONS} editions already.")
    if any(other.code == draft.code for other in others):
        fault = Fault("There is one with this code already.", pointer="/code")
        raise Conflict(f"There is an edition `{draft.code}` already.", faults=[fault])
    last = max((other.position for other in others), default=-1)
    edition = Edition(id=ids.public(), code=draft.code, is_default=False, position=last + 1)
    await _set(session, edition, draft, others)
    session.add(edition)
    await _settle(session, edition)
    return edition


async def replace_edition(
    session: AsyncSession,
    actor: Actor,
    code: str,
    replacement: EditionReplace,
    *,
    expected: Expectation,
) -> Edition:
    """Its articles keep the paths they have; its sections move with a new prefix and redirect."""
    actor.require(Scope.SITE_WRITE)
    edition = await _lock(session, code, expected)
    others = [other for other in await queries.editions(session) if other is not edition]
    await _set(session, edition, replacement, others)
    await _touch(session, edition)
    await _settle(session, edition)
    return edition


async def delete_edition(
    session: AsyncSession, actor: Actor, code: str, *, expected: Expectation
) -> None:
    """Only an empty one can be deleted, and never the default one."""
    actor.require(Scope.SITE_WRITE)
    edition = await _lock(session, code, expected)
    if edition.is_default:
        raise Conflict("It is the default edition. Make another one the default first.")
    for table in ("sections", "articles", "collections", "streams", "series", "feeds"):
        used = text(f"SELECT EXISTS (SELECT FROM desk.{table} WHERE edition_id = :id)")  # noqa: S608
        if (await session.execute(used, {"id": edition.id})).scalar_one():
            raise Conflict(f"It still has {table}.")
    await usage.refuse_if_fed(session, "editions", code)
    await session.delete(edition)
    note(session, "edition", edition.id, deleted=True)


async def _lock(session: AsyncSession, code: str, expected: Expectation) -> Edition:
    await queries.lock_site(session)
    edition = await queries.edition(session, code)
    await queries.lock_edition(session, edition.id)
    expected(edit_etag(edition.edit))
    return edition


async def _set(
    session: AsyncSession, edition: Edition, sent: EditionReplace, others: Sequence[Edition]
) -> None:
    if any(other.path_prefix == sent.path_prefix for other in others):
        fault = Fault("Another edition has it.", pointer="/path_prefix")
        raise Conflict("Two editions cannot have one path prefix.", faults=[fault])
    if edition.is_default and sent.is_default is False:
        fault = Fault("Set it on another edition, and it moves there.", pointer="/is_default")
        raise Conflict("One edition must be the default one.", faults=[fault])
    if sent.is_default and not edition.is_default:
        await _unset_default(session, others)
        edition.is_default = True
    edition.name = sent.name
    edition.language = sent.language
    edition.direction = sent.direction or direction_of(sent.language)
    edition.time_zone = sent.time_zone
    edition.path_prefix = sent.path_prefix
    edition.base_url = sent.base_url
    edition.path_pattern = sent.path_pattern
    if sent.position is not None:
        edition.position = sent.position


async def _unset_default(session: AsyncSession, editions: Sequence[Edition]) -> None:
    """Everything that belongs to no edition is named in the default one's language: note it all."""
    for edition in editions:
        if edition.is_default:
            edition.is_default = False
            await _touch(session, edition)
            note(session, "edition", edition.id)
    # Now, and not with the other rows: the index allows no second default at any moment.
    await session.flush()
    note(session, "site", (await queries.site(session)).id)


async def _touch(session: AsyncSession, edition: Edition) -> None:
    edition.edit += 1
    edition.changed_at = await transaction_time(session)


async def _settle(session: AsyncSession, edition: Edition) -> None:
    await session.flush()
    await homes.settle(session, {edition.id: edition.path_prefix or "/"})
    note(session, "edition", edition.id)
