"""What an import did with each thing of a file, and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, get_args
from uuid import UUID

from app.exchange.wordpress.records import Survey

Outcome = Literal["imported", "updated", "unchanged", "matched", "left", "skipped", "failed"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""`matched`: was there under the same name, and is known by its id in the file from now on.
`left`: somebody works on it at the desk; the file does not touch it any more."""


SHARED = frozenset({"work", "speaker"})
"""Kinds of items that several posts can cite."""


@dataclass(frozen=True)
class Item:
    """One thing of the file. `id` is its id there, `our_id` the one it has here.

    `state` says where an article is now: live, or its stage. `reason` is why it was not taken as
    it is; `notes` tell what was lost or decided on the way.
    """

    kind: str
    id: str
    title: str
    outcome: Outcome
    our_id: UUID | None = None
    state: str | None = None
    reason: str | None = None
    notes: tuple[str, ...] = ()


@dataclass
class Report:
    source: dict[str, str]
    dry_run: bool
    items: list[Item] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    """What was counted only, by reason."""

    _told: set[UUID | None] = field(default_factory=set, init=False)

    def add(self, item: Item) -> None:
        self.items.append(item)

    def take(self, items: Iterable[Item]) -> None:
        """Add what became of some posts. A work or a speaker is told once, however often cited."""
        for item in items:
            if item.kind not in SHARED:
                self.add(item)
            elif item.our_id not in self._told:
                self._told.add(item.our_id)
                self.add(item)

    def skip(self, item: Item, reason: str) -> None:
        self.add(replace(item, outcome="skipped", reason=reason))

    def fail(self, item: Item, reason: str) -> None:
        self.add(replace(item, outcome="failed", reason=reason))

    def count_unread(self, found: Survey) -> None:
        """Remember how much there is in the file that nobody looked at one by one."""
        self.unread["comments"] = found.comments
        self.unread["control characters, left out"] = found.control_characters
        for taxonomy, count in found.terms.items():
            if taxonomy not in ("category", "post_tag"):
                self.unread[f"terms of the taxonomy {taxonomy}"] = count
        for taxonomy, count in found.labels.items():
            self.unread[f"labels of the taxonomy {taxonomy[:100]} on posts"] += count
        for name, count in found.fields.items():
            self.unread[f"values of the custom field {name[:100]}"] += count
        self.unread = +self.unread

    def counts(self) -> Mapping[str, Counter[str]]:
        """How many of each kind came out how, kinds in the order of the import."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for item in self.items:
            found[item.kind][item.outcome] += 1
        return found

    def states(self) -> Counter[str]:
        """How many articles of the file are live, and how many in each stage."""
        return Counter(item.state for item in self.items if item.state)

    def reasons(self) -> Mapping[str, list[Item]]:
        """The items that were not taken as they are, by reason, the most frequent first."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            if item.reason:
                found[item.reason].append(item)
        return dict(sorted(found.items(), key=lambda entry: -len(entry[1])))

    def notes(self) -> Mapping[str, list[Item]]:
        """The items by what is told of them, without particulars, the most frequent first."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            for note in item.notes:
                found[note.partition(": ")[0]].append(item)
        return dict(sorted(found.items(), key=lambda entry: -len(entry[1])))

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "dry_run": self.dry_run,
            "counts": {kind: dict(count) for kind, count in self.counts().items()},
            "states": dict(self.states()),
            "unread": dict(self.unread),
            "items": [asdict(item) for item in self.items],
        }
