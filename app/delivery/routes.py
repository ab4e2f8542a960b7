"""All endpoints of `/v1`."""

from app.delivery import (
    archive,
    articles,
    collections,
    lists,
    pages,
    sections,
    site,
    subjects,
    versions,
)
from app.delivery.routing import PublicRouter

router = PublicRouter("delivery")

for _noun in (
    site.router,
    sections.router,
    subjects.people,
    subjects.topics,
    collections.router,
    articles.router,
    lists.router,
    versions.router,
    pages.router,
    archive.router,
):
    router.routes.extend(_noun.routes)
