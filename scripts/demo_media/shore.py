"""The open sea: storm, regatta, what grows below."""

import math
import random

from scripts.demo_media.harbour import WIDE, blocks
from scripts.demo_media.shapes import (
    box,
    clouds,
    disc,
    fade,
    figure,
    glow,
    group,
    gulls,
    oval,
    path,
    picture,
    ridge,
    ripples,
    stroke,
)  # fmt: skip


def swell(seed: int, y: float, high: float, shift: float, tone: str, foam: str) -> str:
    """A row of waves across the picture, with foam on their crests."""
    crests = [
        high
        * (0.6 * math.sin((x + shift) / 150 + seed) + 0.4 * math.sin((x + shift) / 61 + 2 * seed))
        for x in range(0, 1640, 40)
    ]
    line = [f"{40 * n},{y - crest:.1f}" for n, crest in enumerate(crests)]
    under = [f"{40 * n},{y - crest + max(2, crest * 0.45):.1f}" for n, crest in enumerate(crests)]
    body = path(f"M0,900 L{' L'.join(line)} L1600,900 Z", tone)
    crown = path(f"M{' L'.join(line)} L{' L'.join(reversed(under))} Z", foam, 'opacity="0.75"')
    return group([body, crown], 'filter="url(#rough)"')


def plume(seed: int, x: float, y: float, high: float) -> str:
    """Water thrown up where a wave has hit: a fan of torn sheets, blown back to the left."""
    dice = random.Random(seed)
    sheets = []
    for _ in range(26):
        lean, tall = dice.gauss(-0.2, 0.36), high * dice.uniform(0.35, 1.0)
        wide = 18 + 0.11 * tall
        top = f"{x + lean * tall:.0f},{y - tall:.0f}"
        sheets.append(
            path(
                f"M{x - wide:.0f},{y:.0f} Q{x + lean * tall * 0.3 - wide:.0f},{y - tall * 0.6:.0f} "
                f"{top} Q{x + lean * tall * 0.5 + wide:.0f},{y - tall * 0.5:.0f} "
                f"{x + wide:.0f},{y:.0f} Z",
                dice.choice(["#ffffff", "#dbe8ec", "#b5cdd6"]),
                f'opacity="{dice.uniform(0.25, 0.6):.2f}"',
            )
        )
    drops = [
        disc(x + dice.gauss(-0.2, 0.42) * high, y - high * dice.uniform(0.2, 1.12),
             dice.uniform(2, 8), "#ffffff", f'opacity="{dice.uniform(0.3, 0.8):.2f}"')
        for _ in range(50)
    ]  # fmt: skip
    return group(sheets, 'filter="url(#torn)"') + group(drops)


