"""A delivery into a bucket of S3, or of what speaks like it: one object, replaced as a whole."""

from datetime import datetime, timedelta
from typing import NotRequired, TypedDict

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from app.dispatch import outcomes
from app.dispatch.deliveries.parcel import BucketPlace, Parcel, bucket_place
from app.dispatch.outcomes import Outcome
from app.dispatch.reaching import Reaching
from app.outbound import targets
from app.outbound.page import Refused, Unreachable
from app.storage import refusals
from app.storage.faults import BadAddress, Denied, StorageFault


class _Credential(TypedDict):
    """The library's, which only its type stubs know."""

    access_key_id: str
    secret_access_key: str
    token: NotRequired[str | None]
    expires_at: datetime | None


_CONNECT, _WHOLE = timedelta(seconds=5), timedelta(seconds=60)


async def carry(parcel: Parcel, reach: Reaching) -> Outcome:
    place = bucket_place(parcel.address)
    shown = f"s3://{place.bucket}"
    try:
        await _require_fit(place, reach)
        with refusals.told(shown, place.key, writing=True):
            store = _store(place, parcel.secret or "")
            await obstore.put_async(
                store, place.key, parcel.content, attributes={"Content-Type": parcel.media_type},
                use_multipart=False,
            )  # fmt: skip
    except (Refused, Unreachable) as error:
        return outcomes.of_failure(error)
    except Denied:  # its words are for our own storage, whose credentials are elsewhere
        return outcomes.failed(
            f"{shown}: access denied. Check the secret of this delivery, that it may write there, "
            "and this machine's clock."
        )
    except StorageFault as fault:
        return outcomes.failed(str(fault), may_pass=not isinstance(fault, BadAddress))
    return Outcome(ok=True)


async def _require_fit(place: BucketPlace, reach: Reaching) -> None:
    """Raises Refused where the endpoint is not public. The library looks names up again by itself:
    it is the certificate that keeps a name from meaning another host then, so without one only
    addresses are called, and only those that are allowed."""
    url = targets.parsed(place.endpoint)
    host, port = url.raw_host.decode(), targets.port_of(url)
    found = await targets.public(host, port, reach.resolve, reach.allowed, 5)
    if url.scheme != "https" and not (host == found[0][0] and found[0] in reach.allowed):
        raise Refused("scheme", "The endpoint of a bucket must be https.")


def _store(place: BucketPlace, secret: str) -> S3Store:
    """It uses nothing of the environment, where our own storage's credentials may stand."""
    _, key_id, key = secret.split(":", 2)
    try:
        return S3Store(
            place.bucket,
            config={
                "endpoint": place.endpoint,
                "region": place.region,
                "virtual_hosted_style_request": False,
                "skip_signature": False,
            },
            credential_provider=lambda: _Credential(
                access_key_id=key_id, secret_access_key=key, expires_at=None
            ),
            client_options={
                "allow_http": place.endpoint.startswith("http://"),
                "connect_timeout": _CONNECT,
                "timeout": _WHOLE,
            },
            retry_config={"max_retries": 0, "retry_timeout": _WHOLE},
        )
    except BaseError as error:
        raise BadAddress(f"s3://{place.bucket}: {str(error).partition(chr(10))[0]}.") from error
