"""A storage by its address.

./var/media, /srv/media, file:///srv/media                   a folder of a local disk
s3://bucket/prefix?region=eu-central-1                       Amazon S3
s3://bucket/prefix?endpoint=https://s3.example.org           what speaks like it
gs://bucket/prefix                                           Google Cloud Storage
az://container/prefix?account=name                           Azure

Credentials come from the environment, under the names that each of these has for them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from obstore.exceptions import BaseError
from obstore.store import AzureStore, GCSStore, ObjectStore, S3Store

from app.storage.bucket import Bucket
from app.storage.disk import Disk
from app.storage.faults import BadAddress
from app.storage.stored import Storage


@dataclass(frozen=True)
class Limits:
    """How many objects are read and written at a time, and how long one request to a bucket may
    take, in seconds. A part of 8 MiB has to get through in that time."""

    reads: int = 8
    writes: int = 2
    request: float = 60


USUAL = Limits()
_RETRIES = 3
_CONNECT = timedelta(seconds=5)

_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,221}")
_ENDPOINT = re.compile(r"https?://[^/?#@\s]+(/[^?#\s]*)?")

_FORMS = (
    "Give a folder, or s3://bucket/prefix?endpoint=…&region=…, gs://bucket/prefix, "
    "az://container/prefix?account=…"
)


def opened(address: str, limits: Limits = USUAL) -> Storage:
    """Nothing is asked of the storage yet. BadAddress says what is wrong with its address."""
    url = _split(address)
    if url.scheme in ("", "file"):
        root = Path(unquote(url.path) if url.scheme else address).absolute()
        return Disk(root, reads=limits.reads, writes=limits.writes)
    build, options = _BUCKETS[url.scheme]
    place = f"{url.scheme}://{url.netloc}{url.path}".rstrip("/")
    try:
        store = build(url, _options(url, options), limits)
    except (BaseError, ValueError) as error:
        raise BadAddress(f"{place}: {str(error).partition(chr(10))[0]}. {_FORMS}.") from error
    return Bucket(store, place, reads=limits.reads, writes=limits.writes)


def _split(address: str) -> SplitResult:
    if not address or "\0" in address:
        raise BadAddress(f"This is no address of a storage. {_FORMS}.")
    if "://" not in address:
        return SplitResult("", "", address, "", "")
    try:
        url = urlsplit(address)
        has_account = url.username is not None or url.password is not None
    except ValueError:
        raise BadAddress(f"This is no address of a storage. {_FORMS}.") from None
    if has_account:
        raise BadAddress("Credentials stand in the environment, not in the address of a storage.")
    if url.scheme == "file":
        if url.netloc not in ("", "localhost") or not url.path.strip("/") or url.query:
            raise BadAddress("The address of a folder has three slashes: file:///srv/media.")
    elif url.scheme not in _BUCKETS:
        raise BadAddress(f"Nothing can be stored at {url.scheme}://. {_FORMS}.")
    elif not _BUCKET.fullmatch(url.netloc):
        raise BadAddress(f"{url.netloc!r} is no name of a bucket. {_FORMS}.")
    if url.fragment:
        raise BadAddress("The address of a storage has no #.")
    return url


def _options(url: SplitResult, known: frozenset[str]) -> dict[str, str]:
    pairs = parse_qsl(url.query, keep_blank_values=True)
    given = dict(pairs)
    if len(given) != len(pairs) or not known.issuperset(given) or not all(given.values()):
        raise BadAddress(
            f"After the ? of {url.scheme}:// stand {' and '.join(sorted(known))}, each once, "
            "and with a value. Credentials stand in the environment."
        )
    if not _ENDPOINT.fullmatch(given.get("endpoint", "https://usual")):
        raise BadAddress("The endpoint of a storage is an address like https://s3.example.org.")
    return given


def _s3(url: SplitResult, options: Mapping[str, str], limits: Limits) -> ObjectStore:
    return S3Store(url.netloc, **_shared(url, dict(options), options, limits))


def _gs(url: SplitResult, options: Mapping[str, str], limits: Limits) -> ObjectStore:
    config = {"base_url": options["endpoint"]} if "endpoint" in options else {}
    return GCSStore(url.netloc, **_shared(url, config, options, limits))


def _az(url: SplitResult, options: Mapping[str, str], limits: Limits) -> ObjectStore:
    names = {"account": "account_name", "endpoint": "endpoint"}
    config = {names[name]: value for name, value in options.items()}
    return AzureStore(url.netloc, **_shared(url, config, options, limits))


def _shared(
    url: SplitResult, config: dict[str, str], options: Mapping[str, str], limits: Limits
) -> dict[str, Any]:
    request = timedelta(seconds=limits.request)
    return {
        "prefix": unquote(url.path).strip("/") or None,
        "config": config,
        "client_options": {
            "allow_http": options.get("endpoint", "").startswith("http://"),
            "connect_timeout": _CONNECT,
            "timeout": request,
        },
        "retry_config": {"max_retries": _RETRIES, "retry_timeout": request},
    }


_Build = Callable[[SplitResult, Mapping[str, str], Limits], ObjectStore]
_BUCKETS: dict[str, tuple[_Build, frozenset[str]]] = {
    "s3": (_s3, frozenset({"endpoint", "region"})),
    "gs": (_gs, frozenset({"endpoint"})),
    "az": (_az, frozenset({"account", "endpoint"})),
}
