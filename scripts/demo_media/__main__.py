"""Writes the pictures and the film into the demo's folder, and says how large they are."""

from pathlib import Path

from scripts.demo_media import film
from scripts.demo_media.catalogue import PICTURES
from scripts.demo_media.painting import painted

FOLDER = Path(__file__).parents[2] / "app" / "exchange" / "demo" / "media"
WANTED_OF_A_PICTURE = 25_500
MOST_IN_ALL = 500_000


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        (FOLDER / f"{picture.name}.jpg").write_bytes(painted(picture, WANTED_OF_A_PICTURE))
    film.written(FOLDER)
    sizes = {path.name: path.stat().st_size for path in sorted(FOLDER.iterdir())}
    for name, size in sizes.items():
        print(f"{size:>8,} {name}")
    whole = sum(sizes.values())
    print(f"{whole:>8,} in all")
    if whole > MOST_IN_ALL:
        raise SystemExit(f"More than {MOST_IN_ALL:,} bytes: too much to keep in the repository.")


if __name__ == "__main__":
    main()
