"""What a site's robots.txt asks of us (RFC 9309): rules of groups, wildcards, the longest wins."""

from collections.abc import Iterator
from urllib.parse import unquote

US = "masthead"
"""The name by which a site can speak to us."""

LARGEST = 500_000

Rule = tuple[bool, str]
"""Whether it allows, and its pattern."""


def allows(robots: str, path: str) -> bool:
    """Whether we may ask for this path (with its query). Without a rule that fits, we may."""
    groups = dict[str, list[Rule]]()
    for agents, rules in _groups(robots):
        for agent in agents & {US, "*"}:  # else many names and many rules would be many times many
            groups.setdefault(agent, []).extend(rules)
    path = unquote(path)
    fitting = [rule for rule in groups.get(US, groups.get("*", [])) if _fits(rule[1], path)]
    return max(fitting, key=lambda rule: (len(rule[1]), rule[0]), default=(True, ""))[0]


def _groups(robots: str) -> Iterator[tuple[set[str], list[Rule]]]:
    agents, rules = set[str](), list[Rule]()
    for line in robots[:LARGEST].lstrip("\ufeff").splitlines():
        field, _, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if field == "user-agent":
            if rules:
                yield agents, rules
                agents, rules = set(), []
            agents.add(value.partition("/")[0].strip().lower())
        elif field in ("allow", "disallow") and agents and value:
            rules.append((field == "allow", unquote(value)))
    yield agents, rules


def _fits(pattern: str, path: str) -> bool:
    """`*` stands for anything, a `$` at the end for the end. Read from the left, each part where
    it comes first, which takes no longer however many stars there are."""
    whole = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not parts:
        return path == first if whole else True
    at = len(first)
    for part in parts[:-1] if whole else parts:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return not whole or (path.endswith(parts[-1]) and len(path) - len(parts[-1]) >= at)
