"""Ships, cranes and the mole."""

import random

from scripts.demo_media.shapes import (
    box,
    clouds,
    disc,
    fade,
    figure,
    glitter,
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

WIDE = (1600, 900)


def blocks(seed: int, left: float, right: float, top: float, foot: float, tones: list[str]) -> str:
    """The slope of a mole: concrete blocks laid one on another."""
    dice = random.Random(seed)
    drawn = []
    rows = 6
    for row in range(rows):
        size = (foot - top) / rows * 1.5
        y = top + (foot - top) * row / rows
        x = left - dice.uniform(0, size)
        while x < right:
            turn, wide = dice.uniform(-24, 24), size * dice.uniform(0.8, 1.3)
            drawn.append(
                box(x, y, wide, size, dice.choice(tones),
                    f'rx="9" transform="rotate({turn:.0f} {x + wide / 2:.0f} {y + size / 2:.0f})"')
            )  # fmt: skip
            x += wide * 0.8
    return group(drawn)


def freighter(x: float, y: float, scale: float, hull: str, loaded: list[str]) -> str:
    """Bow to the right; `y` is the water line."""
    boxes = [
        box(130 + 62 * column, -78 - 34 * row, 58, 31, loaded[(column * 3 + row * 2) % len(loaded)])
        for column in range(8)
        for row in range(3 - (column in (0, 7)) - (column == 3))
    ]
    return group(
        [
            path("M0,-46 L690,-46 L742,-72 L700,26 Q350,34 30,26 Z", hull),
            path("M16,8 L710,8 L700,26 Q350,34 30,26 Z", "#8d3230"),
            *boxes,
            box(34, -190, 76, 146, "#f2ede2"),
            box(26, -206, 92, 20, "#d9d2c4"),
            *(box(40, -182 + 34 * floor, 64, 11, "#31475a") for floor in range(4)),
            box(58, -252, 26, 48, "#d98032"),
            box(690, -130, 5, 64, "#d9d2c4"),
        ],
        f'transform="translate({x} {y}) scale({scale})"',
    )


def reopening() -> str:
    """The first freighter passes the head of the new mole at sunrise."""
    people = random.Random(11)
    watching = [
        figure(70 + 62 * n + people.uniform(-16, 16), 905, people.uniform(96, 150),
               people.choice(["#241f33", "#332a44", "#3f2d40", "#1d2438"]), "#1b1726")
        for n in range(17)
    ]  # fmt: skip
    return picture(
        *WIDE,
        fade("sky", (0, "#3c5a86"), (0.45, "#d98f86"), (0.75, "#ffc98a"), (1, "#ffe7b4")),
        fade("water", (0, "#f6bd85"), (0.25, "#a9788a"), (1, "#2b3a5e")),
        box(0, 0, 1600, 540, "url(#sky)"),
        clouds(5, 190, 120, ["#f7b796", "#7c6b92", "#ffd9a8"]),
        glow(1090, 470, 520, "#fff1c4"), disc(1090, 470, 46, "#fff6d8"),
        ridge(3, 500, 34, "#8c7390", 545),
        box(0, 530, 1600, 370, "url(#water)"),
        glitter(2, 1090, 545, 860, "#ffe9b8"),
        ripples(7, 540, 860, "#ffd7a6", 50),
        freighter(330, 600, 1.05, "#23578c", ["#c9573c", "#d9a441", "#4a7c8c", "#e6dcc6"]),
        path("M1180,640 L1600,590 L1600,720 L1230,700 Z", "#5d5668"),
        blocks(6, 1160, 1640, 620, 730, ["#6f6778", "#827787", "#584f63", "#998b93"]),
        box(1238, 500, 20, 122, "#e8e1d2"), box(1232, 482, 32, 24, "#c4423a"),
        glow(1248, 494, 60, "#ffd0a0"),
        path("M0,842 L1130,858 L1180,900 L0,900 Z", "#1a1826"),
        *watching,
        gulls((300, 210, 1.2), (420, 260, 0.8), (880, 150, 0.9), colour="#fff3e0"),
    )  # fmt: skip


def sea_trials() -> str:
    """The ferry off Gannet Rock."""
    ferry = group(
        [
            path("M0,-40 L70,-52 L650,-52 L720,-40 L676,24 L44,24 Z", "#2f7d5b"),
            path("M6,-34 L714,-34 L708,-26 L12,-26 Z", "#f4f1e8"),
            box(90, -122, 540, 72, "#fbf8f0"),
            box(150, -172, 420, 52, "#f1ece0"),
            *(box(112 + 44 * n, -102, 26, 22, "#3b5c70") for n in range(12)),
            *(box(168 + 44 * n, -156, 26, 18, "#3b5c70") for n in range(9)),
            box(180, -212, 90, 42, "#fbf8f0"),
            box(450, -212, 90, 42, "#fbf8f0"),
            box(188, -202, 74, 16, "#31475a"),
            box(458, -202, 74, 16, "#31475a"),
            box(338, -232, 44, 62, "#2f7d5b"),
            box(357, -290, 5, 60, "#c9c2b2"),
        ],
        'transform="translate(250 610)"',
    )
    return picture(
        *WIDE,
        fade("sky", (0, "#6fa6cf"), (0.7, "#cfe4ec"), (1, "#f3efdc")),
        fade("water", (0, "#9cc6cf"), (0.4, "#4c8fa3"), (1, "#1f5468")),
        box(0, 0, 1600, 540, "url(#sky)"),
        clouds(9, 170, 110, ["#ffffff", "#f4f2ea"], 11),
        ridge(8, 500, 46, "#8fb0ba", 545), ridge(14, 528, 22, "#6f97a0", 545),
        box(0, 535, 1600, 365, "url(#water)"),
        ripples(3, 545, 900, "#d4eef0", 100),
        oval(610, 640, 400, 14, "#1c4f5f", 'opacity="0.5" filter="url(#soft)"'),
        ferry,
        oval(640, 634, 370, 7, "#f2fbfa", 'opacity="0.8"'),
        path("M930,640 q120,-16 330,10 q-180,4 -330,2 Z", "#eefaf8", 'opacity="0.7"'),
        path("M1180,650 q30,-74 90,-80 q60,-40 130,6 q70,14 108,76 Z", "#4a4a50",
             'filter="url(#rough)"'),
        path("M1200,650 q60,-40 120,-30 q90,-20 180,30 Z", "#34363d", 'filter="url(#rough)"'),
        path("M1318,572 L1330,372 L1372,372 L1384,572 Z", "#f6f2e6"),
        path("M1324,484 L1328,430 L1374,430 L1378,484 Z", "#c8443b"),
        box(1326, 342, 50, 32, "#31475a"), path("M1320,344 L1351,312 L1382,344 Z", "#c8443b"),
        oval(1345, 652, 200, 9, "#eefaf8", 'opacity="0.7"'),
        gulls((980, 240, 1.3), (1120, 300, 0.9), (1500, 250, 1.1), (820, 330, 0.7)),
    )  # fmt: skip


def turbine() -> str:
    """A tidal turbine is lowered into the sound."""
    blade = "M0,0 C-34,-60 -26,-190 0,-262 C30,-190 26,-60 0,0 Z"
    blades = [
        path(blade, tone, f'transform="translate(780 470) rotate({turn})"')
        for turn, tone in ((8, "#f4f2ea"), (128, "#d5d8d6"), (248, "#e6e6e0"))
    ]
    return picture(
        *WIDE,
        fade("sky", (0, "#8a99a3"), (0.8, "#d8dcd6"), (1, "#eceadb")),
        fade("water", (0, "#a3b3b3"), (0.5, "#66807f"), (1, "#34504f")),
        box(0, 0, 1600, 600, "url(#sky)"),
        clouds(19, 150, 130, ["#ffffff", "#78868f", "#b9c2c4"], 12),
        ridge(21, 560, 40, "#7f9a80", 605), ridge(25, 585, 22, "#5f8065", 605),
        box(0, 595, 1600, 305, "url(#water)"), ripples(23, 605, 900, "#dfe8e2", 90),
        stroke("M1360,640 L1180,70 L700,30", "#c9772c", 18),
        stroke("M1420,640 L1180,70", "#c9772c", 12),
        *(stroke(f"M{1342 - 30 * n},{580 - 92 * n} l{46 - 8 * n},{-20}", "#a85f20", 6)
          for n in range(6)),
        stroke("M780,36 L780,430", "#3a4144", 5), stroke("M1180,70 L1400,560", "#5a5f60", 3),
        box(752, 400, 56, 60, "#d9b13b", 'rx="8"'),
        *blades,
        path("M730,440 Q780,410 830,440 L822,520 Q780,548 738,520 Z", "#e0b23c"),
        disc(780, 470, 30, "#3c474b"),
        path("M1150,640 L1600,628 L1600,720 L1190,724 Z", "#33454f"),
        box(1300, 560, 170, 82, "#e9e4d6"), box(1320, 578, 130, 20, "#31475a"),
        box(1150, 630, 450, 14, "#c9573c"),
        *(figure(1200 + 36 * n, 634, 62, "#e08a2c", "#f2d544") for n in range(3)),
        path("M560,690 q220,-26 470,0 q-210,14 -470,0 Z", "#e9f1ec", 'opacity="0.45"'),
        gulls((300, 240, 1.1), (420, 200, 0.8)),
    )  # fmt: skip


def old_crane() -> str:
    """The steam crane of Old Quay, upright (2:3)."""
    return picture(
        1600, 2400,
        fade("sky", (0, "#4d7d96"), (0.6, "#d9c9a4"), (1, "#f3d7a2")),
        fade("water", (0, "#d9b98c"), (0.3, "#7d8a86"), (1, "#2f4a55")),
        box(0, 0, 1600, 1800, "url(#sky)"),
        clouds(31, 520, 360, ["#f6e5c4", "#ffffff", "#b9b09c"], 12),
        glow(300, 1500, 700, "#fff0c0", 0.7),
        ridge(33, 1700, 70, "#8d8f8a", 1800),
        box(0, 1780, 1600, 320, "url(#water)"), ripples(35, 1790, 2100, "#f4e2bd", 60),
        glitter(36, 300, 1790, 2080, "#fff0c8", 24),
        group([
            *(stroke(f"M{620 + 70 * n},{1880 - 250 * n} L{660 + 70 * n},{1640 - 250 * n} "
                     f"L{760 + 62 * n},{1800 - 250 * n} Z", "#7d4127", 14) for n in range(6)),
            stroke("M600,1960 L1090,330", "#8f4a2a", 40),
            stroke("M800,1960 L1110,330", "#a4582f", 40),
            stroke("M1100,330 L420,1500", "#5d3a2c", 9),
            stroke("M1106,326 L1250,640", "#40302a", 6),
            path("M300,1460 L830,1460 L830,1960 L300,1960 Z", "#9a5230"),
            path("M260,1460 L560,1340 L870,1460 Z", "#6f3822"),
            *(box(360 + 130 * n, 1560, 76, 110, "#f3dca6") for n in range(3)),
            box(300, 1750, 530, 26, "#6f3822"), box(350, 1230, 62, 170, "#4d3128"),
            disc(1100, 330, 38, "#4d3128"), stroke("M1250,640 L1250,900", "#40302a", 6),
            stroke("M1250,900 q40,30 0,62 q-36,6 -34,-26", "#40302a", 14),
        ], 'transform="rotate(2.1 700 2000)"'),
        path("M0,1960 L1600,1930 L1600,2400 L0,2400 Z", "#5b5350"),
        *(box(160 * (n % 10) + 40 * (n // 10 % 2) - 60, 2010 + 98 * (n // 10), 150, 88,
              ["#6c635e", "#746a63", "#615853"][n * 7 % 3], 'rx="6"') for n in range(44)),
        box(0, 1946, 1600, 26, "#867a70"),
        *(box(1180 + 190 * n, 1850, 56, 110, "#2d2a2e", 'rx="18"') for n in range(2)),
        path("M1088,270 q24,-46 66,-34 q36,8 60,32 q-56,10 -76,30 Z", "#fdfaf2"),
        gulls((400, 480, 2.2), (560, 600, 1.5), (1350, 420, 1.8), colour="#ffffff"),
    )  # fmt: skip
