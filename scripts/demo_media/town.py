"""Walls, halls and the people in them."""

import math
import random

from scripts.demo_media.harbour import WIDE
from scripts.demo_media.shapes import (
    box,
    clouds,
    disc,
    fade,
    figure,
    glow,
    group,
    oval,
    path,
    picture,
    stroke,
)  # fmt: skip


def windows_at_dusk() -> str:
    """Tallow Street: about half of the windows are lit."""
    dice = random.Random(101)
    panes = []
    for row in range(5):
        for column in range(7):
            x, y = 170 + 198 * column, 142 + 122 * row
            lit = dice.random() < 0.48
            tone = dice.choice(["#ffd27a", "#ffc261", "#ffe2a1"]) if lit else "#2a3350"
            panes.append(box(x - 8, y - 8, 86, 96, "#d8b79a"))
            panes.append(box(x, y, 70, 80, tone))
            if lit:
                panes.append(path(f"M{x},{y} h26 q-8,40 -26,80 Z", "#c98a4b", 'opacity="0.6"'))
                if dice.random() < 0.3:
                    panes.append(figure(x + 46, y + 80, 62, "#5b3b3a", "#4a2f30"))
            panes.append(box(x + 33, y, 5, 80, "#efe0cc"))
            panes.append(box(x - 14, y + 84, 98, 10, "#b78f74"))
    return picture(
        *WIDE,
        fade("sky", (0, "#27345f"), (1, "#d78f86")),
        fade("wall", (0, "#8a4a42"), (1, "#5c3038")),
        fade("wet", (0, "#3a3350"), (1, "#1c1b30")),
        box(0, 0, 1600, 900, "url(#sky)"), clouds(103, 60, 40, ["#f0a58c", "#5b568a"], 6),
        box(0, 210, 100, 600, "#3c2a3c"), box(1500, 170, 100, 640, "#34263a"),
        box(90, 110, 1420, 660, "url(#wall)"),
        path("M70,112 L1530,112 L1510,84 L90,84 Z", "#4c3a44"),
        *(box(230 + 380 * n, 20, 70, 66, "#5c3038") for n in range(4)),
        *panes,
        box(0, 762, 1600, 30, "#57485a"), box(0, 790, 1600, 110, "url(#wet)"),
        *(oval(190 + 150 * n, 850, 50, 6, "#ffcf7c", 'opacity="0.35" filter="url(#soft)"')
          for n in (0, 2, 3, 6, 7)),
        box(1190, 420, 10, 372, "#1c1b28"), path("M1170,420 h50 l-12,-44 h-26 Z", "#fff0bd"),
        glow(1195, 400, 240, "#ffe2a0", 0.75),
        figure(560, 838, 150, "#2a2c46", "#1c1a28"), figure(622, 836, 138, "#6b3038", "#1c1a28"),
        oval(590, 842, 80, 7, "#15142a", 'opacity="0.6"'),
    )  # fmt: skip


