"""Addresses of databases, written as `postgresql://` URLs."""

from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict

MASK = "***"


def masked(url: str) -> str:
    """The same address without its passwords."""
    return _written(
        {
            name: MASK if "password" in name else value
            for name, value in conninfo_to_dict(url).items()
        }
    )


def with_login(url: str, user: str, password: str) -> str:
    """The same address for somebody else."""
    return _written({**conninfo_to_dict(url), "user": user, "password": password})


def _written(parts: dict[str, str | int | None]) -> str:
    given = {name: str(value) for name, value in parts.items() if value not in (None, "")}
    user, password = given.pop("user", ""), given.pop("password", "")
    name = given.pop("dbname", "")
    secret = f":{_quoted(password)}" if password else ""
    who = f"{_quoted(user)}{secret}@" if user or password else ""
    where = ""
    # Several hosts, IPv6 and directories of sockets: what stands before the path has signs for
    # these, each in another way; as parameters they need none.
    if not set(given.get("host", "") + given.get("port", "")) & set(",:/"):
        host, port = given.pop("host", ""), given.pop("port", "")
        where = f"{_quoted(host)}{f':{port}' if port else ''}"
    rest = "&".join(f"{key}={_quoted(value, '/,:')}" for key, value in given.items())
    return f"postgresql://{who}{where}/{_quoted(name)}{f'?{rest}' if rest else ''}"


def _quoted(text: str, safe: str = "") -> str:
    return quote(text, safe=f"*{safe}")
