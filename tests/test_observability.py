"""What really reaches stderr: each case is a process of its own, read from outside."""

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import observability, tokens

START = """
import logging, sys, warnings, structlog
from app import observability
observability.configure({level!r}, json={json})
log = structlog.get_logger()
"""


def stderr_of(code: str, *, json: bool = True, level: str = "info") -> bytes:
    program = START.format(level=level, json=json) + code
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"", "logs never mix with the output of commands"
    return done.stderr


def written_by(codes: list[str], value: str, *, json: bool) -> list[tuple[str, str]]:
    """What each of them writes of this value, all in one process."""
    end = "-- the next --\n"
    program = "".join(f"{code.format(value)}\nsys.stderr.write({end!r})\n" for code in codes)
    *parts, rest = stderr_of(program, json=json).decode().split(end)
    assert rest == ""
    return list(zip(codes, parts, strict=True))


def events(code: str, **options: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stderr_of(code, **options).splitlines()]


def test_an_event_is_one_line_of_json():
    (event,) = events("log.info('article_published', id='a1', version=2, path='/سیاست')")

    assert event.pop("timestamp").endswith("Z")
    assert event == {
        "event": "article_published", "level": "info", "id": "a1", "version": 2, "path": "/سیاست"
    }  # fmt: skip


def test_the_level_holds_for_us_and_for_libraries():
    code = """
log.debug('no'); log.info('no'); log.warning('ours')
logging.getLogger('any.library').info('no'); logging.getLogger('any.library').warning('theirs')
"""
    assert [event["event"] for event in events(code, level="warning")] == ["ours", "theirs"]


def test_an_unknown_level_is_refused_with_those_that_exist():
    with pytest.raises(ValueError, match="debug, info, warning or error"):
        observability.configure("loud", json=True)


def test_records_of_libraries_and_warnings_go_the_same_way():
    code = """
logging.getLogger('uvicorn.error').info('Started %s', 7)
logging.getLogger('uvicorn.access').info('GET /')
logging.getLogger('some.library').log(25, 'between two levels')
warnings.warn('old')
"""
    found = events(code)

    assert [event["level"] for event in found] == ["info", "info", "warning"]
    assert [event["logger"] for event in found] == ["uvicorn.error", "some.library", "py.warnings"]
    assert found[0]["event"] == "Started 7"


def test_a_record_that_cannot_be_written_does_not_stop_the_work():
    code = """
logging.raiseExceptions = False
logging.getLogger('x').info('%d', 'not a number')
log.info('still_here')
"""
    assert [event["event"] for event in events(code)] == ["still_here"]


def test_a_closed_stderr_does_not_stop_the_work():
    # The interpreter's own clean-up would complain of the closed stream: it is left out.
    code = (
        "import os; os.close(2); log.info('lost'); logging.getLogger('x').error('lost too');"
        " os._exit(0)"
    )

    assert stderr_of(code) == b""


def test_values_that_are_no_json_are_written_somehow():
    code = """
class Odd:
    def __repr__(self): return 'odd'
log.info('x', a=Odd(), b={1: Odd()}, c=10**30, d=chr(0xd800), e=b'bytes', f=float('nan'))
"""
    (event,) = events(code)

    assert event["a"] == "odd"
    assert event["b"] == {"1": "odd"}


def test_a_traceback_is_part_of_its_event():
    (event,) = events("""
try: 1 / 0
except ZeroDivisionError: log.exception('request_failed')
""")

    assert "ZeroDivisionError" in event["exception"]
    assert event["level"] == "error"


def test_the_lines_of_a_request_carry_its_id_and_actor():
    first, second, third = events("""
observability.begin_request('r1'); log.info('a'); observability.name_actor('key:7')
logging.getLogger('x').info('b')
observability.begin_request('r2'); log.info('c')
""")

    assert first["request_id"] == second["request_id"] == "r1"
    assert "actor" not in first
    assert second["actor"] == "key:7"
    assert (third["request_id"], "actor" in third) == ("r2", False)


HOSTILE = "one\r\nINFO forged\n\x1b[31mred\x9b31m\u2028line\u202edrawkcab\x00\x7f\x85"


UNTRUSTED = [
    "log.info('x', path={0!r})",
    "log.info({0!r})",
    "log.info('x', **{{{0!r}: 1}})",
    "log.info('x', nested=[{{'a': {0!r}}}])",
    "logging.getLogger('x').info({0!r})",
    "logging.getLogger({0!r}).info('x')",
    "observability.begin_request({0!r}); log.info('x')",
]


@pytest.mark.parametrize("as_json", [True, False])
def test_no_value_can_end_a_line_or_command_a_terminal(as_json):
    for code, text in written_by(UNTRUSTED, HOSTILE, json=as_json):
        assert text.endswith("\n"), code
        assert "forged" in text, code
        controls = [c for c in text[:-1] if not c.isprintable() and c != "\x7f"]
        assert controls == [], code


def test_a_traceback_for_people_cannot_forge_a_line():
    text = stderr_of(f"""
try: raise ValueError({HOSTILE!r})
except ValueError: log.exception('x')
""", json=False).decode()  # fmt: skip

    first, *rest = text.removesuffix("\n").split("\n")
    assert "error" in first
    assert rest
    assert all(line.startswith("    | ") and line.isprintable() for line in rest)


def test_lines_for_people_are_readable():
    text = stderr_of("log.info('article_published', id='a1', title='Two words')", json=False)

    assert text.decode()[13:] == "info     article_published id=a1 title='Two words'\n"


KEY = tokens.make().text


SECRET = [
    "log.info({0!r})",
    "log.info('x', header='Bearer ' + {0!r})",
    "log.info('x', nested={{'list': [{0!r}]}})",
    "log.info('x\\n' + {0!r})",
    "log.info('x', authorization={0!r}[3:])",
    "log.info('x', **{{'X-Api-Key': {0!r}[3:]}})",
    "log.info('x', headers={{'Cookie': {0!r}[3:], 'a': 1}})",
    "log.info('x', password={0!r}[3:], new_password=[{0!r}[3:]])",
    "log.info('x', client_secret={0!r}[3:].encode())",
    "log.info('x', url='postgresql://masthead:' + {0!r}[3:] + '@host/db')",
    "log.info('x', header='Bearer ' + {0!r}[3:])",
    "log.info('x', header='Basic ' + {0!r}[3:])",
    "log.info('x', hook='whsec_' + {0!r}[3:])",
    "logging.getLogger('x').warning('with %s', {0!r})",
    "try: raise ValueError({0!r})\nexcept ValueError: log.exception('x')",
]


@pytest.mark.parametrize("as_json", [True, False])
def test_no_secret_reaches_the_log(as_json):
    for code, text in written_by(SECRET, KEY, json=as_json):
        assert text, code
        assert KEY.split("_")[2] not in text, code


def test_of_a_key_the_public_part_stays_so_that_it_can_be_found():
    assert observability.mask(f"with {KEY}.") == f"with mh_{KEY.split('_')[1]}_***."


@given(st.text())
def test_what_holds_no_secret_is_not_touched(text):
    if "_" not in text and "@" not in text and "earer" not in text and "asic" not in text:
        assert observability.mask(text) == text
