"""Permissions, and the roles that bundle them: literal tables, read in ten seconds."""

from enum import StrEnum


class Scope(StrEnum):
    DESK_READ = "desk:read"
    SITE_WRITE = "site:write"
    SECTIONS_WRITE = "sections:write"
    PEOPLE_WRITE = "people:write"
    TOPICS_WRITE = "topics:write"
    COLLECTIONS_WRITE = "collections:write"
    SCHEMAS_WRITE = "schemas:write"
    CITATIONS_WRITE = "citations:write"
    ARTICLES_READ = "articles:read"
    ARTICLES_WRITE = "articles:write"
    ARTICLES_HTML = "articles:html"
    ARTICLES_PUBLISH = "articles:publish"
    ARTICLES_DELETE = "articles:delete"
    MEDIA_WRITE = "media:write"
    CHANNELS_WRITE = "channels:write"
    FEEDS_WRITE = "feeds:write"
    FEEDS_READ = "feeds:read"
    PARTNERS_MANAGE = "partners:manage"
    KEYS_MANAGE = "keys:manage"
    CONTENT_FULL = "content:full"


MEANING: dict[Scope, str] = {
    Scope.DESK_READ: "See the site, editions, sections, people, topics, collections, assets, "
    "streams, series, saved feeds, schemas and what is cited.",
    Scope.SITE_WRITE: "Change the site and its editions.",
    Scope.SECTIONS_WRITE: "Create, change, move and delete sections.",
    Scope.PEOPLE_WRITE: "Create, change and delete people.",
    Scope.TOPICS_WRITE: "Create, change and delete topics.",
    Scope.COLLECTIONS_WRITE: "Create, fill and delete collections.",
    Scope.SCHEMAS_WRITE: "Set the JSON Schemas of the outlet's own fields.",
    Scope.CITATIONS_WRITE: "Create, change, merge and delete publications, works and speakers; "
    "record what happened to works.",
    Scope.ARTICLES_READ: "See articles with their drafts and revisions.",
    Scope.ARTICLES_WRITE: "Create articles and save their content; close reviews of what they "
    "cite.",
    Scope.ARTICLES_HTML: "Put blocks of raw HTML into bodies; they reach readers uncleaned.",
    Scope.ARTICLES_PUBLISH: "Publish, change what is live, withdraw, withhold versions.",
    Scope.ARTICLES_DELETE: "Delete articles that were never live.",
    Scope.MEDIA_WRITE: "Upload, import and register assets, and change what is told of them.",
    Scope.CHANNELS_WRITE: "Create, change and delete streams, schedules and series; arrange the TV "
    "home.",
    Scope.FEEDS_WRITE: "Create, change and delete saved feeds; say that an issue was sent.",
    Scope.FEEDS_READ: "Pull saved feeds at `/desk/partner-feeds`: the only scope of a partner's "
    "keys, which get the partner's feeds.",
    Scope.PARTNERS_MANAGE: "Create, change and delete partners, their keys and deliveries; see "
    "what they used.",
    Scope.KEYS_MANAGE: "Create, list and revoke API keys.",
    Scope.CONTENT_FULL: "Read the uncut text of restricted articles through `/v1`.",
}

BEYOND_SECTIONS = frozenset({Scope.KEYS_MANAGE, Scope.CONTENT_FULL, Scope.PARTNERS_MANAGE})
"""What knows no sections: a key that is restricted to some cannot have it."""

READER = frozenset({Scope.DESK_READ, Scope.ARTICLES_READ})
REPORTER = READER | {Scope.ARTICLES_WRITE, Scope.CITATIONS_WRITE, Scope.MEDIA_WRITE}
EDITOR = REPORTER | {
    Scope.ARTICLES_PUBLISH,
    Scope.ARTICLES_DELETE,
    Scope.COLLECTIONS_WRITE,
    Scope.CHANNELS_WRITE,
    Scope.FEEDS_READ,
    Scope.FEEDS_WRITE,
    Scope.PEOPLE_WRITE,
    Scope.TOPICS_WRITE,
}

ROLES: dict[str, frozenset[Scope]] = {
    "admin": frozenset(Scope),
    "chief": EDITOR
    | {
        Scope.SITE_WRITE,
        Scope.SECTIONS_WRITE,
        Scope.SCHEMAS_WRITE,
        Scope.ARTICLES_HTML,
        Scope.PARTNERS_MANAGE,
    },
    "editor": EDITOR,
    "reporter": REPORTER,
    "importer": EDITOR | {Scope.SECTIONS_WRITE},
    "reader": READER,
    "front-end": frozenset({Scope.CONTENT_FULL}),
}
"""A role is only a short way to name scopes when a key is made."""
