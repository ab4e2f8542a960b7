"""WebVTT (W3C): a stranger's file is read strictly, and ours are written from what was read.

Comments and identifiers are left out without a word; style sheets and regions with one, so that a
track can pull in nothing and looks as the viewer set captions to look.
"""

from collections.abc import Iterator, Sequence

from app.captions import cue_settings, cue_text, decoding, timestamps
from app.captions.track import LONGEST_TEXT, MOST_CUES, Cue, Remarks, Track, Unreadable

MEDIA_TYPE = "text/vtt"

_ARROW = "-->"


def check(content: bytes) -> Track:
    """The cues of the file. Raises Unreadable, with the line and the way out."""
    lines = decoding.lines(decoding.utf8(content))
    remarks, cues = Remarks(), list[Cue]()
    for number, block in _blocks(lines, _after_header(lines, remarks)):
        cue = _cue(number, block, remarks)
        if cue is None:
            continue
        if cues and cue.start_ms < cues[-1].start_ms:
            raise Unreadable(
                "This cue begins before the one above it. Put the cues in the order of their "
                "beginnings.", number,
            )  # fmt: skip
        cues.append(cue)
        if len(cues) > MOST_CUES:
            raise Unreadable(f"There are more than {MOST_CUES:,} cues.", number)
    if not cues:
        raise Unreadable("There is no cue with text in the file.")
    return Track(tuple(cues), remarks.sentences())


def written(track: Track) -> bytes:
    """The file for these cues, always the same for the same ones. `check` reads them from it."""
    blocks = ["WEBVTT", *(_written(cue) for cue in track.cues)]
    return ("\n\n".join(blocks) + "\n").encode()


def _after_header(lines: Sequence[str], remarks: Remarks) -> int:
    """How many lines the header has."""
    if lines[0] != "WEBVTT" and not lines[0].startswith(("WEBVTT ", "WEBVTT\t")):
        raise Unreadable("The file does not begin with “WEBVTT”.", 1)
    for at, line in enumerate(lines):
        if not line:
            return at
        if _ARROW in line:
            raise Unreadable("An empty line must stand between the header and a cue.", at + 1)
        if line.startswith("X-TIMESTAMP-MAP"):
            remarks.add("the time map of a live segment was left out", at + 1)
    return len(lines)


def _blocks(lines: Sequence[str], at: int) -> Iterator[tuple[int, Sequence[str]]]:
    """What stands between empty lines, with the number of its first line."""
    begin = at
    for here in range(at, len(lines) + 1):
        if here == len(lines) or not lines[here]:
            if here > begin:
                yield begin + 1, lines[begin:here]
            begin = here + 1


def _cue(number: int, block: Sequence[str], remarks: Remarks) -> Cue | None:
    if _ARROW not in block[0] and _ARROW not in "".join(block[1:2]):
        _set_aside(number, block, remarks)
        return None
    if _ARROW not in block[0]:
        number, block = number + 1, block[1:]
    start, end, settings = _timings(block[0], number)
    _check_no_arrow(number + 1, block[1:], "An empty line is missing above this time line.")
    text = "\n".join(block[1:])
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"The text of this cue has more than {LONGEST_TEXT:,} characters.", number)
    try:
        said = cue_text.normal(text, start, end, lambda words: remarks.add(words, number))
    except cue_text.TooDeep:
        raise Unreadable("The tags of this cue are nested too deeply.", number) from None
    kept = cue_settings.normal(settings, lambda words: remarks.add(words, number))
    return Cue(start, end, said, kept) if said else None


def _set_aside(number: int, block: Sequence[str], remarks: Remarks) -> None:
    """Blocks that are no cues: known ones are left out."""
    kind = block[0].split()[0] if block[0].split() else ""
    if kind not in ("NOTE", "STYLE", "REGION"):
        raise Unreadable(
            "This is no cue: there is no line of times like “00:01.000 --> 00:02.000” in it, "
            "or an empty line cuts it off from the one above.", number,
        )  # fmt: skip
    _check_no_arrow(number, block, f"A {kind} block cannot hold “{_ARROW}”.")
    if kind != "NOTE":
        remarks.add(f"{kind} blocks were left out: viewers set how captions look", number)


def _check_no_arrow(number: int, lines: Sequence[str], otherwise: str) -> None:
    for at, line in enumerate(lines, number):
        if _ARROW in line:
            raise Unreadable(otherwise, at)


def _timings(line: str, number: int) -> tuple[int, int, str]:
    left, _, right = line.partition(_ARROW)
    second, _, settings = right.replace("\t", " ").strip().partition(" ")
    start, end = timestamps.of_webvtt(left.strip()), timestamps.of_webvtt(second)
    if start is None or end is None:
        wrong = (left if start is None else second).strip()[:40]
        raise Unreadable(f"“{wrong}” is no time. Write it like 00:01:02.500.", number)
    if end <= start:
        raise Unreadable("This cue ends before or when it begins.", number)
    if _ARROW in settings:
        raise Unreadable("There are two arrows in this line of times.", number)
    return start, end, settings


def _written(cue: Cue) -> str:
    times = f"{timestamps.written(cue.start_ms)} {_ARROW} {timestamps.written(cue.end_ms)}"
    return f"{times} {cue.settings}".rstrip() + f"\n{cue.text}"
