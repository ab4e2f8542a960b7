"""`masthead serve` and `masthead worker`: the server, whole or in parts."""

from typing import Annotated

import structlog
import typer

from app.assembly import Located, located, logs_are_json
from app.cli.console import give, say
from app.cli.failures import Stop
from app.cli.opening import PATIENCE_SECONDS, environment, fit, load
from app.processes.listen import bind, url_of
from app.processes.server import Crew, run
from app.settings import Side

log = structlog.get_logger()

CUT_SHORT = "Stopped at the second signal: what was running has been cut off."


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any free one.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Processes that answer requests.")
    ] = None,
    side: Annotated[
        Side | None, typer.Option(help="What to serve: the public side, the desk, or both.")
    ] = None,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Leave the jobs to `masthead worker` elsewhere.")
    ] = False,
) -> None:
    """Serve the API, with a worker beside it, until SIGTERM or Ctrl-C.

    Without MASTHEAD_DATABASE_URL a PostgreSQL of its own is started under ./var, for trying out
    and developing. Another database is never migrated silently: run `masthead migrate` first.

    The first signal lets running requests end (MASTHEAD_GRACEFUL_SECONDS); a second one does not.
    """
    settings = load(host=host, port=port, workers=workers, side=side)
    listening = bind(settings.host, settings.port)
    with located(settings, say) as here:
        fit(here, base=settings.public_url or url_of(listening), patience=PATIENCE_SECONDS)
        crew = Crew(
            listening=listening,
            web=settings.workers,
            worker=not no_worker and settings.side is not Side.DELIVERY,
            environment=environment(workers=workers, side=side),
        )
        orderly = run(here, crew, when_ready=lambda url: _announce(here, url))
    if not orderly:
        raise Stop(CUT_SHORT)


def worker() -> None:
    """Do the background jobs, until SIGTERM or Ctrl-C.

    `masthead serve` has a worker of its own: this one is for `serve --no-worker`, or for more of
    them on other machines. It needs MASTHEAD_DATABASE_URL, as the servers have it.
    """
    settings = load()
    with located(settings, say) as here:
        fit(here, patience=PATIENCE_SECONDS)
        crew = Crew(listening=None, web=0, worker=True, environment={})
        orderly = run(here, crew, when_ready=lambda _: say("The worker waits for jobs."))
    if not orderly:
        raise Stop(CUT_SHORT)


def _announce(here: Located, url: str | None) -> None:
    side = here.settings.side
    if logs_are_json(here.settings):
        log.info("listening", url=url, side=str(side), embedded_database=here.embedded)
        return
    give(f"Masthead listens on {url}")
    if side is not Side.DESK:
        give(f"  public API  {url}/docs")
    if side is not Side.DELIVERY:
        give(f"  desk        {url}/desk/docs  (keys: masthead keys create)")
    if here.embedded:
        give("  The database is the embedded one: for trying out and developing.")
