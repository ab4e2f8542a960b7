"""The two OpenAPI documents, and how to walk them."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from fastapi import FastAPI
from pydantic import SecretStr

from app.database import Database
from app.main import delivery_app, desk_app
from app.settings import Settings

URL = "postgresql://nobody@127.0.0.1:1/nothing"
"""Nothing is asked of it: the documents are made without a database."""

METHODS = ("get", "put", "post", "delete", "patch")


@lru_cache(maxsize=1)
def apps() -> dict[str, FastAPI]:
    settings = Settings(_env_file=None, database_url=SecretStr(URL))
    return {
        "desk": desk_app(settings, Database(URL)),
        "delivery": delivery_app(settings),
    }


def document(side: str) -> dict[str, Any]:
    return apps()[side].openapi()


def operations(side: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each operation, with `GET /v1/site` to call it by."""
    prefix = "/desk" if side == "desk" else ""
    for path, item in document(side)["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {prefix}{path}", item[method]


def resolved(side: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself, where there is only a reference to it."""
    while "$ref" in schema:
        schema = document(side)["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema
