"""Whether connections are sessions: a pooler that shares them among transactions is in the way."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
from psycopg import sql

from app.cli.checks.finding import Finding, bad, doubtful, good

WAIT_SECONDS = 1.0
OTHERS = 3


def sessions(url: str) -> Iterator[Finding]:
    if not keeps_state(url):
        yield bad(
            "sessions",
            "what is set on a connection is lost between transactions: a pooler shares it",
            "Give Masthead the server's own address, or set the pooler to session mode.",
        )
    else:
        yield good("sessions", "connections keep their state")


def notifications(url: str) -> Iterator[Finding]:
    """What the desk and the worker use; the public side does without."""
    if is_replica(url):
        yield bad(
            "notifications",
            "this is a replica: it has none, and the desk can write nothing",
            "Give the desk and the worker the primary's address as MASTHEAD_DATABASE_URL.",
        )
    elif hears(url):
        yield good("notifications", "LISTEN hears NOTIFY")
    else:
        yield doubtful(
            "notifications",
            f"LISTEN did not hear NOTIFY within {WAIT_SECONDS:.0f} s",
            "Things go on by polling, half a second later; use the server's own address.",
        )


def is_replica(url: str) -> bool:
    with _connected(url) as connection:
        return connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,)


def keeps_state(url: str) -> bool:
    """Whether a connection stays with its server process while others come and go.

    Poolers hand the server process used last to whoever asks next: so others ask, and hold it.
    """
    mark = secrets.token_hex(8)
    with ExitStack() as stack:
        own = stack.enter_context(_connected(url))
        own.execute("SELECT set_config('masthead.mark', %s, false)", [mark])
        for _ in range(OTHERS):
            other = stack.enter_context(_connected(url))
            other.execute("BEGIN")
            other.execute("SELECT 1")
        found = own.execute("SELECT current_setting('masthead.mark', true)").fetchone()
        return found == (mark,)


def hears(url: str) -> bool:
    """Whether a notification from another connection arrives."""
    channel = f"masthead_{secrets.token_hex(8)}"
    with _connected(url) as listener, _connected(url) as speaker:
        listener.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        speaker.execute("SELECT pg_notify(%s, '')", [channel])
        # To its end: a generator left halfway keeps the connection locked.
        heard = list(listener.notifies(timeout=WAIT_SECONDS, stop_after=1))
        return [one.channel for one in heard] == [channel]


def _connected(url: str) -> psycopg.Connection:
    # No prepared statements: behind such a pooler they fail for a reason of their own.
    return psycopg.connect(url, connect_timeout=5, autocommit=True, prepare_threshold=None)
