"""What an import of media did with each file and each article, and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args
from uuid import UUID

FileOutcome = Literal["fetched", "there", "failed", "found"]
"""`there`: fetched by an earlier import. `found`: a dry run looks no further."""

ArticleOutcome = Literal["rewritten", "republished", "failed"]
"""`republished`: it was live as it was at the desk, and is again."""

FILE_OUTCOMES: tuple[FileOutcome, ...] = get_args(FileOutcome)
ARTICLE_OUTCOMES: tuple[ArticleOutcome, ...] = get_args(ArticleOutcome)


@dataclass(frozen=True)
class FileItem:
    urls: tuple[str, ...]
    kind: str
    outcome: FileOutcome
    asset_id: UUID | None = None
    reason: str | None = None


@dataclass(frozen=True)
class ArticleItem:
    id: UUID
    headline: str
    outcome: ArticleOutcome
    reason: str | None = None


@dataclass
class Report:
    """`hosts` counts the files of every host that articles show, the others too."""

    dry_run: bool
    looked_at: int = 0
    hosts: Counter[str] = field(default_factory=Counter)
    files: list[FileItem] = field(default_factory=list)
    articles: list[ArticleItem] = field(default_factory=list)
    still_named: int = 0
    """Articles in which the hosts are named in another way: by links, or in HTML of their own."""

    @property
    def file_counts(self) -> Counter[str]:
        return Counter(each.outcome for each in self.files)

    @property
    def article_counts(self) -> Counter[str]:
        return Counter(each.outcome for each in self.articles)

    @property
    def failures(self) -> int:
        return self.file_counts["failed"] + self.article_counts["failed"]

    def reasons(self) -> Mapping[str, list[str]]:
        """What did not work, by reason, the most frequent first: addresses, ids of articles."""
        found: dict[str, list[str]] = {}
        for file in self.files:
            if file.reason:
                found.setdefault(file.reason, []).append(file.urls[0])
        for article in self.articles:
            if article.reason:
                found.setdefault(article.reason, []).append(str(article.id))
        return dict(sorted(found.items(), key=lambda entry: -len(entry[1])))

    def as_json(self) -> dict[str, Any]:
        return {
            "dry_run": self.dry_run,
            "looked_at": self.looked_at,
            "hosts": dict(self.hosts),
            "file_counts": dict(self.file_counts),
            "article_counts": dict(self.article_counts),
            "still_named": self.still_named,
            "files": [asdict(each) for each in self.files],
            "articles": [asdict(each) for each in self.articles],
        }