def mole_at_night(moment: float = 2.0) -> str:
    """Waves break over the mole. `moment` is in seconds; one comes every three."""
    since = moment % 3 / 3
    burst = math.sin(math.pi * since) ** 0.8 if since > 0 else 0.0
    rain = random.Random(round(moment * 10))
    drops = " ".join(
        f"M{rain.uniform(0, 1640):.0f},{rain.uniform(-40, 860):.0f} l-18,52" for _ in range(16)
    )
    torn = (
        '<filter id="torn" x="-40%" y="-20%" width="180%" height="140%"><feTurbulence '
        'type="fractalNoise" baseFrequency="0.018" numOctaves="3" seed="8"/><feDisplacementMap '
        'in="SourceGraphic" scale="90" xChannelSelector="R" yChannelSelector="G"/></filter>'
    )
    return picture(
        *WIDE,
        torn,
        fade("sky", (0, "#0b1728"), (0.7, "#24405a"), (1, "#4a6a7c")),
        fade("far", (0, "#3f6478"), (1, "#1a3448")),
        box(0, 0, 1600, 900, "url(#sky)"),
        clouds(41, 150, 130, ["#0a121e", "#34506a", "#16263a"], 10),
        glow(1330, 236, 620, "#ffe2a6", 0.6),
        box(0, 540, 1600, 360, "url(#far)"),
        swell(1, 560, 26, 70 * moment, "#37596d", "#a9c4cf"),
        swell(2, 620, 40 + 12 * burst, 110 * moment, "#28495e", "#c3d8df"),
        plume(3, 930, 680, 170 + 430 * burst),
        path("M880,760 L1020,560 L1600,520 L1600,900 L840,900 Z", "#26313b"),
        blocks(43, 850, 1640, 585, 860, ["#46545f", "#56656f", "#35424c", "#6a7982"]),
        path("M960,562 L1600,486 L1600,540 L1000,600 Z", "#8a9292"),
        stroke("M960,562 L1600,486", "#d9d2b8", 5),
        box(1322, 246, 12, 280, "#12181f"), disc(1328, 240, 22, "#fff2cc"),
        plume(5, 900, 800, 90 + 210 * burst),
        swell(4, 730, 46, 150 * moment, "#1c3a4e", "#dbe8ec"),
        swell(6, 830, 38, 200 * moment, "#122a3c", "#b5cdd6"),
        stroke(drops, "#dfe9ee", 2, 'opacity="0.22"'),
    )  # fmt: skip


def cloud_bank() -> str:
    """The edge of the storm, seen from the promenade."""
    dice = random.Random(61)
    rolls = [
        oval(dice.uniform(-100, 1700), 60 + 300 * dice.random(), dice.uniform(160, 420),
             dice.uniform(50, 120), dice.choice(["#2b3444", "#3a4556", "#4a5666", "#232b39"]))
        for _ in range(26)
    ]  # fmt: skip
    rails = [box(40 + 118 * n, 690, 10, 120, "#20262e") for n in range(14)]
    return picture(
        *WIDE,
        fade("sky", (0, "#2a3242"), (0.5, "#59677a"), (0.8, "#e3cf9a"), (1, "#f4e6bd")),
        fade("water", (0, "#d9c894"), (0.15, "#7c8a86"), (1, "#2b4450")),
        fade("stone", (0, "#b3a48c"), (1, "#7c705f")),
        box(0, 0, 1600, 560, "url(#sky)"),
        group(rolls, 'filter="url(#mist)"'),
        path("M0,330 Q320,270 640,340 T1200,330 T1600,300 L1600,0 L0,0 Z", "#2b3444",
             'opacity="0.6" filter="url(#mist)"'),
        stroke("M300,350 L240,560 M420,356 L350,560 M560,356 L490,560 M700,350 L640,560",
               "#3a4556", 46, 'opacity="0.4" filter="url(#mist)"'),
        box(0, 548, 1600, 260, "url(#water)"), ripples(63, 556, 800, "#f2e3b6", 90),
        ridge(67, 548, 18, "#56616a", 556),
        path("M0,800 L1600,790 L1600,900 L0,900 Z", "url(#stone)"),
        box(0, 684, 1600, 14, "#20262e"), box(0, 740, 1600, 8, "#20262e"), *rails,
        path("M1090,876 L1102,690 Q1096,600 1150,590 Q1206,598 1206,690 L1250,866 "
             "Q1160,900 1090,876 Z", "#b5372f"),
        path("M1206,700 q90,10 120,60 q-70,0 -104,40 Z", "#93291f"),
        disc(1152, 556, 36, "#e6b48f"), path("M1098,548 q50,-52 112,-4 q30,2 36,12 Z", "#2f2a3c"),
        path("M1120,528 q30,-44 72,0 Z", "#2f2a3c"),
        stroke("M1196,640 Q1240,590 1194,538", "#b5372f", 26, 'stroke-linecap="round"'),
        box(1118, 862, 22, 26, "#2a2430"), box(1180, 862, 22, 26, "#2a2430"),
        gulls((420, 470, 1.1), (520, 500, 0.8), (820, 440, 0.9), colour="#f6efd8"),
    )  # fmt: skip


