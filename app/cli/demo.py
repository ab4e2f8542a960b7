"""`masthead demo`: an invented newsroom to try everything on."""

import asyncio
import json
import os
import shlex
from pathlib import Path
from typing import Annotated, NamedTuple

import structlog
import typer
from sqlalchemy import ColumnExpressionArgument, select

from app import jobs
from app.assembly import Located, located
from app.cli.console import give, out, say
from app.cli.failures import REFUSED, Stop
from app.cli.opening import PATIENCE_SECONDS, environment, fit, load
from app.cli.progress import stages
from app.cli.serve import CUT_SHORT
from app.cli.working import opened
from app.database import Database
from app.exchange.demo.seeding import has_room, seed
from app.identity import commands, queries
from app.identity.actor import SYSTEM
from app.identity.scopes import ROLES
from app.processes.listen import bind, url_of
from app.processes.server import Crew, run
from app.published.models import Document, Listing
from app.published.paths import encode
from app.settings import Environment

KEY_NAME = "Demo"

log = structlog.get_logger()


class Demo(NamedTuple):
    """`pages` are the paths of the newest articles, one of each edition, by its code; `films` those
    of the newest with something to watch."""

    key: str
    pages: dict[str, str]
    films: dict[str, str]


def demo(
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any free one.")
    ] = None,
) -> None:
    """Serve an invented newsroom, in three editions, with a key to write in it.

    Its data stay in ./var: the next demo goes on with them. The URL and the key are also in
    ./var/demo.json, for scripts. Where there is a newsroom of your own it is refused.
    """
    settings = load(port=port)
    if settings.environment is Environment.PRODUCTION:
        raise Stop("The demo is for trying out, not for production.", code=REFUSED)
    listening = bind(settings.host, settings.port)
    url = url_of(listening)
    file = settings.data_dir / "demo.json"
    with located(settings, say) as here:
        fit(here, base=url, patience=PATIENCE_SECONDS)
        made = asyncio.run(opened(here, lambda database: _prepared(database, _old_key(file))))
        _keep(file, url, made.key)
        crew = Crew(
            listening=listening, web=settings.workers, worker=True, environment=environment()
        )
        if not run(here, crew, when_ready=lambda url: _show(here, str(url), made, file)):
            raise Stop(CUT_SHORT)


async def _prepared(database: Database, old_key: str | None) -> Demo:
    if not await has_room(database):
        raise Stop(
            "Somebody's own newsroom is in this database: the demo would put a key into it that "
            "may do everything. Run it in another directory, without MASTHEAD_DATABASE_URL.",
            code=REFUSED,
        )
    with stages() as tell:
        if await seed(database, progress=tell):
            await jobs.drain(database)
    key = await valid_key(database, old_key)
    return Demo(key, await _newest(database), await _newest(database, Listing.has_video))


async def valid_key(database: Database, old_key: str | None) -> str:
    """The key of an earlier demo if it still opens everything, else a new one."""
    async with database.write() as session:
        holder = await queries.actor_of(session, old_key) if old_key else None
        if old_key and holder and holder.scopes >= ROLES["admin"]:
            return old_key
        made = await commands.create(session, SYSTEM, name=KEY_NAME, scopes=ROLES["admin"])
        return made.text


async def _newest(database: Database, *wanted: ColumnExpressionArgument[bool]) -> dict[str, str]:
    """The path of the newest such article of each edition."""
    newest = (
        select(Listing.edition, Document.path)
        .join(Document, Document.id == Listing.article_id)
        .where(Document.status == 200, *wanted)
        .distinct(Listing.edition)
        .order_by(Listing.edition, Listing.published_at.desc())
    )
    async with database.read() as session:
        found = await session.execute(newest)
        return {edition: encode(path) for edition, path in found if path}


def _old_key(file: Path) -> str | None:
    try:
        key = json.loads(file.read_text())["desk_key"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return key if isinstance(key, str) else None


def _keep(file: Path, url: str, key: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened_file:
        json.dump({"url": url, "desk_key": key}, opened_file, indent=2)
    draft.replace(file)


def _show(here: Located, url: str, made: Demo, file: Path) -> None:
    log.info("listening", url=url, side="all", embedded_database=here.embedded)
    header = shlex.quote(f"Authorization: Bearer {made.key}")
    editions = [
        line
        for edition, path in made.pages.items()
        for line in (
            f"  sections, {edition:<8}{url}/v1/sections?edition={edition}",
            f"  a page, {edition:<10}{url}/v1/pages{path}",
        )
    ]
    films = [
        f"  a film, {edition:<10}{url}/v1/pages{path}?view=app"
        for edition, path in made.films.items()
    ]
    parts = {
        "Read": [
            f"  API docs          {url}/docs",
            f"  the site          {url}/v1/site",
            f"  newest articles   {url}/v1/articles?limit=5",
            *editions,
            f"  all feeds         {url}/v1/feeds",
            f"  RSS               {url}/feeds/latest.rss",
            f"  sitemaps          {url}/sitemap.xml",
        ],
        "Watch": [
            f"  the TV home       {url}/v1/tv/home",
            f"  Roku's feed       {url}/feeds/latest.roku",
            *films,
        ],
        "Write": [
            f"  API docs          {url}/desk/docs",
            f"  a key             {made.key}",
            f"  with it           curl -s -H {header} {url}/desk/me",
        ],
    }
    out.rule("Masthead: demo newsroom")
    for name, lines in parts.items():
        out.print(name, style="bold")
        for line in lines:
            give(line)
    give(
        f"\nURL and key are in {file}, too. Ctrl-C stops; the next demo goes on with the same data."
    )
