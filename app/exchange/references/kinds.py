"""Which CSL type and which kind of ours an entry has."""

from app.editing.csl import TYPES

OF_REGISTRIES = {
    "blog-post": "post-weblog",
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "component": "document",
    "database": "dataset",
    "dissertation": "thesis",
    "edited-book": "book",
    "grant": "document",
    "journal": "periodical",
    "journal-article": "article-journal",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "magazine-article": "article-magazine",
    "monograph": "book",
    "newspaper-article": "article-newspaper",
    "other": "document",
    "peer-review": "review",
    "posted-content": "article",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "reference-book": "book",
    "reference-entry": "entry",
    "report-component": "report",
    "report-series": "report",
    "book-series": "book",
    "book-set": "book",
}
"""Types that are none of CSL's, but come in its place."""

KINDS = {
    "article": "journal_article",
    "article-journal": "journal_article",
    "article-magazine": "newspaper_article",
    "article-newspaper": "newspaper_article",
    "bill": "legislation",
    "broadcast": "broadcast_segment",
    "dataset": "dataset",
    "event": "speech",
    "figure": "map_or_graphic",
    "graphic": "map_or_graphic",
    "hearing": "hearing",
    "interview": "interview",
    "legal_case": "court_document",
    "legislation": "legislation",
    "manuscript": "report",
    "map": "map_or_graphic",
    "motion_picture": "video",
    "pamphlet": "report",
    "paper-conference": "journal_article",
    "patent": "report",
    "performance": "video",
    "personal_communication": "interview",
    "post": "social_post",
    "post-weblog": "web_page",
    "regulation": "legislation",
    "report": "report",
    "review": "newspaper_article",
    "review-book": "newspaper_article",
    "software": "dataset",
    "song": "broadcast_segment",
    "speech": "speech",
    "standard": "report",
    "thesis": "report",
    "treaty": "legislation",
    "webpage": "web_page",
    "document": "report",
}
"""All others are a book."""

TOLD = {
    "broadcast": (("podcast", "podcast_episode"),),
    "song": (("podcast", "podcast_episode"),),
    "graphic": (("photo", "photo"),),
    "speech": (("press conference", "press_conference"),),
    "document": (("press release", "press_release"), ("statement", "statement_page")),
    "pamphlet": (("press release", "press_release"),),
    "report": (("press release", "press_release"),),
    "webpage": (("press release", "press_release"), ("statement", "statement_page")),
    "article-newspaper": (("wire", "wire_item"),),
}
"""Words in the genre or the medium that tell a kind."""


def csl_type(name: object) -> str | None:
    """None for what is neither CSL's nor one that is known to come in its place."""
    if name in TYPES:
        return str(name)
    return OF_REGISTRIES.get(name) if isinstance(name, str) else None


def kind_of(csl_type: str, *described: str | None) -> str:
    """The kind that the type and these descriptions tell."""
    words = " ".join(text.lower() for text in described if text)
    told = (kind for word, kind in TOLD.get(csl_type, ()) if word in words)
    return next(told, KINDS.get(csl_type, "book"))
