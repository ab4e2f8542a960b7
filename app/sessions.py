"""The way into the database for whoever writes: the worker and commands of the CLI."""

from app.assembly import Located
from app.database import Database
from app.dispatch import reaching
from app.editing import calling, citation_notes, media
from app.publishing import press


def open_database(here: Located, *, background: bool = False) -> Database:
    """Sessions at whose end what has changed is published. To be closed.

    In the `background` nobody waits for what is done with it.
    """
    return Database(
        here.url,
        pool_size=here.settings.database_pool_size,
        before_commit=press.settle,
        info=citation_notes.session_info(here.settings)
        | calling.session_info(here.settings)
        | media.session_info(here.settings, background=background)
        | reaching.session_info(here.settings),
    )
