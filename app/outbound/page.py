"""What comes of a call: a page, or why there is none.

Refused       we do not call there; `reason` says why
Unreachable   we called, and nothing came that can be read; `kind` says how it failed
TooLarge      more came than was wanted, of what is of no use in part
"""

from dataclasses import dataclass
from typing import Literal

import httpx

Reason = Literal["scheme", "credentials", "host", "port", "address", "robots"]
Kind = Literal["dns", "tls", "timeout", "refused", "redirects"]


class Refused(Exception):
    """The message is made for whoever gave the address; it tells nothing of our network."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Unreachable(Exception):
    """`refused` is also said of connections that broke off, and of answers that are no HTTP."""

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class TooLarge(Exception):
    """`most` are the bytes that it may have."""

    def __init__(self, most: int) -> None:
        super().__init__(f"It has more than {most:,} bytes.")
        self.most = most


@dataclass(frozen=True)
class Limits:
    """How much is asked of the network: seconds, bytes of a body, redirects in a row.

    `silence`: so many seconds the server may send nothing; None: as long as the whole may take.
    """

    connect: float = 5
    whole: float = 15
    body: int = 2_000_000
    redirects: int = 5
    silence: float | None = None


USUAL = Limits()


@dataclass(frozen=True)
class Page:
    """An answer, whatever its status. `redirects` are the statuses of those on the way to it.

    `body` is unpacked, and cut at the limit (`cut`); of a HEAD there is none, nor of what went
    elsewhere.
    """

    status: int
    final_url: str
    redirects: tuple[int, ...]
    headers: httpx.Headers
    body: bytes
    cut: bool
    milliseconds: int

    @property
    def media_type(self) -> str:
        sent: str = self.headers.get("content-type", "")
        return sent.partition(";")[0].strip().lower()
