"""The sample in every format, as it was once read through and found right.

After a change that is meant: `python -m tests.publishing.bibliography.golden_files`, and read the
differences.
"""

from collections.abc import Iterator
from pathlib import Path

from app.publishing.bibliography.formats import FORMATS
from tests.publishing.bibliography import sample

FOLDER = Path(__file__).with_name("golden")


def written() -> Iterator[tuple[str, bytes]]:
    """The names of the files, and what belongs in them."""
    for name, form in FORMATS.items():
        yield f"citations.{name}", form.write(sample.listed())
    for language in ("de", "fa", "fr"):
        for name in ("html", "txt"):
            yield f"citations.{language}.{name}", FORMATS[name].write(sample.listed(language))


if __name__ == "__main__":
    for name, content in written():
        (FOLDER / name).write_bytes(content)
