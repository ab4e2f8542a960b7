"""The data directory: made whole or not at all, and only opened by the version that made it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from app.embedded.account import Account, begin
from app.embedded.place import Place
from app.embedded.programs import MAJOR, programs_for
from app.errors import Unavailable

SUPERUSER = "masthead"
DRAFT = "making-"

# The database's own locale is built into PostgreSQL and the same everywhere. The system's is only
# asked what a letter is, when text is split into words to search; "C" knows ASCII's alone, but is
# never missing.
SYSTEM_LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")


def make_data(
    place: Place, account: Account | None, *, starting: int, settings: Mapping[str, str]
) -> None:
    """Make `place.data`, as one rename of what was made beside it.

    The program inherits the lock `starting`, so that one whose parent was killed is waited for.
    """
    for left_behind in place.directory.glob(f"{DRAFT}*"):
        shutil.rmtree(left_behind)
    draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=place.directory))
    if account:
        account.give(draft)
    for locale in SYSTEM_LOCALES:
        failure = _initdb(draft, account, locale, starting=starting, settings=settings)
        if not failure:
            break
        if "invalid locale" not in failure:
            shutil.rmtree(draft)
            raise Unavailable(f"A database could not be made in {place.directory}:\n{failure}")
    draft.rename(place.data)
    directory = os.open(place.directory, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)


def check_version(place: Place) -> None:
    """Raise `Unavailable` for data of another major version: only that one can open them."""
    made_by = (place.data / "PG_VERSION").read_text().strip()
    if made_by != MAJOR:
        raise Unavailable(
            f"{place.data} was made by PostgreSQL {made_by}; this release brings {MAJOR}. Export "
            f"with the release of Masthead that made it, move {place.data} away, and import; or "
            f"run a PostgreSQL {made_by} on it yourself."
        )


def _initdb(
    draft: Path, account: Account | None, locale: str, *, starting: int, settings: Mapping[str, str]
) -> str:
    """Run the program; the end of what it says if it fails, and else nothing."""
    command = [str(programs_for(account) / "initdb"), "-D", str(draft), "-U", SUPERUSER]
    command += ["--auth=trust", "--encoding=UTF8", "--no-instructions", f"--locale={locale}"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if settings.get("fsync") == "off":
        command.append("--no-sync")
    with begin(command, account, output=subprocess.PIPE, keep=starting) as process:
        try:
            output, _ = process.communicate()
        except BaseException:
            process.kill()
            raise
    return "\n".join(output.decode().splitlines()[-5:]) if process.returncode else ""
