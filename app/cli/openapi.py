"""`masthead openapi`."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from app.cli.opening import load
from app.database import Database
from app.main import delivery_app, desk_app
from app.settings import Side


class Document(StrEnum):
    DELIVERY = "delivery"
    DESK = "desk"


def openapi(
    document: Annotated[Document, typer.Argument(help="Which of the two.")] = Document.DELIVERY,
) -> None:
    """Print an OpenAPI 3.1 document, as a server with these settings gives it.

    Example: masthead openapi desk > desk.json
    """
    settings = load(side=Side.ALL)
    if document is Document.DELIVERY:
        described = delivery_app(settings)
    else:
        # Describing the desk asks its database nothing.
        described = desk_app(settings, Database("postgresql://"))
    print(json.dumps(described.openapi(), indent=2, ensure_ascii=False))
