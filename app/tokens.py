"""The written form of API keys: `mh_<id>_<secret>_<check>`.

The id finds the row, the secret (256 bits) proves it, the check lets a typo or a truncated paste
be refused without asking the database, and the prefix lets scanners find leaked keys.
Only a digest of the secret is stored. A fast hash is right here: the secret is random and long.
"""

import hashlib
import hmac
import re
import secrets
import string
import zlib
from dataclasses import dataclass

_ALPHABET = string.digits + string.ascii_letters
_FORM = re.compile(r"mh_([0-9A-Za-z]{12})_([0-9A-Za-z]{43})_([0-9a-f]{8})")


@dataclass(frozen=True)
class Token:
    """A key as its owner holds it. `text` must be shown once and never stored or logged."""

    prefix: str
    secret: str

    @property
    def text(self) -> str:
        body = f"mh_{self.prefix}_{self.secret}"
        return f"{body}_{_check(body)}"

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.secret.encode()).digest()

    def proves(self, digest: bytes) -> bool:
        """Whether this token is the one of which `digest` was stored (in constant time)."""
        return hmac.compare_digest(self.digest, digest)


def make() -> Token:
    return Token(prefix=_random(12), secret=_random(43))


def parse(text: str) -> Token | None:
    """The token, or None where the text cannot be one."""
    match = _FORM.fullmatch(text)
    if not match or not hmac.compare_digest(_check(text.rpartition("_")[0]), match[3]):
        return None
    return Token(prefix=match[1], secret=match[2])


def bearer(authorization: str | None) -> str | None:
    """The credentials of an `Authorization: Bearer …` header (RFC 6750 §2.1)."""
    scheme, _, credentials = (authorization or "").partition(" ")
    return credentials.strip() or None if scheme.lower() == "bearer" else None


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _check(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"
