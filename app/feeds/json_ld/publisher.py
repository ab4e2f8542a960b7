"""PURE: who publishes, with the policies that readers and machines can hold it to."""

from app.feeds.bases import Bases
from app.feeds.json_ld.media import image
from app.feeds.json_ld.nodes import Json, Node, node
from app.feeds.policies import PROPERTIES
from app.feeds.texts import line


def publisher(site: Json, bases: Bases) -> Node:
    told = site["publisher"]
    policies = {
        PROPERTIES[kind]: url for kind, url in site["policies"].items() if kind in PROPERTIES
    }
    return node(
        "NewsMediaOrganization",
        id=publisher_id(bases),
        name=line(told["name"]),
        alternateName=line(site["name"]) if site["name"] != told["name"] else None,
        legalName=line(told["legal_name"]),
        slogan=line(site["tagline"]),
        url=told["url"] or bases.web + "/",
        email=told["email"],
        address=line(told["postal_address"]),
        logo=image(told["logo"], bases) if told["logo"] else None,
        **policies,
    )


def publisher_id(bases: Bases) -> str:
    return f"{bases.web}/#publisher"