def chamber() -> str:
    """The council sits in a half circle, seen from the gallery."""
    dice = random.Random(111)
    seats = []
    for row in range(3):
        wide, high, y = 470 + 190 * row, 96 + 62 * row, 520 + 52 * row
        arc = (f"M{800 - wide},{y} A{wide},{high} 0 0 0 {800 + wide},{y} l0,44 "
               f"A{wide},{high} 0 0 1 {800 - wide},{y + 44} Z")  # fmt: skip
        count = 9 + 2 * row
        for n in range(count):
            turn = math.pi * (0.08 + 0.84 * n / (count - 1))
            x, foot = 800 - wide * math.cos(turn), y + high * math.sin(turn) + 26
            coat = dice.choice(["#31415c", "#5c3038", "#3c4a3c", "#4a3a5c", "#2c2c38", "#7a6248"])
            hair = dice.choice(["#2a2028", "#5c4030", "#b9ad9c", "#7d5a3a", "#e0dcd0"])
            seats.append(figure(x, foot, 92 + 14 * row, coat, hair))
        seats.append(path(arc, ["#a8703f", "#945f34", "#7d4d29"][row]))
        seats.append(stroke(f"M{800 - wide},{y} A{wide},{high} 0 0 0 {800 + wide},{y}",
                            "#d9a066", 5))  # fmt: skip
    return picture(
        *WIDE,
        fade("wall", (0, "#e6dcc4"), (1, "#c9b48c")),
        fade("floor", (0, "#7d3030"), (1, "#571f26")),
        fade("day", (0, "#bfe0f0"), (1, "#fdf6dc")),
        box(0, 0, 1600, 520, "url(#wall)"), box(0, 470, 1600, 430, "url(#floor)"),
        *(path(f"M{130 + 290 * n},440 v-240 q70,-120 140,0 v240 Z", "url(#day)")
          + stroke(f"M{200 + 290 * n},150 v290 M{130 + 290 * n},270 h140", "#b89c70", 8)
          for n in (0, 1, 3, 4)),
        *(box(60 + 290 * n, 60, 34, 420, "#b39668") + box(48 + 290 * n, 48, 58, 20, "#d4ba8a")
          for n in range(6)),
        box(660, 120, 280, 250, "#7d5532"), box(676, 136, 248, 218, "#28506e"),
        path("M690,330 q60,-70 110,-20 q50,-50 110,20 Z", "#e9e2cc"),
        path("M800,170 l30,110 l-60,0 Z", "#d9a441"), disc(800, 176, 22, "#f2d488"),
        glow(800, 60, 560, "#fff4d0", 0.6),
        figure(800, 470, 150, "#28304a", "#c9c0b0"),
        figure(690, 472, 128, "#5c3038", "#4a3028"), figure(910, 472, 128, "#3c4a3c", "#2a2028"),
        path("M590,410 L1010,410 L1040,520 L560,520 Z", "#8a552e"),
        box(580, 400, 440, 16, "#d9a066"),
        *seats,
        path("M0,830 Q800,790 1600,830 L1600,900 L0,900 Z", "#3a241c"),
        stroke("M0,830 Q800,790 1600,830", "#b98550", 12),
    )  # fmt: skip


def fish(x: float, y: float, scale: float, turn: float) -> str:
    return group(
        [path("M0,0 Q50,-34 130,-6 L168,-26 L160,4 L168,32 L130,10 Q50,36 0,0 Z", "#9db4c4"),
         path("M4,-2 Q56,-32 130,-7 Q60,-10 4,-2 Z", "#4d6b86"),
         path("M6,4 Q60,26 128,8 Q60,14 6,4 Z", "#f2f5f5"), disc(20, -4, 5, "#16202c")],
        f'transform="translate({x:.0f} {y:.0f}) rotate({turn:.0f}) scale({scale})"',
    )  # fmt: skip


