"""What works and those who issue them are at schema.org, by their kind."""

SCHEMA_TYPES = {
    "newspaper_article": "NewsArticle",
    "wire_item": "NewsArticle",
    "broadcast_segment": "Clip",
    "podcast_episode": "PodcastEpisode",
    "press_release": "Article",
    "statement_page": "WebPage",
    "report": "Report",
    "dataset": "Dataset",
    "court_document": "DigitalDocument",
    "legislation": "Legislation",
    "social_post": "SocialMediaPosting",
    "book": "Book",
    "journal_article": "ScholarlyArticle",
    "leaked_document": "DigitalDocument",
    "photo": "Photograph",
    "video": "VideoObject",
    "map_or_graphic": "ImageObject",
    "web_page": "WebPage",
    "own_article": "NewsArticle",
}
"""All others are a CreativeWork."""

ARTICLES = frozenset({"Article", "NewsArticle", "Report", "ScholarlyArticle", "SocialMediaPosting"})
"""What has a headline."""

ISSUERS = {
    "broadcaster": "NewsMediaOrganization",
    "company": "Corporation",
    "government_body": "GovernmentOrganization",
    "magazine": "NewsMediaOrganization",
    "news_agency": "NewsMediaOrganization",
    "news_site": "NewsMediaOrganization",
    "newspaper": "NewsMediaOrganization",
    "ngo": "NGO",
}
"""All others are an Organization."""
