"""PURE: what the values of settings must look like. Each raises ValueError with the way out."""

import re
from collections.abc import Mapping
from ipaddress import ip_address

import psycopg
from psycopg.conninfo import conninfo_to_dict
from pydantic import AnyHttpUrl, SecretStr, TypeAdapter, ValidationError

_HTTP_URL = TypeAdapter(AnyHttpUrl)
_PLAYBACK_SECRET = re.compile(r"hmac:.{16,}|akamai:([0-9A-Fa-f]{2}){8,}")
_DELIVERY_SECRET = re.compile(
    r"whsec_[A-Za-z0-9+/]{32,}={0,2}|s3:[^\s:]{3,}:\S{8,}|password:.+"
    r"|key:-----BEGIN [A-Z ]*PRIVATE KEY-----\s.+",
    re.DOTALL,
)


def can_sign_playback(secrets: Mapping[str, SecretStr]) -> None:
    for name, secret in secrets.items():
        if not _PLAYBACK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError(
                f"MASTHEAD_PLAYBACK_SECRETS: the secret of {name} must be hmac: and at least "
                "16 characters, or akamai: and its hexadecimal key."
            )


def can_deliver(secrets: Mapping[str, SecretStr]) -> None:
    for name, secret in secrets.items():
        if not _DELIVERY_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError(
                f"MASTHEAD_DELIVERY_SECRETS: the secret of {name} must be whsec_ and at least "
                "32 characters of base64, s3:KEY-ID:SECRET, password:…, or key: and a private "
                "key in PEM, its lines separated by \\n."
            )


def endpoints(listed: str) -> list[tuple[str, int]]:
    """Of `MASTHEAD_OUTBOUND_PRIVATE`: addresses with their ports."""
    return [_endpoint(each.strip()) for each in listed.split(",") if each.strip()]


def _endpoint(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    try:
        return str(ip_address(host.removeprefix("[").removesuffix("]"))), int(port)
    except ValueError:
        raise ValueError(
            f"MASTHEAD_OUTBOUND_PRIVATE: {text!r} is no address with a port, such as "
            "10.0.3.7:22 or [fd00::7]:443. Names are not accepted: what they mean can change."
        ) from None


def is_database_url(url: str) -> bool:
    try:
        conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return False
    return True


def is_web_address(url: str) -> bool:
    try:
        _HTTP_URL.validate_python(url)
    except ValidationError:
        return False
    return True
