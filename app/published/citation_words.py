"""The words with which citations are told: what the desk takes, and readers get.

Words may be added, never taken away: stored documents and clients know them.
"""

CITATION_TYPES = (
    "reported_by", "quotation", "paraphrase", "data", "document", "legal", "wire_copy",
    "background", "media_credit", "see_also", "corrects", "fact_check",
)  # fmt: skip
INTENTS = (
    "cites", "citesAsEvidence", "citesAsAuthority", "citesAsDataSource", "citesForInformation",
    "citesAsRelated", "includesQuotationFrom", "includesExcerptFrom", "containsAssertionFrom",
    "obtainsBackgroundFrom", "credits", "agreesWith", "disputes", "refutes", "disagreesWith",
    "qualifies", "corrects", "updates", "retracts", "repliesTo", "linksTo",
)  # fmt: skip
"""Of CiTO, the Citation Typing Ontology."""

PUBLICATION_KINDS = (
    "newspaper", "magazine", "broadcaster", "news_agency", "news_site", "platform",
    "government_body", "court", "parliament", "international_org", "company", "ngo", "academic",
    "journal", "think_tank", "political_party", "person_site", "other",
)  # fmt: skip
WORK_KINDS = (
    "newspaper_article", "wire_item", "broadcast_segment", "podcast_episode", "press_release",
    "statement_page", "report", "dataset", "court_document", "legislation", "hearing",
    "social_post", "speech", "interview", "press_conference", "book", "journal_article",
    "leaked_document", "photo", "video", "map_or_graphic", "web_page", "own_article",
)  # fmt: skip
WORK_STATUSES = (
    "current", "corrected", "updated", "expression_of_concern", "retracted", "withdrawn",
    "superseded", "disputed",
)  # fmt: skip
WORK_ACCESS = (
    "free", "registration", "metered", "subscription", "print_only", "archive_only", "unknown",
)  # fmt: skip
EVENT_KINDS = (
    "correction", "clarification", "update", "editors_note", "retraction", "withdrawal", "concern",
    "reinstatement", "url_moved", "content_drift",
)  # fmt: skip
SEVERITIES = ("minor", "material", "fatal")
LINK_VERDICTS = (
    "ok", "moved_permanently", "redirected", "paywalled", "blocked", "soft_404", "not_found",
    "gone", "server_error", "timeout", "dns", "tls", "drifted", "skipped",
)  # fmt: skip
SPEAKER_KINDS = ("person", "organisation", "group")
STATEMENT_FORMS = (
    "direct", "partial_direct", "paraphrase", "summary", "declined_comment", "no_response",
    "denial", "document_excerpt", "figure",
)  # fmt: skip
CHANNELS = (
    "interview", "press_conference", "public_speech", "written_statement", "document",
    "published_work", "press_report", "broadcast", "social_post", "court_filing", "testimony",
    "order_or_law", "vote_or_poll", "market_data", "data_analysis", "direct_observation",
    "private_communication", "leak", "other",
)  # fmt: skip
SPEAKERLESS_CHANNELS = (
    "document", "order_or_law", "market_data", "data_analysis", "direct_observation",
    "vote_or_poll",
)  # fmt: skip
"""What a statement can come from without anybody who says it."""

ATTRIBUTION_LEVELS = ("on_the_record", "not_for_attribution", "background", "deep_background")
"""What is off the record is never kept: there is no such level."""

AFFILIATIONS = (
    "government", "corporate", "ngo", "industry_group", "religious", "academic", "union", "media",
    "political_group", "other_group", "actor", "witness", "victim",
)  # fmt: skip
FUNCTIONS = (
    "decision_maker", "participant", "representative", "expert", "witness", "victim",
    "informational",
)  # fmt: skip
ROLE_STATUSES = ("current", "former", "acting", "designate", "unknown")
COUNTS = ("one", "several", "unknown")
CORROBORATIONS = (
    "witnessed", "documents_seen", "multiple_independent", "single_source", "not_verified",
)  # fmt: skip
ANONYMITY_REASONS = (
    "not_authorised", "fear_of_retaliation", "safety", "legal_risk", "sensitive_talks", "minor",
    "victim", "company_policy", "relay_did_not_say", "other",
)  # fmt: skip
RELATIONS = (
    "reported", "quoted", "cited", "translated", "republished", "obtained_document",
    "saw_document", "said",
)  # fmt: skip
LOCATOR_LABELS = (
    "page", "paragraph", "section", "line", "chapter", "column", "figure", "folio", "issue",
    "note", "table", "timestamp", "verse", "volume",
)  # fmt: skip
"""A part of what CSL knows as locators."""
