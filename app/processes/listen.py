"""The socket that a server's processes share, opened before anything else is begun."""

import errno
import socket

from app.errors import Unavailable

BACKLOG = 2048


def bind(host: str, port: int) -> socket.socket:
    """Take the address. From now on connections wait there until somebody answers: none is refused
    while a server starts again.

    Raises `Unavailable`, with the way out, where that is not possible.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except socket.gaierror as error:
        raise Unavailable(f"Cannot listen on {host}: {error.strerror}.") from error
    family, kind, protocol, _, address = found[0]
    taken = socket.socket(family, kind, protocol)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        # Two that bind at once both succeed; only one of them can listen.
        taken.listen(BACKLOG)
    except OSError as error:
        taken.close()
        raise Unavailable(_explained(error, host, port)) from error
    return taken


def url_of(listening: socket.socket) -> str:
    """How to reach it from this machine, or from others where it listens on one address."""
    return url_at(*listening.getsockname()[:2])


def url_at(host: str, port: int) -> str:
    """The same for a server with these settings."""
    if host in ("0.0.0.0", "::"):  # noqa: S104  a name for "all", not a decision
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _explained(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is in use. Choose another with --port, "
            "or stop what listens there."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is for privileged processes. Choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine. Choose one with --host."
    return f"Cannot listen on {host}, port {port}: {error.strerror}."
