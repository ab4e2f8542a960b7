"""A process that uses an embedded server: `python -m tests.embedded.user DIRECTORY [options]`.

It writes one line of JSON when it has started (`{"url": …}` or `{"error": …}`), then one for
every line of SQL that it reads, and when there are no more it leaves and writes the last.
"""

import argparse
import json
import os
import pwd
import signal
import sys
from pathlib import Path

import psycopg

from app import embedded
from app.errors import Unavailable


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", type=Path)
    parser.add_argument("--account", help="become this account first")
    parser.add_argument("--patience", type=float, default=100)
    parser.add_argument("--setting", nargs=2, action="append", default=[])
    arguments = parser.parse_args()
    # As uvicorn and our commands do: the signal becomes an orderly end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if arguments.account:
        become(arguments.account)
    try:
        server = embedded.start(
            arguments.directory,
            settings=dict(arguments.setting),
            report=lambda what: print(what, file=sys.stderr, flush=True),
            patience=arguments.patience,
        )
    except Unavailable as error:
        say({"error": error.detail})
        return
    with server:
        say({"url": server.url})
        for line in sys.stdin:
            say(answer(server.url, line))
        say({"stopped": server.leave()})


def become(name: str) -> None:
    # Python may be where that account cannot read; what follows is loaded already.
    entry = pwd.getpwnam(name)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def answer(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else None


def say(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