def yacht(x: float, y: float, scale: float, hull: str, spinnaker: str, lean: float) -> str:
    return group(
        [
            path("M0,-20 L4,-640 Q190,-330 170,-60 Z", "#fbf8f0"),
            path("M4,-600 Q96,-330 84,-60 L150,-60 Q160,-330 4,-640 Z", "#e9e4d6"),
            path("M-10,-620 C-330,-560 -400,-220 -150,-70 Q-40,-60 -10,-90 Z", spinnaker),
            path(
                "M-10,-620 C-200,-520 -240,-220 -80,-76 L-150,-70 C-400,-220 -330,-560 -10,-620 Z",
                "#ffffff",
                'opacity="0.22"',
            ),
            stroke("M2,-20 L4,-660", "#3a3f45", 8),
            path("M-210,-30 L190,-30 Q180,22 120,26 L-110,26 Q-180,14 -210,-30 Z", hull),
            *(disc(-40 + 44 * n, -42, 13, "#2b2f3a") for n in range(4)),
            *(box(-52 + 44 * n, -34, 26, 18, "#e2a23a") for n in range(4)),
        ],
        f'transform="translate({x} {y}) rotate({lean}) scale({scale})"',
    )


def regatta() -> str:
    """Two yachts within a length of each other; the one in front has a red spinnaker."""
    return picture(
        *WIDE,
        fade("sky", (0, "#3d7fb5"), (0.8, "#bfdceb"), (1, "#e6eff0")),
        fade("water", (0, "#4f93b0"), (0.4, "#236a8c"), (1, "#0e3c58")),
        box(0, 0, 1600, 560, "url(#sky)"), clouds(71, 140, 90, ["#ffffff"], 8),
        ridge(73, 500, 70, "#5c7a6c", 565), ridge(75, 540, 30, "#40604f", 565),
        box(0, 555, 1600, 345, "url(#water)"), ripples(77, 565, 900, "#cfeaf4", 110),
        yacht(1130, 690, 0.86, "#27364a", "#3c78b8", 13),
        path("M880,720 q240,-30 520,4 q-260,22 -520,-4 Z", "#f4fbfc", 'opacity="0.8"'),
        yacht(610, 780, 1.12, "#f2ede2", "#d0312d", 14),
        path("M270,812 q330,-44 720,6 q-360,34 -720,-6 Z", "#f4fbfc", 'opacity="0.9"'),
        disc(1460, 700, 30, "#f08a24"), path("M1452,676 L1460,610 L1468,676 Z", "#f08a24"),
        gulls((300, 160, 1.0), (1380, 200, 1.2)),
    )  # fmt: skip


def meadow() -> str:
    """Seagrass, with light from above."""
    dice = random.Random(81)
    blades = []
    for layer, tones in enumerate((["#2f7f78", "#3a8c7c"], ["#2c7a4e", "#3f9459"],
                                   ["#1d5c38", "#2f7d3f", "#5aa84c"])):  # fmt: skip
        for _ in range(30):
            x, tall = dice.uniform(-40, 1640), dice.uniform(260, 480) * (0.7 + 0.25 * layer)
            bend, wide = dice.uniform(20, 130), 9 + 7 * layer
            rise, tip = 910 - tall * 0.58, x + bend * 1.2
            blades.append(
                path(
                    f"M{x:.0f},910 C{x:.0f},{910 - tall * 0.4:.0f} {x + bend:.0f},{rise:.0f} "
                    f"{tip:.0f},{910 - tall:.0f} C{tip + wide:.0f},{rise:.0f} {x + wide:.0f},"
                    f"{910 - tall * 0.4:.0f} {x + wide:.0f},910 Z",
                    dice.choice(tones),
                )
            )
    rays = (
        "M300,-20 L120,900 L330,900 Z M640,-20 L600,900 L860,900 Z M980,-20 L1130,900 L1300,900 Z"
    )
    return picture(
        *WIDE,
        fade("water", (0, "#bdeee0"), (0.3, "#4fb5b0"), (0.75, "#186a7c"), (1, "#0d3f50")),
        box(0, 0, 1600, 900, "url(#water)"),
        glow(760, -40, 700, "#ffffff", 0.8),
        path(rays, "#eafff4", 'opacity="0.35" filter="url(#mist)"'),
        group(blades),
        stroke("M690,470 q90,-46 180,-8 q70,26 150,-10", "#d9a441", 13, 'stroke-linecap="round"'),
        path("M1016,456 l52,-30 l-22,38 l26,22 Z", "#d9a441"),
        path("M640,476 l58,-20 l0,26 Z", "#d9a441"), disc(690, 466, 3.5, "#20262e"),
        *(disc(dice.uniform(100, 1500), dice.uniform(60, 560), dice.uniform(4, 12), "#ffffff",
               'opacity="0.45"') for _ in range(24)),
    )  # fmt: skip


