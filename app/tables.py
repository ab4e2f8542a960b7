"""Imports every module with tables, so that the metadata is complete for Alembic and tests."""

from app.database import Base
from app.editing.articles import models as articles
from app.editing.collections import models as collections
from app.editing.people import models as people
from app.editing.schemas import models as schemas
from app.editing.sections import models as sections
from app.editing.site import models as site
from app.editing.topics import models as topics
from app.identity import models as identity
from app.published import models as published
from app.publishing import models as publishing
from app.web import idempotency

metadata = Base.metadata

__all__ = [
    "articles", "collections", "idempotency", "identity", "metadata", "people", "published",
    "publishing", "schemas", "sections", "site", "topics",
]  # fmt: skip
