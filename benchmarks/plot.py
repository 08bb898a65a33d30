"""Draws time against the number of notes as SVG, readable on a light and on a dark page.

python benchmarks/plot.py [RESULTS] > time.svg
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 130, 40, 48
COLOURS = {
    "vaultlint": ("#5b3fd6", "#a593ff", ""),
    "vaultlint, warm": ("#5b3fd6", "#a593ff", "6 4"),
    "rumdl": ("#b3541e", "#f0a26b", ""),
    "rumdl, warm": ("#b3541e", "#f0a26b", "6 4"),
}
"""Who -> the colour of the line on a light page and on a dark one, and its dashes."""
LEAST_GAP = 16
"""Pixels between two names at the lines' ends."""


def drawn(points: Mapping[str, Mapping[str, float]]) -> str:
    """The plot of `points`: who -> number of notes -> seconds. Both axes are logarithmic."""
    lines = {
        who: sorted((int(notes), seconds) for notes, seconds in points[who].items()) for who in COLOURS if who in points
    }
    every = [point for line in lines.values() for point in line]
    if not every:
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"></svg>\n'
    axes = _Axes(
        _decades(notes for notes, _ in every),
        _decades(seconds for _, seconds in every),
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
            'role="img" aria-label="Seconds of a check against the number of notes, both axes logarithmic">',
            _style(lines),
            f'<text class="title" x="{LEFT}" y="22">Seconds to check a generated vault, two cores</text>',
            *axes.grid(),
            *(part for number, (who, line) in enumerate(lines.items()) for part in _line(number, who, line, axes)),
            *_names(lines, axes),
            "</svg>\n",
        ]
    )


class _Axes:
    """Where a number stands on the page."""

    def __init__(self, x: range, y: range) -> None:
        """The first and the last power of ten of each."""
        self.x_decades, self.y_decades = x, y

    def x(self, notes: float) -> float:
        first, last = self.x_decades[0], self.x_decades[-1]
        return LEFT + (math.log10(notes) - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def y(self, seconds: float) -> float:
        first, last = self.y_decades[0], self.y_decades[-1]
        return HEIGHT - BOTTOM - (math.log10(seconds) - first) / (last - first) * (HEIGHT - TOP - BOTTOM)

    def grid(self) -> Iterator[str]:
        """A line and a number for each power of ten."""
        for power in self.y_decades:
            y = self.y(10**power)
            yield f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
            yield f'<text class="number" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:g} s</text>'
        for power in self.x_decades:
            x = self.x(10**power)
            yield f'<path class="grid" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>'
            yield (
                f'<text class="number" x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{10**power:,}</text>'
            )
        middle = (LEFT + WIDTH - RIGHT) / 2
        yield f'<text class="number" x="{middle:.0f}" y="{HEIGHT - 8}" text-anchor="middle">notes</text>'


def _decades(numbers: Iterator[float]) -> range:
    found = list(numbers)
    first, last = math.floor(math.log10(min(found))), math.ceil(math.log10(max(found)))
    return range(first, max(last, first + 1) + 1)


def _style(lines: Mapping[str, object]) -> str:
    light = "".join(f".l{n}{{stroke:{COLOURS[who][0]}}}.t{n}{{fill:{COLOURS[who][0]}}}" for n, who in enumerate(lines))
    dark = "".join(f".l{n}{{stroke:{COLOURS[who][1]}}}.t{n}{{fill:{COLOURS[who][1]}}}" for n, who in enumerate(lines))
    return (
        "<style>text{font:13px system-ui,sans-serif}.title{font-weight:600;fill:#24292f}.number{fill:#57606a}"
        ".grid{stroke:#d0d7de;fill:none}.line{fill:none;stroke-width:2.5}.dot{stroke-width:5;stroke-linecap:round}"
        f"{light}@media (prefers-color-scheme:dark){{.title{{fill:#e6edf3}}.number{{fill:#9198a1}}"
        f".grid{{stroke:#3d444d}}{dark}}}</style>"
    )


def _line(number: int, who: str, line: list[tuple[int, float]], axes: _Axes) -> Iterator[str]:
    places = [(axes.x(notes), axes.y(seconds)) for notes, seconds in line]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dashes = f' stroke-dasharray="{COLOURS[who][2]}"' if COLOURS[who][2] else ""
    yield f'<path class="line l{number}" d="M{path}"{dashes}/>'
    yield from (f'<path class="dot l{number}" d="M{x:.1f} {y:.1f}h0"/>' for x, y in places)


def _names(lines: Mapping[str, list[tuple[int, float]]], axes: _Axes) -> Iterator[str]:
    """Each line's name behind its end, none over another."""
    ends = sorted((axes.y(line[-1][1]), axes.x(line[-1][0]), n, who) for n, (who, line) in enumerate(lines.items()))
    lowest = float(TOP)
    for y, x, number, who in ends:
        lowest = max(y, lowest + LEAST_GAP)
        yield f'<text class="t{number}" x="{x + 10:.1f}" y="{lowest + 4:.1f}">{who}</text>'


def main() -> int:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("results.json")
    print(drawn(json.loads(file.read_text(encoding="utf-8"))["points"]), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
