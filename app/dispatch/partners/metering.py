"""Who pulls a feed, whether it is theirs, and how much they had today.

A day is one of UTC, by the primary's clock. Whoever is not a partner is of the newsroom, and looks
at a feed as a partner would get it: that is neither limited nor counted.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.dispatch import feeding
from app.dispatch.feeding import Saved
from app.dispatch.partners.models import Partner, PartnerFeed, PartnerKey
from app.errors import Forbidden, NotFound, QuotaExceeded
from app.feeds.table import FORMATS, Format
from app.identity.actor import Actor
from app.identity.scopes import Scope

DAY = 86_400


@dataclass(frozen=True)
class Quota:
    """`left` of `most`, for so many `seconds` more. `exceeded`: this request has none."""

    most: int
    left: int
    seconds: int
    exceeded: bool

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers has them."""
        return {
            "RateLimit-Policy": f'"day";q={self.most};w={DAY}',
            "RateLimit": f'"day";r={self.left};t={self.seconds}',
        }

    def refusal(self) -> QuotaExceeded:
        error = QuotaExceeded(
            f"{self.most:,} answers a day were agreed; the next day begins at midnight, UTC."
        )
        error.retry_after = self.seconds
        error.headers = self.headers
        return error


@dataclass(frozen=True)
class Admission:
    """What somebody is about to get. `partner_id` None: somebody of the newsroom."""

    partner_id: UUID | None
    feed: Saved
    format: Format
    quota: Quota | None


async def admit(session: AsyncSession, actor: Actor, slug: str, format_name: str) -> Admission:
    """Let somebody have a feed, and count that they asked. Raises NotFound for what is not there,
    or not theirs, and Forbidden while a partner has nothing."""
    actor.require(Scope.FEEDS_READ)
    partner = await _partner(session, actor)
    feed, format_ = await feeding.by_slug(session, slug), FORMATS.get(format_name)
    if feed is None or not await _may_have(session, partner, feed.id):
        raise NotFound("There is no such feed, or it is not one of yours.")
    if format_ is None or not _knows(partner, format_name):
        raise NotFound("There is no such format, or it is not one of yours.")
    if partner is None:
        return Admission(None, feed, format_, None)
    return Admission(partner.id, feed, format_, await _take(session, partner))


async def count(session: AsyncSession, admission: Admission, status: int, size: int) -> None:
    """Note what came of it: the status, and the bytes of the body. A partner that was deleted
    meanwhile has no account any more."""
    if admission.partner_id is None:
        return
    await session.execute(
        _COUNT,
        {
            "partner": admission.partner_id,
            "feed": admission.feed.slug,
            "format": admission.format.name,
            "same": int(status == 304),
            "bytes": size,
        },
    )


async def _partner(session: AsyncSession, actor: Actor) -> Partner | None:
    owner = await session.get(PartnerKey, actor.id) if actor.id else None
    if owner is None:
        # A key that has lost its partner must not be taken for one of the newsroom.
        actor.require(Scope.DESK_READ)
        return None
    partner = await session.get(Partner, owner.partner_id)
    if partner is None or not partner.active:
        raise Forbidden("The outlet gives you no feeds at the moment. Ask there.")
    return partner


async def _may_have(session: AsyncSession, partner: Partner | None, feed_id: UUID) -> bool:
    return partner is None or await session.get(PartnerFeed, (partner.id, feed_id)) is not None


def _knows(partner: Partner | None, format_name: str) -> bool:
    return partner is None or partner.formats is None or format_name in partner.formats


async def _take(session: AsyncSession, partner: Partner) -> Quota | None:
    """Count the request. The row holds others of the partner back until the commit: no two take
    the last one."""
    most = partner.quota_per_day
    taken = (await session.execute(_TAKE, {"partner": partner.id, "most": most})).first()
    if taken is None:
        refused = await session.execute(_REFUSE, {"partner": partner.id})
        return Quota(most or 0, 0, refused.scalar_one(), exceeded=True)
    if most is None:
        return None
    return Quota(most, most - taken.requests, taken.seconds, exceeded=False)


_TODAY = "(transaction_timestamp() AT TIME ZONE 'UTC')::date"
_SECONDS = f"""ceil(extract(epoch FROM ({_TODAY} + 1)::timestamp
    - (transaction_timestamp() AT TIME ZONE 'UTC')))::int AS seconds"""

_TAKE = text(f"""
    INSERT INTO desk.partner_days AS today (partner_id, day, requests, refused)
    VALUES (:partner, {_TODAY}, 1, 0)
    ON CONFLICT (partner_id, day) DO UPDATE SET requests = today.requests + 1
        WHERE CAST(:most AS bigint) IS NULL OR today.requests < :most
    RETURNING requests, {_SECONDS}
""")  # noqa: S608

_REFUSE = text(f"""
    UPDATE desk.partner_days SET refused = refused + 1
    WHERE partner_id = :partner AND day = {_TODAY} RETURNING {_SECONDS}
""")  # noqa: S608

_COUNT = text(f"""
    INSERT INTO desk.partner_usage AS today
        (partner_id, day, feed, format, requests, not_modified, bytes)
    SELECT id, {_TODAY}, :feed, :format, 1, :same, :bytes
    FROM desk.partners WHERE id = :partner FOR KEY SHARE
    ON CONFLICT (partner_id, day, feed, format) DO UPDATE SET requests = today.requests + 1,
        not_modified = today.not_modified + excluded.not_modified,
        bytes = today.bytes + excluded.bytes
""")  # noqa: S608
