"""What is delivered, and where: plain data for those who carry it there.

https://partner.example/incoming                                by HTTP
s3://bucket/folder/news.xml?endpoint=https://…&region=…         into a bucket
sftp://user@sftp.partner.example:22/incoming/news.xml           by SFTP
"""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

Kind = Literal["http", "s3", "sftp"]

KINDS: dict[str, Kind] = {"http": "http", "https": "http", "s3": "s3", "sftp": "sftp"}
"""By the scheme of the address."""

SECRETS: dict[Kind, tuple[str, ...]] = {
    "http": ("whsec_",),
    "s3": ("s3:",),
    "sftp": ("password:", "key:"),
}
"""What the secret for each begins with."""

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z0-9-]{1,40}")
_USER = re.compile(r"[A-Za-z0-9._@+-]{1,100}")
_NO_PATH = re.compile(r"(^|/)(\.{0,2})(/|$)")
"""Parts of a path that are empty or lead elsewhere."""


@dataclass(frozen=True)
class Parcel:
    """`name` says to the receiver which push this is: the same for each try of it."""

    name: str
    address: str
    content: bytes
    media_type: str
    secret: str | None = field(repr=False)
    host_key: str | None
    agent: str


@dataclass(frozen=True)
class BucketPlace:
    bucket: str
    key: str
    endpoint: str
    region: str


@dataclass(frozen=True)
class SftpPlace:
    user: str
    host: str
    port: int
    path: str


def bucket_place(address: str) -> BucketPlace:
    """Raises ValueError, with what is wrong."""
    url = _split(address, "s3")
    options = dict(parse_qsl(url.query, keep_blank_values=True))
    if set(options) - {"endpoint", "region"}:
        raise ValueError("After the ? stand endpoint and region, and nothing else.")
    region = options.get("region", "us-east-1")
    endpoint = options.get("endpoint", f"https://s3.{region}.amazonaws.com").rstrip("/")
    if not _BUCKET.fullmatch(url.netloc):
        raise ValueError("Behind s3:// stands the name of a bucket.")
    if not _REGION.fullmatch(region):
        raise ValueError("The region is one like eu-central-1.")
    there = urlsplit(endpoint)
    found = there.scheme in ("http", "https") and there.hostname and there.port != 0
    if not found or there.query or there.username:
        raise ValueError("The endpoint is an address like https://s3.example.org.")
    return BucketPlace(url.netloc, _path(url)[1:], endpoint, region)


def sftp_place(address: str) -> SftpPlace:
    """Raises ValueError, with what is wrong."""
    url = _split(address, "sftp")
    if url.query or url.password is not None:
        raise ValueError("It has no query and no password: that is the secret's matter.")
    user = unquote(url.username or "")
    if not _USER.fullmatch(user) or not url.hostname:
        raise ValueError("It must name a user and a host: sftp://user@host/folder/file.xml.")
    return SftpPlace(user, url.hostname, url.port or 22, _path(url))


def _split(address: str, scheme: str) -> SplitResult:
    url = urlsplit(address)
    if url.scheme != scheme or url.fragment:
        raise ValueError(f"It must begin with {scheme}:// and have no #.")
    return url


def _path(url: SplitResult) -> str:
    """From the slash on: a folder or more, and the name of a file."""
    path = unquote(url.path)
    if not path.startswith("/") or _NO_PATH.search(path[1:]) or not path.isprintable():
        raise ValueError("It must end with the path of a file, such as /incoming/news.xml.")
    return path
