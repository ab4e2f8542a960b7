"""PURE: what stands in the way of publishing an article as it is."""

from datetime import datetime

from app.editing.citations.lint import blocking, lint
from app.errors import Fault
from app.publishing.snapshot import Snapshot


def obstacles(taken: Snapshot, now: datetime) -> list[Fault]:
    """What nobody can override."""
    content, faults = taken.content, []
    for section_id in content.all_section_ids:
        if any(section.hidden for section in taken.lineage(section_id)):
            pointer = "/section_id" if section_id == content.section_id else "/section_ids"
            name = taken.sections[section_id].name
            faults.append(Fault(f"The section “{name}” is hidden.", pointer=pointer))
    for name in ("published_at", "updated_at"):
        moment: datetime | None = getattr(content, name)
        if moment is not None and moment > now:
            faults.append(Fault("Must not be in the future.", pointer=f"/{name}"))
    faults += taken.unfit
    if not content.body and content.lead is None:
        faults.append(Fault("There is neither a body nor a lead.", pointer="/body"))
    return faults


def of_citations(taken: Snapshot) -> list[Fault]:
    """What is wrong with the citations. Breaking news may have to go out in spite of it."""
    errors = blocking(lint(taken.content.citations, taken.content))
    return [Fault(each.message, pointer=each.pointer) for each in errors]
