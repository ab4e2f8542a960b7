"""What comes of a call: a page, or why there is none.

Refused       we do not call there; `reason` says why
Unreachable   we called, and nothing came that can be read; `kind` says how it failed
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


@dataclass(frozen=True)
class Limits:
    """How much is asked of the network: seconds, bytes of a body, redirects in a row."""

    connect: float = 5
    whole: float = 15
    body: int = 2_000_000
    redirects: int = 5


USUAL = Limits()


@dataclass(frozen=True)
class Page:
    """An answer, whatever its status. `redirects` are the statuses of those on the way to it.

    `body` is unpacked, and cut at the limit (`cut`); of a HEAD there is none.
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
