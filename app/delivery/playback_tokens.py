"""PURE: addresses with a token that a CDN checks and that expires.

`hmac` is for edge functions of one's own: `expires`, `path` and `signature` are added to the query,
the signature being HMAC-SHA256 over path, a line feed and the expiry, in base64url without padding.
`akamai` is Akamai's Auth Token 2.0 with an ACL, in `hdnts`.

A manifest leads to hundreds of files beside and below it: for one the token is good for its folder.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import SecretStr

_MANIFESTS = ("application/vnd.apple.mpegurl", "application/x-mpegurl", "application/dash+xml")


@dataclass(frozen=True)
class Signer:
    """`key` is the secret as bytes."""

    scheme: Literal["hmac", "akamai"]
    key: bytes


Signers = Mapping[str, Signer]
"""By the names under which assets ask for them."""


def signers(secrets: Mapping[str, SecretStr]) -> Signers:
    """Of secrets as the setting has them, `scheme:secret`. The settings have checked their form."""
    return {
        name: _signer(*secret.get_secret_value().split(":", 1)) for name, secret in secrets.items()
    }


def signed(url: str, media_type: str, signer: Signer, expires: int) -> str:
    """The address with its token. `expires` are seconds since 1970. A root-relative address is one
    of our own files and needs none."""
    parts = urlsplit(url)
    if not parts.netloc:
        return url
    folder = media_type in _MANIFESTS
    path = parts.path[: parts.path.rfind("/") + 1] if folder else parts.path
    token = _TOKENS[signer.scheme](path or "/", folder, signer.key, expires)
    query = f"{parts.query}&{token}" if parts.query else token
    return urlunsplit(parts._replace(query=query))


def _signer(scheme: str, secret: str) -> Signer:
    if scheme == "akamai":
        return Signer("akamai", bytes.fromhex(secret))
    return Signer("hmac", secret.encode())


def _hmac(path: str, folder: bool, key: bytes, expires: int) -> str:
    digest = hmac.digest(key, f"{path}\n{expires}".encode(), hashlib.sha256)
    signature = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return f"expires={expires}&path={quote(path, safe='/')}&signature={signature}"


def _akamai(path: str, folder: bool, key: bytes, expires: int) -> str:
    said = f"exp={expires}~acl={path}{'*' if folder else ''}"
    return f"hdnts={said}~hmac={hmac.new(key, said.encode(), hashlib.sha256).hexdigest()}"


_TOKENS = {"hmac": _hmac, "akamai": _akamai}
