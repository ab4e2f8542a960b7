"""What a bucket's errors mean. The library tells most of them in prose only, so the HTTP status
and the code of the answer are read from there.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from obstore.exceptions import (
    BaseError,
    PermissionDeniedError,
    PreconditionError,
    UnauthenticatedError,
)

from app.storage.faults import (
    BadAddress,
    Denied,
    Different,
    Full,
    NotThere,
    StorageFault,
    Unreachable,
)

_STATUS = re.compile(r"non-2xx status code: (\d{3})")
_CODE = re.compile(r"<Code>(\w{1,60})</Code>")
_QUERY = re.compile(r"\?[^\s\"'<>]*")
_NO_CREDENTIALS = re.compile(
    r"/latest/(api/token|meta-data)|/metadata/identity|computeMetadata"
    r"|Missing(AccessKey|SecretAccessKey|AccountName)|application_default_credentials"
)
"""Without any, the cloud's own machines are asked for some, which elsewhere do not answer."""

_LONGEST = 300


@contextmanager
def told(place: str, key: str, *, writing: bool = False) -> Iterator[None]:
    """Turns the library's errors into faults."""
    try:
        yield
    except FileNotFoundError as error:
        if writing:
            raise BadAddress(
                f"{place}: there is no such bucket. Make it, or correct the address."
            ) from error
        raise NotThere(f"{place}: {key} is not there.") from None
    except BaseError as error:
        raise _fault(place, key, error) from error


def _fault(place: str, key: str, error: BaseError) -> StorageFault:
    text = str(error)
    status, code = _found(_STATUS, text), _found(_CODE, text)
    if isinstance(error, PreconditionError):
        return Different(f"{place}: {key} was replaced while it was read.")
    if status == "507" or "Quota" in code or code.endswith("Full"):
        return Full(f"{place}: no room ({code or status}). Nothing was stored. Raise the quota.")
    if _NO_CREDENTIALS.search(text):
        return Denied(
            f"{place}: no credentials were found. Set them in the environment: AWS_ACCESS_KEY_ID "
            "and AWS_SECRET_ACCESS_KEY, GOOGLE_APPLICATION_CREDENTIALS, or "
            "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY."
        )
    denied = isinstance(error, PermissionDeniedError | UnauthenticatedError)
    if denied or status in ("401", "403"):
        return Denied(
            f"{place}: access denied ({code or status}). Check the credentials in the environment, "
            "and that they may read, write, list and delete there; check this machine's clock too."
        )
    return Unreachable(f"{place}: {_summary(text)} Check the address and the network.")


def _summary(text: str) -> str:
    """The first line, without queries: they can hold signatures."""
    first = _QUERY.sub("", text.partition("\n")[0]).strip()
    return f"{first[:_LONGEST].rstrip('. :')}."


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group(1) if match else ""