def fish_market() -> str:
    """The morning auction: herring on ice, and two buyers."""
    dice = random.Random(121)
    crates = []
    for row, (y, scale) in enumerate(((530, 0.95), (690, 1.45))):
        wide = 360 * scale
        for column in range(-1, 5):
            x = column * (wide + 16) - 60 * row
            crates.append(
                path(
                    f"M{x},{y} h{wide} l14,{116 * scale} h-{wide + 28} Z",
                    ["#2f6fa8", "#d9673a", "#2f6fa8", "#e0b040"][(column + row) % 4],
                )
            )
            crates.append(
                path(f"M{x + 10},{y + 6} h{wide - 20} l10,{62 * scale} h-{wide} Z", "#e9f3f7")
            )
            crates += [
                fish(x + wide * (0.05 + 0.46 * (n % 2)) + dice.uniform(0, 14),
                     y + (20 + 31 * (n // 2)) * scale, scale * 0.95, dice.uniform(-9, 9))
                for n in range(4)
            ]  # fmt: skip
    lamps = [
        path(f"M{250 + 370 * n},96 l-54,46 h108 Z", "#3a4a4c") + glow(250 + 370 * n, 150, 300,
        "#fff3cf", 0.75) for n in range(4)
    ]  # fmt: skip
    buyers = [
        path("M520,560 C500,420 520,330 610,318 C700,330 730,420 716,560 Z", "#e0a030"),
        path("M600,330 q80,60 150,150 l-34,30 q-80,-60 -120,-120 Z", "#c98a22"),
        disc(628, 280, 44, "#d9a684"),
        path("M580,272 q44,-70 98,-10 l10,14 Z", "#2f4a5c"),
        path("M900,560 C890,440 900,350 980,336 C1064,350 1080,440 1070,560 Z", "#34586a"),
        path("M990,350 q-90,50 -150,150 l36,26 q80,-60 130,-110 Z", "#28485a"),
        disc(962, 296, 42, "#b9805c"),
        path("M922,290 q30,-66 88,-14 q4,26 -8,50 Z", "#2a2028"),
    ]
    return picture(
        *WIDE,
        fade("hall", (0, "#26373c"), (1, "#6f8580")),
        box(0, 0, 1600, 900, "url(#hall)"),
        *(stroke(f"M{-40 + 370 * n},0 L{140 + 370 * n},120 L{330 + 370 * n},0", "#1b282c", 14)
          for n in range(5)),
        box(0, 112, 1600, 12, "#1b282c"),
        *(box(60 + 310 * n, 200, 200, 230, "#cfe0dc", 'opacity="0.55"') for n in range(5)),
        *(stroke(f"M{160 + 310 * n},200 v230 M{60 + 310 * n},315 h200", "#40565a", 8)
          for n in range(5)),
        *lamps,
        *(figure(1180 + 86 * n, 520, 190 - 12 * n, ["#4a5a5c", "#5c4a40", "#3c4c5c", "#54605c"][n],
                 "#1f2a2e") for n in range(4)),
        *(figure(120 + 92 * n, 520, 184, ["#5c4a40", "#40565a", "#6b5a3c"][n], "#1f2a2e")
          for n in range(3)),
        *buyers, *crates,
    )  # fmt: skip


def workshop() -> str:
    """Juno Tarrowby beside an open gearbox."""

    def gear(x: float, y: float, radius: float, teeth: int, tone: str) -> str:
        cogs = [
            box(
                x - radius * 0.1,
                y - radius * 1.14,
                radius * 0.2,
                radius * 0.3,
                tone,
                f'transform="rotate({360 * n / teeth:.0f} {x} {y})"',
            )
            for n in range(teeth)
        ]
        return group([*cogs, disc(x, y, radius, tone), disc(x, y, radius * 0.72, "#8a7a5c"),
                      disc(x, y, radius * 0.6, tone),
                      disc(x, y, radius * 0.2, "#2c2a2c")])  # fmt: skip

    tools = [
        stroke(f"M{90 + 64 * n},150 v{120 + 37 * (n * 5 % 4)}", "#5a6468", 13,
               'stroke-linecap="round"') + disc(90 + 64 * n, 150, 15, "#5a6468")
        for n in range(8)
    ]  # fmt: skip
    woman = [
        path("M920,900 C900,700 900,560 960,510 Q1070,450 1190,506 C1270,560 1290,700 1290,900 Z",
             "#2f5a7a"),
        path("M1010,492 h130 l-10,120 q-56,36 -110,0 Z", "#e3e0d4"),
        path("M1000,500 L1020,900 L970,900 L960,520 Z M1150,500 L1140,900 L1190,900 L1192,520 Z",
             "#1f4460"),
        path("M1040,430 h74 v84 q-36,34 -74,0 Z", "#c78f6a"),
        oval(1078, 360, 76, 98, "#dba67e"),
        path("M990,400 C970,240 1050,210 1090,216 C1180,214 1190,320 1168,400 C1160,330 1130,300 "
             "1080,296 C1030,300 1004,340 990,400 Z", "#3a2220"),
        path("M1150,240 q90,-10 96,90 q-10,60 -66,40 q20,-70 -30,-130 Z", "#3a2220"),
        path("M996,300 q80,-44 166,0 l-4,-30 q-80,-40 -158,0 Z", "#d0312d"),
        oval(1052, 366, 7, 8, "#2a1a1a"), oval(1108, 366, 7, 8, "#2a1a1a"),
        stroke("M1076,372 q-12,26 4,30", "#b57a58", 5),
        stroke("M1052,416 q28,18 56,-2", "#9c4a3c", 6, 'stroke-linecap="round"'),
        path("M930,560 C860,640 850,720 960,760 L1060,744 L1050,700 L976,690 L1000,600 Z",
             "#27506e"),
        path("M1266,560 C1310,660 1290,740 1190,770 L1080,760 L1084,716 L1170,700 Z", "#27506e"),
        oval(1066, 736, 52, 34, "#dba67e"),
        path("M1020,716 q60,-36 120,6 l-14,66 q-60,20 -112,-6 Z", "#efe6cf"),
    ]  # fmt: skip
    return picture(
        *WIDE,
        fade("wall", (0, "#d3b27c"), (1, "#8f6f48")),
        fade("bench", (0, "#8a5a34"), (1, "#5c3a22")),
        box(0, 0, 1600, 900, "url(#wall)"),
        box(40, 110, 600, 330, "#6b5338"), *tools,
        box(1320, 80, 260, 380, "#cfe6ec"), stroke("M1450,80 v380 M1320,270 h260", "#6b5338", 12),
        path("M1320,380 L1400,330 L1480,380 L1580,350 L1580,460 L1320,460 Z", "#6f97a0"),
        stroke("M1500,350 L1500,150 L1380,200", "#c9572f", 8),
        glow(1450, 260, 620, "#fff4d0", 0.6),
        *woman,
        box(0, 780, 1600, 120, "url(#bench)"), box(0, 772, 1600, 14, "#b98550"),
        path("M130,780 L150,560 Q400,500 660,560 L690,780 Z", "#4d5a5c"),
        path("M170,770 L186,590 Q400,540 626,590 L646,770 Z", "#2b3436"),
        gear(300, 680, 82, 14, "#c9b068"), gear(470, 664, 104, 18, "#b8bcb4"),
        gear(590, 724, 46, 10, "#c98a4b"),
        stroke("M740,766 l120,-14", "#9aa4a4", 18, 'stroke-linecap="round"'),
        disc(1380, 748, 30, "#c8443b"), box(1352, 736, 56, 40, "#c8443b"),
    )  # fmt: skip


def gate() -> str:
    """Inside the Lindle gate: a curved wall of riveted steel, and somebody with a lamp."""
    plates = []
    for row in range(7):
        for column in range(11):
            lift = 90 * math.cos((column - 5) / 5.5 * math.pi / 2)
            x, y = 150 * column - 40, 90 + 112 * row - lift * (1 - row / 5)
            shade = 0.05 + 0.42 * abs(column - 6) / 6 + 0.05 * row
            plates.append(box(x, y - 60, 146, 118, "#0b1a24", f'opacity="{shade:.2f}"'))
            plates += [disc(x + 12 + 30 * n, y + 46, 5, "#c9a27c", 'opacity="0.5"')
                       for n in range(5)]  # fmt: skip
    ribs = [
        stroke(f"M-20,{150 + 168 * n} Q800,{-10 + 190 * n} 1620,{150 + 168 * n}", "#22414f", 26)
        + stroke(f"M-20,{141 + 168 * n} Q800,{-19 + 190 * n} 1620,{141 + 168 * n}", "#6f8e96", 5)
        for n in range(4)
    ]
    return picture(
        *WIDE,
        fade("steel", (0, "#1d3542"), (0.55, "#5d7d86"), (0.8, "#8a7a66"), (1, "#2b2a2c"),
             across=True),
        box(0, 0, 1600, 900, "url(#steel)"), *plates, *ribs,
        path("M0,0 H1600 V60 Q800,-60 0,60 Z", "#0b141c"),
        glow(1010, 700, 480, "#ffdc96", 0.95),
        path("M0,790 Q800,740 1600,790 L1600,900 L0,900 Z", "#1b2228"),
        stroke("M0,790 Q800,740 1600,790", "#d0b080", 6, 'opacity="0.7"'),
        oval(1000, 800, 260, 16, "#ffdc96", 'opacity="0.35" filter="url(#soft)"'),
        figure(960, 800, 150, "#101820", "#e0b040"),
        stroke("M978,716 L1008,708", "#101820", 12, 'stroke-linecap="round"'),
        disc(1012, 708, 13, "#fff6d8"),
        *(stroke(f"M{60 + 190 * n},900 v-150 M{60 + 190 * n},790 h190", "#0b141c", 9)
          for n in range(9) if n not in (4, 5)),
    )  # fmt: skip
