"""A delivery by HTTP: a POST, signed as Standard Webhooks are where there is a secret."""

from standardwebhooks import Webhook

from app import clock
from app.dispatch import outcomes
from app.dispatch.deliveries.parcel import Parcel
from app.dispatch.outcomes import Outcome
from app.dispatch.reaching import Reaching
from app.outbound.page import Limits, Refused, Unreachable

LIMITS = Limits(connect=5, whole=60, body=10_000, redirects=0, silence=30)


async def carry(parcel: Parcel, reach: Reaching) -> Outcome:
    try:
        signed = _signed(parcel)
    except ValueError:
        return outcomes.failed("The secret of this delivery is not in base64.")
    try:
        page = await reach.post(
            parcel.address,
            parcel.content,
            LIMITS,
            agent=parcel.agent,
            media_type=parcel.media_type,
            headers=signed,
        )
    except (Refused, Unreachable) as error:
        return outcomes.of_failure(error)
    return outcomes.of_page(page)


def _signed(parcel: Parcel) -> dict[str, str]:
    now = clock.now()
    told = {"webhook-id": parcel.name, "webhook-timestamp": str(int(now.timestamp()))}
    if parcel.secret is not None:
        signer = Webhook(parcel.secret)
        told["webhook-signature"] = signer.sign(parcel.name, now, parcel.content.decode())
    return told
