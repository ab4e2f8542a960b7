"""The pictures of the demo: which story each is for, and what a photo desk says of it.

A file is named as the demo's articles name their pictures.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scripts.demo_media import harbour, shore, town

CREDIT = "The Kestrel Bay Courier"


@dataclass(frozen=True)
class Picture:
    name: str
    draw: Callable[[], str]
    date: str
    alt: str
    caption: str
    creator: str = "Sunniva Harkell"
    width: int = 1600


PICTURES = (
    Picture(
        "halcyon-trader-north-mole", harbour.reopening, "2026-10-03",
        "A blue-hulled freighter passes the end of a new concrete breakwater at sunrise while "
        "people watch from the quay",
        "The Halcyon Trader passes the head of the new North Mole shortly after seven on "
        "Saturday morning.",
    ),
    Picture(
        "ysolde-cloud-bank", shore.cloud_bank, "2026-11-11",
        "A dark bank of cloud over the sea, seen from a promenade where a woman holds on to her "
        "hat",
        "The front edge of the storm, seen from Marrick Hill on Wednesday afternoon.",
    ),
    Picture(
        "mole-camera-frame", shore.mole_at_night, "2026-11-12",
        "A night picture of a huge wave above a slope of concrete blocks",
        "The mole at 8.22 pm.",
        "Harbour Authority",
    ),
    Picture(
        "sula-sea-trials", harbour.sea_trials, "2026-09-21",
        "A white and green double-ended ferry moves through calm water past a small lighthouse "
        "on a rock",
        "The Sula off Gannet Rock during her sea trials in September.",
    ),
    Picture(
        "council-chamber", town.chamber, "2026-11-10",
        "A semicircular council chamber with wooden desks, seen from the public gallery",
        "The council debates the budget in two readings, on 24 November and 8 December.",
    ),
    Picture(
        "saltmarket-windows-dusk", town.windows_at_dusk, "2026-08-18",
        "A five-storey brick façade at dusk; about half of its windows are lit",
        "Number 40, Tallow Street, on a Tuesday evening in August.",
    ),
    Picture(
        "regatta-finish", shore.regatta, "2026-09-20",
        "Two racing yachts heel hard over within a boat’s length of each other, the one in front "
        "with a red spinnaker",
        "Petrel, in front, crosses the line in the seventh race.",
    ),
    Picture(
        "lisk-fish-market", town.fish_market, "2026-11-16",
        "Crates of silver herring on ice in a market hall, with two buyers bending over them",
        "The morning auction in Lisk.",
        "Émeric Vauclarin",
    ),
    Picture(
        "seagrass-meadow", shore.meadow, "2026-09-14",
        "Long green blades of seagrass under water, with light from above and a small pipefish "
        "between them",
        "The new meadow off the Ropewalk slip, in four metres of water.",
        "Pellow Institute",
    ),
    Picture(
        "pellow-turbine-lift", harbour.turbine, "2026-10-19",
        "A three-bladed turbine hangs from a crane above grey water, with a low green coast "
        "behind it",
        "The fourth turbine is lowered into Pellow Sound.",
    ),
    Picture(
        "juno-tarrowby-workshop", town.workshop, "2026-09-22",
        "A young woman in overalls stands at a workbench beside an open gearbox and wipes her "
        "hands",
        "Juno Tarrowby in the engine shop at Norrin.",
    ),
    Picture(
        "lindle-gate-film", town.gate, "2026-10-01",
        "A huge curved wall of riveted steel with a tiny figure with a lamp in front of it",
        "The northern arm of the gate in its chamber.",
    ),
    Picture(
        "steam-crane-old-quay", harbour.old_crane, "2026-10-12",
        "A rust-brown harbour crane leans slightly towards the water; a gull sits on the tip of "
        "the jib",
        "The crane of 1908. It leans by 2.1 degrees.",
        width=1200,
    ),
    Picture(
        "gannet-rock-lamp", shore.lighthouse, "2026-09-05",
        "A red and white lighthouse on a rock at dusk; its beam reaches out over a calm sea",
        "The lamp of Gannet Rock on its first evening back at work.",
        width=1200,
    ),
)  # fmt: skip
