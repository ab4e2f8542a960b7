"""PURE: the files that others look for at the host of the pages, from the site's document."""

from collections.abc import Mapping
from typing import Any

from app.feeds.bases import canonical
from app.feeds.crawlers import TRAINING
from app.feeds.sitemaps.files import INDEX
from app.feeds.texts import cut, line
from app.feeds.xml import add, maybe, root, written

Json = Mapping[str, Any]

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
OPENSEARCH_TYPE = "application/opensearchdescription+xml"

_TRUST = (
    "member", "belongto", "control", "controlledby", "social", "vendor", "customer", "disclosure",
    "contact",
)  # fmt: skip


# A document that an older release has made says less.


def data_training(site: Json) -> str | None:
    """Whether machines may be trained with what is published: allowed, reserved or None."""
    told: str | None = _robots(site).get("data_training")
    return told


def _robots(site: Json) -> Json:
    return site.get("robots") or {}


def robots(site: Json) -> bytes:
    """RFC 9309: who should stay away altogether, where nobody should go, and the sitemaps.

    A crawler obeys only the group that names it, so those that are named are told everything there.
    """
    asked = _robots(site)
    refused = dict.fromkeys(asked.get("refused", ()))
    if data_training(site) == "reserved":
        known = {name.lower() for name in refused}
        refused |= dict.fromkeys(name for name in TRAINING if name.lower() not in known)
    lines = [f"User-agent: {name}" for name in refused]
    lines += ["Disallow: /", ""] if refused else []
    lines += ["User-agent: *", *(f"Disallow: {path}" for path in asked.get("disallow") or [""])]
    lines += ["", f"Sitemap: {canonical(site).api}{INDEX}", ""]
    return "\n".join(each.rstrip() for each in lines).encode()


def trust(site: Json) -> bytes | None:
    """trust.txt; None where the site says nothing of the kind."""
    told = site.get("trust") or {}
    lines = [f"{name}={value}" for name in _TRUST for value in told.get(name, ())]
    if (training := data_training(site)) is not None:
        lines.append(f"datatrainingallowed={'yes' if training == 'allowed' else 'no'}")
    return "\n".join([*lines, ""]).encode() if lines else None


def opensearch(site: Json) -> bytes | None:
    """How browsers search the site; None where it has no search of its own."""
    if not site.get("search_url"):
        return None
    own = canonical(site).api + "/opensearch.xml"
    outer = root("OpenSearchDescription", default=OPENSEARCH)
    add(outer, "ShortName", cut(site["name"], 16))
    add(outer, "Description", cut(site["tagline"] or site["name"], 1_024))
    maybe(outer, "Contact", site["publisher"]["email"])
    add(outer, "Url", None, {"type": "text/html", "template": site["search_url"]})
    add(outer, "Url", None, {"type": OPENSEARCH_TYPE, "rel": "self", "template": own})
    add(outer, "LongName", cut(site["name"], 48))
    maybe(outer, "Attribution", line(site["publisher"]["legal_name"]))
    for edition in site["editions"]:
        add(outer, "Language", edition["language"])
    add(outer, "OutputEncoding", "UTF-8")
    add(outer, "InputEncoding", "UTF-8")
    return written(outer)