def lighthouse() -> str:
    """Gannet Rock at dusk, upright (2:3)."""
    return picture(
        1600, 2400,
        fade("sky", (0, "#172544"), (0.5, "#6b5a86"), (0.8, "#e08f6d"), (1, "#f7c682")),
        fade("water", (0, "#d98f72"), (0.3, "#5a5276"), (1, "#141d38")),
        fade("tower", (0, "#fdf3e2"), (0.55, "#e0cdbd"), (1, "#8d7a86"), across=True),
        box(0, 0, 1600, 1720, "url(#sky)"),
        clouds(91, 1250, 240, ["#f2a97c", "#8a6a8c", "#ffd29a"], 10),
        *(disc(60 + 137 * n % 1540, 60 + 211 * n % 760, 3 + n % 3, "#ffffff", 'opacity="0.7"')
          for n in range(34)),
        path("M760,560 L-100,300 L-100,640 Z", "#fff1b8", 'opacity="0.32" filter="url(#soft)"'),
        path("M860,560 L1700,440 L1700,800 Z", "#fff1b8", 'opacity="0.24" filter="url(#soft)"'),
        box(0, 1700, 1600, 700, "url(#water)"), ripples(93, 1712, 2400, "#f3b78c", 90),
        path("M250,1960 q80,-240 300,-290 q160,-130 380,-40 q240,40 420,330 Z", "#2c2738",
             'filter="url(#rough)"'),
        path("M690,1650 L735,700 L885,700 L930,1650 Z", "url(#tower)"),
        path("M722,1010 L730,840 L890,840 L898,1010 Z", "#b5423c"),
        path("M706,1330 L714,1170 L906,1170 L914,1330 Z", "#b5423c"),
        box(700, 676, 220, 30, "#2b2a3a"), box(742, 500, 136, 178, "#ffe9a8"),
        *(box(742 + 42 * n, 500, 8, 178, "#2b2a3a") for n in range(4)),
        path("M716,504 Q810,380 904,504 Z", "#9c3833"), box(804, 390, 12, 50, "#2b2a3a"),
        glow(810, 580, 430, "#fff0b0", 0.9),
        box(788, 1500, 52, 120, "#3a3040"), box(796, 1090, 30, 52, "#3a3040"),
        path("M120,1980 q380,-70 760,-8 q380,-50 640,20 q-700,60 -1400,-12 Z", "#f3d3b8",
             'opacity="0.55" filter="url(#soft)"'),
        path("M0,2120 Q400,2060 800,2120 T1600,2100 L1600,2400 L0,2400 Z", "#141d38",
             'opacity="0.5"'),
        figure(1090, 1726, 120, "#1b1a28"),
        gulls((330, 1180, 2.0), (470, 1260, 1.4), (1270, 1060, 1.7), colour="#fbe6d2"),
    )  # fmt: skip
