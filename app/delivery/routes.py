"""All endpoints of `/v1`."""

from app.delivery import (
    archive,
    articles,
    citation_lists,
    citation_stats,
    citations,
    cited,
    cited_by,
    collections,
    exports,
    formatted,
    lists,
    pages,
    publication_list,
    sections,
    site,
    subjects,
    versions,
    work_look_up,
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
    citation_lists.router,
    citations.router,
    exports.router,
    formatted.router,
    # Before the works themselves: `cited-by` is no id.
    work_look_up.router,
    cited.router,
    cited_by.router,
    publication_list.router,
    citation_stats.router,
):
    router.routes.extend(_noun.routes)
