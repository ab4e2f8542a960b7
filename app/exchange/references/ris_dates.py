"""Dates of RIS: year/month/day/anything else."""

from app.exchange.references import day_texts


def edtf(value: str) -> str | None:
    """Where an interval goes on, we write so into what may stand behind the day."""
    numbers, rest = value.split("/")[:3], "/".join(value.split("/")[3:])
    begin = day_texts.edtf("/".join(numbers)) or day_texts.edtf(value)
    if begin is None:
        return None
    word, _, last = rest.partition(" ")
    interval = {
        "to": f"{begin}/{last}",
        "since": f"{begin}/..",
        "until": f"../{begin}",
    }.get(word, begin)
    return interval if day_texts.sound(interval) else begin


def nearest(values: list[str]) -> str | None:
    """The one that says most; a day without its year takes that of another."""
    found = [each for value in values if (each := edtf(value))]
    year = next((each[:4] for each in found if each[:4].isdigit()), None)
    found += [each for value in values if year and (each := edtf(f"{value} {year}"))]
    return max(found, key=len, default=None)
