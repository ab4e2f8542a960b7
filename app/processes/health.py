"""Whether the server here lives: `python -m app.processes.health`, the health check of containers.

It asks the ops address about the processes, not about databases: to start a container again does
not mend one that is away. Where the ops address is off, the public port is asked.
"""

import json
import sys
from http.client import HTTPConnection, HTTPException

from app.ops import OFF, parse_address
from app.settings import Settings

SECONDS = 4
OF_DATABASES = ("database", "migrations")
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  names for "all", not decisions


def main() -> str | None:
    """What is wrong, or None."""
    settings = Settings()
    try:
        if settings.ops_address.strip().lower() in OFF:
            status, _ = _answer(settings.host, settings.port, "/healthz")
            return None if status == 200 else f"/healthz answers {status}"
        _, body = _answer(*parse_address(settings.ops_address), "/readyz")
        checks = json.loads(body)["checks"]
    except (OSError, HTTPException, ValueError) as error:
        return str(error)
    wrong = [name for name in checks if not name.endswith(OF_DATABASES) and not checks[name]["ok"]]
    return "; ".join(checks[name]["detail"] for name in wrong) or None


def _answer(host: str, port: int, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection(EVERYWHERE.get(host, host), port, timeout=SECONDS)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


if __name__ == "__main__":
    sys.exit(main())
