"""Strokes that scenes are made of. All are SVG; whatever is scattered is scattered by a seed."""

import math
import random
from collections.abc import Iterable


def picture(width: int, height: int, *parts: str) -> str:
    """A whole drawing. `#rough` roughens edges as gouache does, `#soft` and `#mist` blur."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        '<filter id="rough" x="-5%" y="-5%" width="110%" height="110%">'
        '<feTurbulence type="fractalNoise" baseFrequency="0.012 0.02" numOctaves="3" seed="4"/>'
        '<feDisplacementMap in="SourceGraphic" scale="26" xChannelSelector="R"'
        ' yChannelSelector="G"/></filter>'
        '<filter id="soft" x="-50%" y="-50%" width="200%" height="200%">'
        '<feGaussianBlur stdDeviation="7"/></filter>'
        '<filter id="mist" x="-50%" y="-50%" width="200%" height="200%">'
        '<feGaussianBlur stdDeviation="38"/></filter>'
        f"{''.join(parts)}</svg>"
    )


def fade(name: str, *stops: tuple[float, str], across: bool = False) -> str:
    """A gradient, from top to bottom or from left to right, to be used as `url(#name)`."""
    end = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
    inner = "".join(f'<stop offset="{at}" stop-color="{colour}"/>' for at, colour in stops)
    return f'<linearGradient id="{name}" x1="0" y1="0" {end}>{inner}</linearGradient>'


def box(x: float, y: float, wide: float, high: float, fill: str, more: str = "") -> str:
    size = f'width="{wide:.1f}" height="{high:.1f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{fill}" {more}/>'


def disc(x: float, y: float, radius: float, fill: str, more: str = "") -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" {more}/>'


def oval(x: float, y: float, wide: float, high: float, fill: str, more: str = "") -> str:
    return (
        f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{wide:.1f}" ry="{high:.1f}" fill="{fill}" {more}/>'
    )


def path(d: str, fill: str, more: str = "") -> str:
    return f'<path d="{d}" fill="{fill}" {more}/>'


def stroke(d: str, colour: str, width: float, more: str = "") -> str:
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" {more}/>'


def group(parts: Iterable[str], more: str = "") -> str:
    return f"<g {more}>{''.join(parts)}</g>"


def glow(x: float, y: float, radius: float, colour: str, strength: float = 0.8) -> str:
    """Light around a lamp or the sun."""
    name = f"glow{round(x)}_{round(y)}_{round(radius)}"
    return (
        f'<radialGradient id="{name}"><stop offset="0" stop-color="{colour}" stop-opacity='
        f'"{strength}"/><stop offset="0.4" stop-color="{colour}" stop-opacity='
        f'"{strength / 3:.2f}"/>'
        f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></radialGradient>'
        + disc(x, y, radius, f"url(#{name})")
    )


def ridge(seed: int, y: float, swing: float, fill: str, foot: float, width: int = 1600) -> str:
    """Hills in front of the sky."""
    dice = random.Random(seed)
    waves = [(dice.uniform(0.5, 1), dice.uniform(1, 7), dice.uniform(0, 6)) for _ in range(4)]
    points = []
    for x in range(0, width + 1, 20):
        lift = sum(size / speed * math.sin(speed * x / 260 + at) for size, speed, at in waves)
        points.append(f"{x},{y - swing * lift:.1f}")
    return path(f"M0,{foot} L{' L'.join(points)} L{width},{foot} Z", fill)


def clouds(seed: int, y: float, spread: float, colours: list[str], count: int = 9) -> str:
    """Banks of cloud, long and soft."""
    dice = random.Random(seed)
    banks = [
        oval(dice.uniform(-100, 1700), y + dice.uniform(-spread, spread),
             dice.uniform(180, 480), dice.uniform(14, 46), dice.choice(colours),
             f'opacity="{dice.uniform(0.35, 0.85):.2f}"')
        for _ in range(count)
    ]  # fmt: skip
    return group(banks, 'filter="url(#mist)"')


def ripples(
    seed: int, top: float, foot: float, colour: str, count: int = 70, width: float = 1600
) -> str:
    """Streaks of light on water: fine at the horizon, broad in front."""
    dice = random.Random(seed)
    drawn = []
    for _ in range(count):
        near = dice.random() ** 1.6
        y = top + 4 + near * (foot - top)
        half = (10 + 90 * near) * dice.uniform(0.5, 1.4)
        x = dice.uniform(0, width)
        drawn.append(
            path(
                f"M{x - half:.0f},{y:.0f} Q{x:.0f},{y - 2 - 7 * near:.0f} {x + half:.0f},{y:.0f} "
                f"Q{x:.0f},{y + 1 + 3 * near:.0f} {x - half:.0f},{y:.0f} Z",
                colour,
                f'opacity="{dice.uniform(0.12, 0.5):.2f}"',
            )
        )
    return group(drawn)


def glitter(seed: int, x: float, top: float, foot: float, colour: str, count: int = 46) -> str:
    """The way that a low light draws on water, towards whoever looks."""
    dice = random.Random(seed)
    drawn = []
    for step in range(count):
        near = step / count
        half = (14 + 110 * near) * dice.uniform(0.3, 1)
        at = x + dice.gauss(0, 10 + 60 * near)
        drawn.append(oval(at, top + near * (foot - top), half, 1.5 + 4 * near, colour,
                          f'opacity="{0.75 - 0.5 * near:.2f}"'))  # fmt: skip
    return group(drawn)


def gulls(*places: tuple[float, float, float], colour: str = "#ffffff") -> str:
    return group(
        stroke(f"M{x - 22 * s},{y} q{11 * s},{-14 * s} {22 * s},0 q{11 * s},{-14 * s} {22 * s},0",
               colour, 4 * s, 'stroke-linecap="round"')
        for x, y, s in places
    )  # fmt: skip


def figure(x: float, foot: float, tall: float, coat: str, head: str = "#2a2430") -> str:
    """Somebody who stands there, seen from behind."""
    wide = tall * 0.3
    top = foot - tall
    return (
        path(
            f"M{x - wide * 0.36},{foot} L{x - wide * 0.5},{top + tall * 0.3} "
            f"Q{x},{top + tall * 0.1} {x + wide * 0.5},{top + tall * 0.3} "
            f"L{x + wide * 0.36},{foot} Z", coat,
        )
        + disc(x, top + tall * 0.1, tall * 0.095, head)
    )  # fmt: skip
