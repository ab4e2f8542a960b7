"""Importing media: look through all articles, fetch each file once, put the assets in their place.

Broken off at any moment, the same import goes on: what was fetched is known by its old address,
and articles that were rewritten name none any more.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlsplit

from app.database import Database
from app.editing.assets import fetching
from app.editing.assets.fetching import Caller
from app.exchange.media import rewriting, taking
from app.exchange.media.places import File, Hosts, candidates
from app.exchange.media.report import FileItem, Report
from app.exchange.media.surveying import Progress, Survey, survey
from app.identity.actor import Actor
from app.outbound.fetching import fetch
from app.outbound.targets import PORTS, system_addresses

CHUNK = 20
"""Articles in one transaction: readers of the change log wait for its end."""


@dataclass(frozen=True)
class Options:
    """`at_once` files are fetched at a time. A dry run looks through the articles only.

    `at` is the address of the machine that has these hosts, where their names do not lead there, or
    it is not on the public internet. A host may have its port with it.
    """

    hosts: tuple[str, ...]
    at: str | None = None
    at_once: int = 4
    dry_run: bool = False


async def import_media(
    database: Database,
    actor: Actor,
    options: Options,
    *,
    progress: Progress = lambda work, done, total: None,
) -> Report:
    """Bring the files of these hosts here that articles show. Raises OutboundOff."""
    hosts = Hosts(*options.hosts)
    found = await survey(database, hosts, progress)
    report = Report(options.dry_run, found.looked_at, found.hosts, still_named=found.still_named)
    if options.dry_run:
        report.files = [FileItem(each.urls, each.kind, "found") for each in found.files]
        return report
    async with database.read() as session:
        call = await fetching.caller(session)
    if options.at:
        call = _leading(call, options.hosts, options.at)
    report.files = await _take(database, actor, call, found, options, progress)
    assets = {File(each.kind, each.urls): each.asset_id for each in report.files if each.asset_id}
    for start in range(0, len(found.articles), CHUNK):
        chunk = found.articles[start : start + CHUNK]
        async with database.write() as session:
            report.articles += await rewriting.rewrite(session, actor, chunk, assets, hosts)
        progress("Rewriting articles", start + len(chunk), len(found.articles))
    return report


async def _take(
    database: Database,
    actor: Actor,
    call: Caller,
    found: Survey,
    options: Options,
    progress: Progress,
) -> list[FileItem]:
    waiting, items = _groups(found), list[FileItem]()

    async def work() -> None:
        while waiting:
            for file in waiting.pop():
                items.append(await taking.take(database, actor, call, file, found.files[file]))
                progress("Fetching files", len(items), len(found.files))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(options.at_once):
                group.create_task(work())
    except ExceptionGroup as several:
        raise several.exceptions[0] from None
    order = {file: number for number, file in enumerate(found.files)}
    return sorted(items, key=lambda item: order[File(item.kind, item.urls)])


def _leading(call: Caller, hosts: tuple[str, ...], address: str) -> Caller:
    """Calls that find these hosts, and only these, at this address."""
    split = [urlsplit(f"//{host}") for host in hosts]
    names = {each.hostname for each in split}
    ports = {port for each in split for port in ([each.port] if each.port else PORTS)}

    async def resolve(host: str, port: int) -> Sequence[str]:
        return [address] if host in names else await system_addresses(host, port)

    allowed = {(address, port) for port in ports}
    return replace(call, fetch=partial(fetch, resolve=resolve, allowed=allowed))


def _groups(found: Survey) -> list[list[File]]:
    """Files that may be one, as smaller ones of a picture are: they are taken one by one."""
    groups: dict[tuple[str, str], list[File]] = {}
    for file in found.files:
        groups.setdefault((file.kind, candidates(file.urls[0])[0]), []).append(file)
    return list(reversed(groups.values()))
