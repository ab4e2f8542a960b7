"""PURE: what a publisher is told, without being stopped."""

from app.editing.citations import lint
from app.editing.citations.finding import Finding
from app.editing.works.inheriting import told
from app.publishing.citing.notices import notices
from app.publishing.snapshot import Snapshot


def of_works(taken: Snapshot) -> list[Finding]:
    """That something happened to works which the article cites in public."""
    doubted = {}
    for identity, work in taken.sources.works.items():
        if news := notices(taken.sources.news.get(work.id, ())):
            doubted[identity] = told(news[0]["type"], news[0]["summary"])
    return lint.of_doubted(taken.content.citations, doubted)
