"""`masthead keys`: API keys, from the machine that has the database."""

import re
from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

import typer
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import tokens
from app.cli.console import give, out, plain, say
from app.cli.failures import REFUSED, Stop
from app.cli.working import with_database
from app.database import Database, transaction_time
from app.editing.sections.models import Section
from app.editing.site.models import Edition
from app.identity import commands, queries
from app.identity.actor import SYSTEM
from app.identity.models import Key
from app.identity.scopes import MEANING, ROLES, Scope
from app.observability import printable

app = typer.Typer(
    name="keys", help="Make, list and revoke the API keys of the desk.", no_args_is_help=True
)

Role = Literal["admin", "chief", "editor", "reporter", "importer", "reader", "front-end"]

_SPAN = re.compile(r"(\d{1,4})([hdwy])")
_HOURS = {"h": 1, "d": 24, "w": 24 * 7, "y": 24 * 365}


@app.command()
def create(
    name: Annotated[str, typer.Option(help="What the key is for: shown in lists and logs.")],
    role: Annotated[Role | None, typer.Option(help="A bundle of scopes.")] = None,
    scope: Annotated[
        list[Scope] | None,
        typer.Option(
            metavar="SCOPE", help="A single scope (`masthead keys scopes`); may be repeated."
        ),
    ] = None,
    expires: Annotated[
        str | None, typer.Option(metavar="SPAN", help="As 12h, 90d, 8w, 1y. Default: never.")
    ] = None,
    section: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SECTION",
            help="Restrict the key to this section and those below: its id, or edition:path. "
            "May be repeated.",
        ),
    ] = None,
) -> None:
    """Make a key. It is written to stdout now, and cannot be had again.

    Example: masthead keys create --role admin --name "Ops laptop" --expires 90d
    """
    scopes = _granted(role, scope or [])
    lifetime = span(expires) if expires else None

    async def work(database: Database) -> commands.NewKey:
        async with database.write() as session:
            return await commands.create(
                session,
                SYSTEM,
                name=name,
                scopes=scopes,
                section_ids=[await _section(session, one) for one in section] if section else None,
                expires_at=await transaction_time(session) + lifetime if lifetime else None,
            )

    made = with_database(work)
    say(f"This is the key `{name}`. It is shown this once; keep it where secrets are kept.")
    give(made.text)


@app.command("list")
def list_keys() -> None:
    """Show all keys: never the keys themselves, only what they begin with."""

    async def work(database: Database) -> list[tuple[Key, str]]:
        async with database.read() as session:
            now = await transaction_time(session)
            found = await queries.all_keys(session)
            return [(key, _state(key, now.timestamp())) for key in found]

    rows = with_database(work)
    if not rows:
        say("There are no keys. Make one: masthead keys create --role admin --name …")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("key", "name", "state", "made", "expires", "scopes"):
        table.add_column(heading, overflow="fold")
    for key, state in rows:
        until = f"{key.expires_at:%Y-%m-%d %H:%M}" if key.expires_at else "never"
        made = f"{key.created_at:%Y-%m-%d} by {key.created_by}"
        cells = (f"mh_{key.prefix}", key.name, state, made, until, _scopes(key))
        table.add_row(*(plain(printable(cell)) for cell in cells))
    out.print(table)


@app.command()
def revoke(
    key: Annotated[str, typer.Argument(metavar="KEY", help="What it begins with, or its id.")],
) -> None:
    """End a key, at once and for good, on every server."""

    async def work(database: Database) -> Key:
        async with database.write() as session:
            return await commands.revoke(session, SYSTEM, await _key_id(session, key))

    ended = with_database(work)
    give(f"The key `{printable(ended.name)}` (mh_{ended.prefix}) is revoked.")


@app.command()
def scopes() -> None:
    """Explain the scopes, and which role has which."""
    table = Table(box=None, pad_edge=False)
    for heading in ("scope", "lets the key", "roles"):
        table.add_column(heading, overflow="fold")
    for scope, meaning in MEANING.items():
        table.add_row(scope, meaning, ", ".join(role for role in ROLES if scope in ROLES[role]))
    out.print(table)


def span(text: str) -> timedelta:
    """A length of time as people write it: 12h, 90d, 8w, 1y."""
    match = _SPAN.fullmatch(text.strip())
    if not match or not int(match[1]):
        raise Stop(f"--expires {text}: write a number and h, d, w or y, as 90d.", code=REFUSED)
    return timedelta(hours=int(match[1]) * _HOURS[match[2]])


def _granted(role: str | None, scopes: list[Scope]) -> frozenset[Scope]:
    if not role and not scopes:
        raise Stop(
            "Say what the key may do: --role, or --scope one or several times "
            "(`masthead keys scopes` explains them).",
            code=REFUSED,
        )
    return frozenset(scopes) | (ROLES[role] if role else frozenset())


def _scopes(key: Key) -> str:
    for role, scopes in ROLES.items():
        if scopes == set(key.scopes):
            return role
    return " ".join(key.scopes)


def _state(key: Key, now: float) -> str:
    if key.revoked_at:
        return "revoked"
    return "expired" if key.expires_at and key.expires_at.timestamp() <= now else "valid"


async def _key_id(session: AsyncSession, named: str) -> UUID:
    token = tokens.parse(named)
    prefix = token.prefix if token else named.removeprefix("mh_")
    found = (await session.execute(select(Key.id).where(Key.prefix == prefix))).scalar_one_or_none()
    if found is None and (written := _uuid(named)):
        found = (
            await session.execute(select(Key.id).where(Key.id == written))
        ).scalar_one_or_none()
    if found is None:
        raise Stop("There is no such key. `masthead keys list` shows them.", code=REFUSED)
    return found


async def _section(session: AsyncSession, named: str) -> UUID:
    query = select(Section.id)
    if written := _uuid(named):
        query = query.where(Section.id == written)
    else:
        edition, _, path = named.rpartition(":")
        query = query.where(Section.path == path.strip("/"))
        if edition:
            query = query.join(Edition, Edition.id == Section.edition_id).where(
                Edition.code == edition
            )
    found = (await session.execute(query)).scalars().all()
    if len(found) == 1:
        return found[0]
    problem = f"Several editions have a section {named}; write edition:{named}."
    raise Stop(problem if found else f"There is no section {named}.", code=REFUSED)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
