"""Every setting, in one place. Read once at start from `MASTHEAD_*` and handed down.

Nothing else reads the environment. In production unsafe values are refused, each with the way out.
"""

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app import setting_values


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Side(StrEnum):
    """Which of the two applications this process serves."""

    ALL = "all"
    DELIVERY = "delivery"
    DESK = "desk"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="MASTHEAD_",
        env_file=".env",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    environment: Environment = Field(
        default=Environment.DEVELOPMENT,
        description="`production` refuses the embedded database and other unsafe values.",
    )
    side: Side = Field(
        default=Side.ALL,
        description="Which side this process serves: `all`, `delivery` or `desk`.",
    )
    data_dir: Path = Field(
        default=Path("var"),
        description="Where the embedded database and other local files live.",
    )

    database_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL ≥ 15, `postgresql://user:password@host/name`. "
        "Without it an embedded PostgreSQL is started under the data directory.",
    )
    delivery_database_url: SecretStr | None = Field(
        default=None,
        description="What the public side reads: a role that sees only the schema `published` "
        "(`masthead roles`), and a read replica if there is one. Default: the database URL.",
    )
    database_pool_size: int = Field(
        default=10, ge=1, le=200, description="Connections per process for the desk."
    )
    reader_connections: int = Field(
        default=4,
        ge=2,
        le=64,
        description="Connections per process for public reads; one of them is for lists that may "
        "be slow.",
    )
    reader_timeout_ms: int = Field(
        default=400,
        ge=50,
        le=10_000,
        description="Longest time, in milliseconds, one public read may take in the database; "
        "a list that needs more is answered 422 `too-broad`.",
    )

    feed_memory_mb: int = Field(
        default=32,
        ge=1,
        le=10_000,
        description="How much memory, in megabytes, each process may use to keep feeds and "
        "sitemaps as it has rendered them.",
    )

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    workers: int = Field(
        default=1, ge=1, le=256, description="Processes of `masthead serve` that answer requests."
    )
    ops_address: str = Field(
        default="127.0.0.1:9464",
        description="Address of `/metrics` and `/readyz`; `off` switches them off.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Comma-separated addresses of proxies whose `X-Forwarded-*` is believed. "
        "Empty: nobody's.",
    )
    public_url: str | None = Field(
        default=None,
        description="Base URL of this API as clients reach it, for the `servers` of the OpenAPI "
        "documents (default: relative). The first `masthead migrate` makes it the site's canonical "
        "address; later that is changed at the desk.",
    )
    max_body_bytes: int = Field(
        default=5_000_000,
        ge=10_000,
        le=100_000_000,
        description="Largest request body the desk accepts, in bytes.",
    )
    graceful_seconds: int = Field(
        default=20,
        ge=0,
        le=600,
        description="How long running requests may take to end when the server stops.",
    )

    media_storage: str | None = Field(
        default=None,
        description="Where files are kept: a folder, or `s3://bucket/prefix?endpoint=…&region=…`, "
        "`gs://bucket/prefix`, `az://container/prefix?account=…`, whose credentials come from the "
        "environment. Default: `media` in the data directory.",
    )
    media_url: str | None = Field(
        default=None,
        description="Base URL of a CDN that fetches `/media` from this server. Readers who ask "
        "here for a file are sent there (307); requests with the header `CDN-Loop`, as its own "
        "have, get the bytes.",
    )
    media_avif: bool = Field(
        default=False,
        description="Whether pictures can be had as AVIF, too: smaller than WebP, for several "
        "times the work.",
    )
    max_upload_bytes: int = Field(
        default=5_000_000_000,
        ge=100_000,
        le=1_000_000_000_000,
        description="Largest file that can be uploaded or imported, in bytes. Pictures have a "
        "limit of their own: 200 MB, and 150 million pixels.",
    )

    playback_secrets: dict[str, SecretStr] = Field(
        default={},
        description="Secrets for the expiring tokens that a video CDN wants, by the names that "
        'assets give in `playback.token.key`, as JSON: `{"cdn-1": "hmac:…", "cdn-2": '
        '"akamai:…"}`. What follows `akamai:` is the hexadecimal key of its Auth Token 2.0.',
    )

    outbound: bool = Field(
        default=True,
        description="Whether the desk and the worker may call other servers: to read a page that "
        "is to be cited, to see whether cited pages are still there, to fetch files that are "
        "imported, and to tell hubs, search engines and partners what is new.",
    )
    outbound_private: str = Field(
        default="",
        description="Comma-separated `address:port` (`10.0.3.7:22`, `[fd00::7]:443`) of hubs and "
        "partners' servers that may be called though they are not on the public internet.",
    )
    delivery_secrets: dict[str, SecretStr] = Field(
        default={},
        description="Secrets for deliveries to partners, by the names that deliveries give, as "
        'JSON: `{"acme": "whsec_…"}` signs what is sent by HTTP, `s3:KEY-ID:SECRET` opens a '
        "bucket, `password:…` or `key:-----BEGIN OPENSSH PRIVATE KEY-----…` an SFTP account.",
    )
    citation_notes: bool = Field(
        default=False,
        description="Whether citations, works, publications and speakers can have internal notes. "
        "They never leave the desk, but can be demanded in court.",
    )
    citation_notes_days: int = Field(
        default=365, ge=1, le=3_650, description="After how many days such notes are emptied."
    )
    csl_styles: Path | None = Field(
        default=None,
        description="A folder with citation styles (`*.csl`) in which readers can have citations, "
        "where the extra `csl` is installed. Each is called by its file's name.",
    )

    log_level: str = Field(default="info", description="debug, info, warning or error.")
    log_format: str = Field(
        default="auto",
        pattern="^(auto|json|text)$",
        description="`json`, `text`, or `auto`: text on a terminal, JSON elsewhere.",
    )
    access_log: bool = Field(default=True, description="Log one event per desk request.")
    delivery_access_log: bool = Field(
        default=False, description="Log one event per public read; the metrics count them anyway."
    )

    @property
    def media_address(self) -> str:
        """Where files are kept, said or not."""
        return self.media_storage or str(self.data_dir / "media")

    @property
    def private_endpoints(self) -> list[tuple[str, int]]:
        """Of `outbound_private`: addresses with their ports."""
        return setting_values.endpoints(self.outbound_private)

    @field_validator("outbound_private")
    @classmethod
    def _are_endpoints(cls, listed: str) -> str:
        setting_values.endpoints(listed)
        return listed

    @field_validator("delivery_secrets")
    @classmethod
    def _can_deliver(cls, secrets: dict[str, SecretStr]) -> dict[str, SecretStr]:
        setting_values.can_deliver(secrets)
        return secrets

    @field_validator("playback_secrets")
    @classmethod
    def _can_sign(cls, secrets: dict[str, SecretStr]) -> dict[str, SecretStr]:
        setting_values.can_sign_playback(secrets)
        return secrets

    @model_validator(mode="after")
    def _urls_can_be_used(self) -> Self:
        for name in ("database_url", "delivery_database_url"):
            secret: SecretStr | None = getattr(self, name)
            if secret and not secret.get_secret_value().startswith(
                ("postgresql://", "postgres://")
            ):
                raise ValueError(
                    f"MASTHEAD_{name.upper()} must start with postgresql:// : Masthead runs on "
                    "PostgreSQL only."
                )
            if secret and not setting_values.is_database_url(secret.get_secret_value()):
                raise ValueError(
                    f"MASTHEAD_{name.upper()} is not a valid address. In a password, characters "
                    "such as @ : / ? # must be percent-encoded."
                )
        if self.public_url is not None and not setting_values.is_web_address(self.public_url):
            raise ValueError(
                "MASTHEAD_PUBLIC_URL must be a whole address, with https:// or http:// in front, "
                "as https://api.example.org."
            )
        if self.media_url is not None and not setting_values.is_web_address(self.media_url):
            raise ValueError(
                "MASTHEAD_MEDIA_URL must be a whole address, with https:// or http:// in front, "
                "as https://media.example.org."
            )
        if self.csl_styles is not None and not self.csl_styles.is_dir():
            raise ValueError(f"MASTHEAD_CSL_STYLES: there is no folder {self.csl_styles}.")
        return self

    @model_validator(mode="after")
    def _production_is_safe(self) -> Self:
        if self.environment is not Environment.PRODUCTION:
            return self
        if self.database_url is None and self.side is not Side.DELIVERY:
            raise ValueError(
                "The embedded database is for trying out and developing. In production set "
                "MASTHEAD_DATABASE_URL to a PostgreSQL server that is backed up."
            )
        if self.side is Side.DELIVERY and not (self.delivery_database_url or self.database_url):
            raise ValueError("Set MASTHEAD_DELIVERY_DATABASE_URL for a delivery-only process.")
        if self.trusted_proxies.strip() == "*":
            raise ValueError(
                "MASTHEAD_TRUSTED_PROXIES=* would let any client choose its own address. "
                "Name the proxies."
            )
        if self.log_level.lower() == "debug":
            raise ValueError("MASTHEAD_LOG_LEVEL=debug writes statements and values; use info.")
        return self


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"MASTHEAD_{name.upper()}"
