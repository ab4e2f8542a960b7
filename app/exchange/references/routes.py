"""The desk's endpoint that takes files of references."""

import asyncio
from typing import Annotated

from fastapi import Query, Security

from app.errors import Fault, Forbidden, Invalid
from app.exchange.references import importing
from app.exchange.references.reading import read
from app.exchange.references.records import References
from app.exchange.references.schemas import ImportReport, ReferencesImport
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.problems import responses
from app.web.refusals import ContentTooLarge, Malformed
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/works", tags=["Works"])

WRITER = Security(current_actor, scopes=[Scope.CITATIONS_WRITE])

MOST = 200
"""Entries of one request, which is answered in a few seconds."""

_FAULTS_NAMED = 20


@router.post(
    "/import",
    operation_id="works_import",
    summary="Import a file of references",
    responses=responses(Forbidden),
)
async def import_references(
    session: Session,
    body: ReferencesImport,
    dry_run: Annotated[
        bool, Query(description="Only tell what would come of it; nothing is saved")
    ] = False,
    actor: Actor = WRITER,
) -> ImportReport:
    """CSL-JSON, BibTeX (or BibLaTeX) and RIS, up to 200 entries at a time. Each entry becomes a
    work, unless it is there already; its publication is created where nobody knows it. The answer
    says of each entry what became of it, and what of it no field was found for. An entry that is
    refused keeps no other from being taken. What is there already is never changed: so the same
    file may come again."""
    references = await _read(body)
    take = importing.foretell if dry_run else importing.take
    return await take(session, actor, references.entries)


async def _read(body: ReferencesImport) -> References:
    try:
        # Not on the loop on which others wait: a large file takes a second or two.
        references = await asyncio.to_thread(read, body.content.encode(), body.format)
    except (Malformed, Invalid, ContentTooLarge) as error:
        where = (f"{fault.pointer}: {fault.detail}" for fault in error.faults[:_FAULTS_NAMED])
        details = list(where) or [error.detail]
        faults = [Fault(detail, pointer="/content") for detail in details]
        raise Invalid("The file cannot be read.", faults=faults) from None
    if (number := len(references.entries)) > MOST:
        detail = f"There are {number:,} entries in the file: send it in parts of at most {MOST}."
        fault = Fault(detail, pointer="/content")
        raise Invalid("These are too many entries at once.", faults=[fault])
    return references
