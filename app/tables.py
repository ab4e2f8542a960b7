"""Imports every module with tables, so that the metadata is complete for Alembic and tests."""

from app.database import Base
from app.dispatch import models as dispatch
from app.dispatch.deliveries import models as deliveries
from app.dispatch.partners import models as partners
from app.editing.articles import models as articles
from app.editing.assets import models as assets
from app.editing.assets.hls import models as hls
from app.editing.captions import models as captions
from app.editing.citations import models as citations
from app.editing.collections import models as collections
from app.editing.feeds import models as feeds
from app.editing.people import models as people
from app.editing.publications import models as publications
from app.editing.rails import models as rails
from app.editing.reviews import models as reviews
from app.editing.schemas import models as schemas
from app.editing.sections import models as sections
from app.editing.series import models as series
from app.editing.site import models as site
from app.editing.speakers import models as speakers
from app.editing.streams import models as streams
from app.editing.topics import models as topics
from app.editing.works import models as works
from app.identity import models as identity
from app.published import cited_models, schedules, sitemap_months, videos
from app.published import models as published
from app.publishing import models as publishing
from app.web import idempotency

metadata = Base.metadata

__all__ = [
    "articles", "assets", "captions", "citations", "cited_models", "collections", "deliveries",
    "dispatch", "feeds", "hls", "idempotency", "identity", "metadata", "partners", "people",
    "publications", "published", "publishing", "rails", "reviews", "schedules", "schemas",
    "sections", "series", "site", "sitemap_months", "speakers", "streams", "topics", "videos",
    "works",
]  # fmt: skip
