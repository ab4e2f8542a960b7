"""Which item of CSL-JSON a work of each kind is, unless somebody says otherwise.

CSL has one `broadcast` for television, radio and podcasts: so a work keeps its own kind beside it.
"""

from app.editing import csl
from app.published.citation_words import WORK_KINDS

CSL_TYPES = {
    "newspaper_article": "article-newspaper",
    "wire_item": "article-newspaper",
    "broadcast_segment": "broadcast",
    "podcast_episode": "broadcast",
    "press_release": "document",
    "statement_page": "webpage",
    "report": "report",
    "dataset": "dataset",
    "court_document": "legal_case",
    "legislation": "legislation",
    "hearing": "hearing",
    "social_post": "post",
    "speech": "speech",
    "interview": "interview",
    "press_conference": "speech",
    "book": "book",
    "journal_article": "article-journal",
    "leaked_document": "document",
    "photo": "graphic",
    "video": "motion_picture",
    "map_or_graphic": "graphic",
    "web_page": "webpage",
    "own_article": "article-newspaper",
}

assert CSL_TYPES.keys() == set(WORK_KINDS) and set(CSL_TYPES.values()) <= set(csl.TYPES)
