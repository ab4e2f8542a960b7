"""What to change in a query for a list that could not be answered in time."""

from app.delivery.list_keys import PLACES, Keys
from app.delivery.list_query import ListQuery, Order
from app.errors import Fault, TooBroad

_KINDS = ("format", "genre", "language", "has_video")


def too_broad(keys: Keys, query: ListQuery, *, films: bool = False) -> TooBroad:
    """The refusal, naming each parameter that one could do without. `films`: of those of videos."""
    advice = _advice_on_films(keys, query) if films else _advice(keys, query)
    return TooBroad(
        "This combination of filters is too broad to be answered quickly. Narrow it.",
        faults=[Fault(words, parameter=name) for name, words in advice.items()],
    )


def _advice_on_films(keys: Keys, query: ListQuery) -> dict[str, str]:
    """All of them have a video: that is as much as an index can be narrowed to."""
    advice = _advice(keys, query)
    advice |= {name: "Leave it out." for name in ("genre", "language") if name in advice}
    return {name: words for name, words in advice.items() if name != "has_video"}


def _advice(keys: Keys, query: ListQuery) -> dict[str, str]:
    def given(*names: str) -> list[str]:
        return [name for name in names if getattr(query, name) is not None]

    advice: dict[str, str] = {}
    if keys.also:
        advice |= dict.fromkeys(
            given(*PLACES), "Ask for one of section, topic, person and what is cited."
        )
    if keys.edition is not None:
        advice["edition"] = "Leave it out where you ask for a topic, a person or what is cited."
    if keys.without is not None:
        advice["not_topic"] = "Leave it out, and skip the articles with this topic yourself."
    if len(given(*_KINDS)) > 1:
        one_of = "Ask for one of format, genre, language and has_video."
        advice |= dict.fromkeys(given(*_KINDS), one_of)
    if query.has_video is False:
        advice["has_video"] = "Leave it out, or ask for has_video=true."
    if query.order is Order.UPDATED and given(*_KINDS, "since", "until"):
        advice["order"] = "With format, genre, language, has_video or dates, leave it out."
    return advice
