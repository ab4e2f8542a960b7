"""Host keys of SFTP servers, as operators have them: a line of `known_hosts`, or a public key."""

import re
from collections.abc import Iterator

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_ssh_public_key

_KEY = re.compile(r"(?:^|\s)((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w@.-]+ +[A-Za-z0-9+/=]{40,})")
_FORM = "A host key is a line such as: sftp.partner.example ssh-ed25519 AAAA…"


def read(text: str) -> list[str]:
    """The keys, one a line, each as `ssh-ed25519 AAAA…`. Raises ValueError where a line has none,
    or there is no line."""
    found = list(_keys(text))
    if not found:
        raise ValueError(_FORM)
    return found


def _keys(text: str) -> Iterator[str]:
    for line in filter(str.strip, text.splitlines()):
        found = _KEY.search(line.strip())
        if found is None:
            raise ValueError(_FORM)
        try:
            load_ssh_public_key(found[1].encode())
        except (ValueError, UnsupportedAlgorithm) as error:
            raise ValueError(f"It cannot be read: {error}") from None
        yield found[1]
