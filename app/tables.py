"""Imports every module with tables, so that the metadata is complete for Alembic and tests."""

from app.database import Base
from app.editing.articles import models as articles
from app.editing.citations import models as citations
from app.editing.collections import models as collections
from app.editing.people import models as people
from app.editing.publications import models as publications
from app.editing.reviews import models as reviews
from app.editing.schemas import models as schemas
from app.editing.sections import models as sections
from app.editing.site import models as site
from app.editing.speakers import models as speakers
from app.editing.topics import models as topics
from app.editing.works import models as works
from app.identity import models as identity
from app.published import models as published
from app.publishing import models as publishing
from app.web import idempotency

metadata = Base.metadata

__all__ = [
    "articles", "citations", "collections", "idempotency", "identity", "metadata", "people",
    "publications", "published", "publishing", "reviews", "schemas", "sections", "site", "speakers",
    "topics", "works",
]  # fmt: skip
