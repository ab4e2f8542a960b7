"""PURE: what readers are told of a cited work that was corrected or retracted."""

from collections.abc import Iterable
from typing import Any

from app.publishing.sources import News

TOLD = frozenset({"material", "fatal"})


def notice(news: Iterable[News]) -> dict[str, Any] | None:
    """The newest event that matters; none once the work was reinstated. `news`: newest first."""
    return next(iter(notices(news)), None)


def notices(news: Iterable[News]) -> list[dict[str, Any]]:
    """All events that matter since the work was last reinstated, the newest first."""
    told = []
    for event in news:
        if event.kind == "reinstatement":
            break
        if event.severity in TOLD:
            told.append(
                {
                    "type": event.kind,
                    "severity": event.severity,
                    "summary": event.summary,
                    "url": event.notice_url,
                    "occurred_on": event.occurred_on,
                }
            )
    return told
