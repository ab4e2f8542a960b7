"""`masthead import media`: pictures and films that articles show from an old system's addresses."""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import orjson
import typer

from app.cli.console import give, say
from app.cli.failures import FAILED, REFUSED, Stop
from app.cli.progress import stages
from app.cli.working import with_database
from app.database import Database
from app.editing import media as desk_media
from app.exchange.media.importing import Options, import_media
from app.exchange.media.report import ARTICLE_OUTCOMES, FILE_OUTCOMES, Report
from app.identity.actor import SYSTEM
from app.storage.faults import StorageFault

MOST_NAMED = 3
MOST_REASONS = 20
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*(:[0-9]{1,5})?", re.IGNORECASE)


def media(
    host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A host of the old system, as old.example.org; give all of them. "
            "Without any, the hosts are listed whose files articles show.",
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="The IP address of the machine that has these hosts, where "
            "their names lead elsewhere by now, or it is in your own network.",
        ),
    ] = None,
    at_once: Annotated[
        int, typer.Option(min=1, max=16, help="So many files are fetched at a time.")
    ] = 4,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what there is; fetch and change nothing.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="Write what became of each file and article here."),
    ] = None,
) -> None:  # fmt: skip
    """Fetch pictures, video and sound from an old system, and have articles show them from here.

    Each file is fetched once and becomes an asset. Articles get a new revision in which the asset
    stands for the address; alt texts, captions and credits stay. What was live as it was is
    published again, and nobody is notified. Broken off, or run twice, it goes on where it was.
    """
    _check(host or [], at, report)
    options = Options(tuple(host or ()), at=at, at_once=at_once, dry_run=dry_run or not host)
    done = with_database(lambda database: _import(database, options))
    if not host:
        _show_hosts(done)
        return
    _show(done)
    if report is not None:
        report.write_bytes(orjson.dumps(done.as_json(), option=orjson.OPT_INDENT_2) + b"\n")
        say(f"What became of each file and article is in {report}.")
    if dry_run:
        say("This was a dry run: nothing was changed.")
    if done.failures:
        raise Stop(f"{done.failures} failed; see above. Run it again once that is mended.",
                   code=FAILED)  # fmt: skip


async def _import(database: Database, options: Options) -> Report:
    try:
        with stages() as tell:
            return await import_media(database, SYSTEM, options, progress=tell)
    except StorageFault as fault:
        raise Stop(str(fault)) from fault
    finally:
        async with database.read() as session:
            await desk_media.of(session).darkroom.close()


def _check(hosts: list[str], at: str | None, report: Path | None) -> None:
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise Stop(f"--host: {host} is no name of a host; give it as old.example.org.",
                       code=REFUSED)  # fmt: skip
    if at is not None:
        try:
            ip_address(at)
        except ValueError:
            raise Stop(f"--at: {at} is no IP address.", code=REFUSED) from None
        if not hosts:
            raise Stop("--at needs the --host that is there.", code=REFUSED)
    if report is not None and not report.parent.is_dir():
        raise Stop(f"--report: there is no folder {report.parent}.", code=REFUSED)


def _show_hosts(report: Report) -> None:
    give(f"{report.looked_at} articles show files by addresses of these hosts:")
    for host, count in report.hosts.most_common():
        give(f"  {count:>7}  {host or '(addresses of this site, without a host)'}")
    say("Nothing was changed. Name the hosts of the old system: --host old.example.org")


def _show(report: Report) -> None:
    files, articles = report.file_counts, report.article_counts
    give(f"{report.looked_at} articles looked through")
    give(f"{len(report.files)} files: {_listed(files, FILE_OUTCOMES)}")
    give(f"{len(report.articles)} articles changed: {_listed(articles, ARTICLE_OUTCOMES)}")
    for reason, named in list(report.reasons().items())[:MOST_REASONS]:
        more = ", …" if len(named) > MOST_NAMED else ""
        give(f"  {len(named):>5}  {reason} ({', '.join(named[:MOST_NAMED])}{more})")
    if report.still_named:
        give(f"  {report.still_named:>5}  articles name these hosts in links, or in HTML of their "
             "own: that is left as it is")  # fmt: skip


def _listed(counts: dict[str, int], outcomes: tuple[str, ...]) -> str:
    return ", ".join(f"{counts[each]} {each}" for each in outcomes if counts[each]) or "none"
