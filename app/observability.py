"""Logs: events with fields, one line each, from our own code and every library alike.

Nothing that a client sent can end a line, colour a terminal or show a secret: values are escaped
and masked where the line is made, not where somebody remembers to.
"""

import json
import logging
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from functools import lru_cache
from io import BytesIO
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger

from app import tracebacks

MASK = "***"

_SECRET_NAME = re.compile(
    r"authorization|passw|secret|token|cookie|api[_-]?key|private[_-]?key|credential|signature|dsn|"
    r"(database|redis)_url",
    re.IGNORECASE,
)
# Each with a text that is quick to look for. No word boundary in front: in a JSON line the
# character before may be the n of "\\n".
_SECRETS = (
    ("mh_", re.compile(r"mh_([0-9A-Za-z]{12})_\w+"), rf"mh_\1_{MASK}"),
    ("mh_", re.compile(r"mh_\w{20,}"), f"mh_{MASK}"),
    ("whsec_", re.compile(r"whsec_[\w+/=]{8,}"), f"whsec_{MASK}"),
    ("earer", re.compile(r"([Bb]earer)\s+[\w.~+/=-]{8,}"), rf"\1 {MASK}"),
    ("asic", re.compile(r"([Bb]asic)\s+[\w+/=]{16,}"), rf"\1 {MASK}"),
    ("://", re.compile(r'://([^\s/:@"]*):[^\s/"]+@'), rf"://\1:{MASK}@"),
)
# What JSON leaves as it is though a terminal or a log viewer obeys it: C1, line ends, direction.
_UNESCAPED = re.compile("[\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_KEPT = "\u00a0\u202f\u200c\u200d"

_COLOURS = {"debug": 2, "info": 32, "warning": 33, "error": 31, "critical": 31}


class RequestNote:
    """What every log line of one request tells about it."""

    __slots__ = ("actor", "id")

    def __init__(self, request_id: str) -> None:
        self.id = request_id
        self.actor: str | None = None


# One object for each request and not structlog's own context variables: those of the request
# before can live on in a kept-alive connection (python/cpython#140947), and name a wrong actor.
_request: ContextVar[RequestNote | None] = ContextVar("request", default=None)


def begin_request(request_id: str) -> RequestNote:
    """From here on, what this task logs carries the id."""
    note = RequestNote(request_id)
    _request.set(note)
    return note


def name_actor(actor: str) -> None:
    """Say who acts, as `kind:id`: the log lines of this request carry it from here on."""
    if note := _request.get():
        note.actor = actor


def request_id() -> str | None:
    note = _request.get()
    return note.id if note else None


def configure(level: str, json: bool) -> None:
    """Send all logs, the standard library's too, to stderr: JSON lines, or text for people.

    Raises ValueError for an unknown level.
    """
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise ValueError(f"Unknown log level {level!r}: use debug, info, warning or error.")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _add_request,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.ExceptionRenderer(tracebacks.written),
            _mask_fields,
            _as_json if json else _as_text(colours=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.BytesLoggerFactory(_Stderr()),
        cache_logger_on_first_use=True,
    )
    _redirect_standard_logging(number)


def mask(text: str) -> str:
    """The same text without keys, bearer credentials and passwords in addresses."""
    for sign, pattern, replacement in _SECRETS:
        if sign in text:
            text = pattern.sub(replacement, text)
    return text


def printable(text: str) -> str:
    """The same text, what a terminal would obey or not show written out (`\\x1b`).

    No-break spaces and joiners stay: French and Persian are written with them.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _KEPT else ascii(c)[1:-1] for c in text)


class _Stderr(BytesIO):
    """A full disk or a closed pipe must not turn into failed requests."""

    def write(self, line: Any) -> int:
        with suppress(OSError, ValueError):
            return sys.stderr.buffer.write(line)
        return 0

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.buffer.flush()


class _IntoStructlog(logging.Handler):
    """Hands the records of the standard library on, so that there is one way out."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            level = next(name for name, least in _LEVELS if record.levelno >= least)
            log = getattr(structlog.get_logger(), level)
            log(record.getMessage(), logger=record.name, exc_info=record.exc_info)
        except Exception:
            self.handleError(record)


_LEVELS = (
    ("critical", logging.CRITICAL),
    ("error", logging.ERROR),
    ("warning", logging.WARNING),
    ("info", logging.INFO),
    ("debug", logging.NOTSET),
)


def _redirect_standard_logging(number: int) -> None:
    root = logging.getLogger()
    kept = [one for one in root.handlers if not isinstance(one, _IntoStructlog)]
    root.handlers = [*kept, _IntoStructlog()]
    root.setLevel(number)
    logging.captureWarnings(capture=True)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    # The event `http_request` replaces it. Without a handler uvicorn does not even build the line.
    access = logging.getLogger("uvicorn.access")
    access.handlers, access.propagate = [], False
    # They name every statement or every request to others; wanted only by who asks for debug.
    for name in ("httpx", "httpcore", "psycopg", "sqlalchemy.engine"):
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    # What is wrong with a file is told to whoever sent it.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def _add_request(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    if note := _request.get():
        event["request_id"] = note.id
        if note.actor:
            event["actor"] = note.actor
    return event


@lru_cache(1024)
def _is_secret(name: str) -> bool:
    return bool(_SECRET_NAME.search(name))


def _mask_fields(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    return {name: _masked(name, value) for name, value in event.items()}


def _masked(name: Any, value: Any) -> Any:
    if value is not None and value is not True and value is not False and _is_secret(str(name)):
        return MASK
    if isinstance(value, dict):
        return {key: _masked(key, inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_masked("", inner) for inner in value]
    return value


def _as_json(logger: WrappedLogger, method: str, event: EventDict) -> bytes:
    try:
        line = orjson.dumps(event, default=repr, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:
        line = json.dumps({str(key): value for key, value in event.items()}, default=repr)
    if not line.isascii():
        line = _UNESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
    return mask(line).encode()


def _as_text(*, colours: bool) -> Callable[[WrappedLogger, str, EventDict], bytes]:
    def render(logger: WrappedLogger, method: str, event: EventDict) -> bytes:
        time = event.pop("timestamp", "")[11:23]
        level = event.pop("level", method)
        title = printable(str(event.pop("event", "")))
        traceback = event.pop("exception", "")
        shown = f"\x1b[{_COLOURS.get(level, 0)}m{level:<8}\x1b[0m" if colours else f"{level:<8}"
        fields = "".join(f" {printable(str(k))}={_shown(v)}" for k, v in event.items())
        lines = [f"{time} {shown} {title}{fields}"]
        lines += [f"    | {printable(line)}" for line in str(traceback).splitlines()]
        return mask("\n".join(lines)).encode("utf-8", "replace")

    return render


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if text.isprintable() and text and " " not in text else printable(repr(text))
