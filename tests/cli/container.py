"""The steps of the Dockerfile, done without Docker: in a directory that stands for its root."""

import json
import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from app.embedded.place import open_to_all

PROJECT = Path(__file__).parents[2]
PLACES = ("/opt/masthead", "/build", "/srv/masthead")
"""The directories of the image that steps write to."""


@dataclass(frozen=True)
class Step:
    word: str
    rest: str


@dataclass
class Stage:
    base: str
    steps: list[Step] = field(default_factory=list)

    def all(self, word: str) -> list[str]:
        return [step.rest for step in self.steps if step.word == word]

    def environment(self) -> dict[str, str]:
        pairs = [pair for rest in self.all("ENV") for pair in shlex.split(rest)]
        return dict(pair.split("=", 1) for pair in pairs)

    def healthcheck(self) -> list[str]:
        command: list[str] = json.loads(self.all("HEALTHCHECK")[0].partition("CMD ")[2])
        return command


def stages() -> list[Stage]:
    found: list[Stage] = []
    text = re.sub(r"^#.*\n", "", (PROJECT / "Dockerfile").read_text(), flags=re.MULTILINE)
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        word, _, rest = line.partition(" ")
        if word == "FROM":
            found.append(Stage(rest))
        elif word:
            found[-1].steps.append(Step(word, rest))
    return found


def moved(text: str, root: Path) -> str:
    """The same words, with the image's directories below `root`."""
    for place in PLACES:
        text = text.replace(place, f"{root}{place}")
    return text


def ordinary_python() -> tuple[str, str | None]:
    """A Python, and the account to run it as: an ordinary one, also for root."""
    if os.geteuid() != 0:
        return sys.executable, None
    for name in ("python3.13", "python3.12", "python3.11", "python3"):
        found = shutil.which(name, path="/usr/local/bin:/usr/bin")
        if found and open_to_all(Path(found).resolve()):
            return found, "nobody"
    return sys.executable, None


def build(root: Path) -> None:
    """Do the steps of the first stage: what can be copied is copied, what is run is run."""
    python, account = ordinary_python()
    for place in PLACES:
        (root / place[1:]).mkdir(parents=True)
    (root / "bin").mkdir()
    (root / "bin" / "python").symlink_to(python)
    if account:
        entry = pwd.getpwnam(account)
        for path in (root, *root.rglob("*")):
            os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)
    first = stages()[0]
    directory = root / first.all("WORKDIR")[0][1:]
    for step in first.steps:
        if step.word == "COPY":
            *sources, target = step.rest.split()
            for source in sources:
                _copy(PROJECT / source, directory / target)
        if step.word == "RUN":
            subprocess.run(
                ["sh", "-ec", moved(step.rest, root)],
                cwd=directory,
                env={"PATH": f"{root}/bin:/usr/bin:/bin", "HOME": str(root / "build")},
                user=account,
                group=entry.pw_gid if account else None,
                check=True,
            )


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        copied = [target, *target.rglob("*")]
    else:
        copied = [Path(shutil.copy(source, target))]
    for path in copied:
        path.chmod(0o755 if path.is_dir() else 0o644)
