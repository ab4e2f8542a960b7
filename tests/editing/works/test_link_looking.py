"""One look at a link where no answer comes."""

from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.editing.works.links.looking import Look, look
from app.outbound.fetching import fetch
from app.outbound.page import Limits
from tests.outbound.playing import (
    AGENT,
    Stranger,
    authority,
    gibberish,
    redirect,
    reply,
    silent,
    stranger,
)

SHORT = Limits(connect=0.3, whole=0.3)


async def looked(there: Stranger, url: str, **options: Any) -> Look:
    calling = partial(fetch, limits=SHORT, allowed={there.endpoint}, **options)
    return await look(url, None, fetch=calling, agent=AGENT, turn=lambda _: nullcontext())


async def nobody(host: str, port: int) -> Sequence[str]:
    raise OSError("no such host")


async def inside(host: str, port: int) -> Sequence[str]:
    return ["10.0.0.7"]


async def test_a_name_that_is_gone(there: Stranger) -> None:
    assert (await looked(there, "http://gone.example/", resolve=nobody)).verdict == "dns"


async def test_a_name_that_leads_inside(there: Stranger) -> None:
    assert (await looked(there, "http://intranet.example/", resolve=inside)).verdict == "skipped"


async def test_a_certificate_that_nobody_knows(tmp_path: Path) -> None:
    own = authority(tmp_path, "courier.example")
    async with stranger(tls=own.proof) as there:
        there.pages["/"] = reply(200)

        assert (await looked(there, there.url("/"))).verdict == "tls"
        assert (await looked(there, there.url("/"), trust=own.trust)).verdict == "ok"


@pytest.mark.parametrize(
    ("play", "verdict"),
    [(silent, "timeout"), (gibberish, "server_error"), (redirect("/a"), "server_error")],
)
async def test_no_answer(there: Stranger, play: Any, verdict: str) -> None:
    there.pages["/a"] = play

    found = await looked(there, there.url("/a"))

    assert (found.verdict, found.page) == (verdict, None)
