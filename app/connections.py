"""What connections to PostgreSQL are opened with, whoever opens them.

A process or a machine that stops without a word must not keep others waiting: not its server, whose
locks it holds, and not its clients.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from psycopg.conninfo import conninfo_to_dict

TCP: Mapping[str, Any] = MappingProxyType(
    {
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
    }
)
"""A server that is gone is noticed within twenty seconds; the system's own default is two hours."""

WAKEFUL: Mapping[str, str] = MappingProxyType({"idle_in_transaction_session_timeout": "30s"})
"""A client that stops in the middle of a transaction loses it, and with it all its locks."""


def options(
    url: str,
    *,
    always: Mapping[str, object] = MappingProxyType({}),
    unless_given: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """The parameter `options`: that of the URL, with `always` over it and `unless_given` below."""
    given = str(conninfo_to_dict(url).get("options") or "")
    return " ".join(filter(None, (_written(unless_given), given, _written(always))))


def _written(settings: Mapping[str, object]) -> str:
    return " ".join(f"-c {name}={value}" for name, value in settings.items())
