"""Makes transfers/documents/pictures/world.json from the npm package world-atlas; needed again only when that data set changes.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz && pip install pycountry
    python tools/draw_world.py package transfers/documents/pictures/world.json

The package carries the borders of Natural Earth 4.1.0. The world is drawn from its scale 1:110m, Europe from 1:50m, the
spots of small places from 1:10m.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from math import cos, radians, sin, sqrt
from pathlib import Path

import pycountry

Point = tuple[float, float]
Ring = list[Point]
Box = tuple[float, float, float, float]

APART = "apart"
"""Where the source draws an area that is no place of ours, or that others attribute otherwise: land without an outcome."""

BY_NAME = {"Kosovo": "XK"}
"""Places that the source has without a number of ISO 3166-1. Taiwan has one (158)."""

PARTS: tuple[tuple[str, Box, str], ...] = (
    ("FR", (-55, 2, -51, 6), "GF"), ("FR", (-62, 15.8, -60.9, 16.6), "GP"), ("FR", (-61.3, 14.3, -60.7, 15), "MQ"),
    ("FR", (55, -22, 56, -20), "RE"), ("FR", (44, -14, 46, -12), "YT"),
    ("NO", (10, 74, 34, 81), "SJ"), ("NO", (-10, 70, -7, 72), "SJ"), ("NO", (3, -55, 4, -54), "BV"),
    ("NL", (-69, 12, -68, 13), "BQ"), ("NL", (-64, 17, -62, 18), "BQ"), ("NZ", (-173, -10, -171, -8), "TK"),
    ("Indian Ocean Ter.", (105, -11, 106, -10), "CX"), ("Indian Ocean Ter.", (96, -13, 97, -11), "CC"),
    ("RU", (32, 44, 37, 46.5), APART),
)  # fmt: skip
"""Areas that the source draws as part of another, or of none, and that are places of their own here; Crimea is no State's on these pictures."""

WIDTH = 640.0
EUROPE: Box = (0, 0, 330, 276)
SMALL = {"world": 10.0, "europe": 50.0}
"""Below this area, in square units of the picture, a place gets a spot to be seen at all."""


def main(package: Path, target: Path) -> None:
    """Reads the three scales of the package and writes one file of shapes."""
    shapes = {scale: _places(package / f"countries-{scale}.json") for scale in ("110m", "50m", "10m")}
    middle = {place: max(map(_middle, rings))[1] for place, rings in shapes["10m"].items() if place != APART}
    world = {place: [_at(ring, _natural_earth) for ring in rings] for place, rings in shapes["110m"].items()}
    europe = {place: list(_in_europe(rings)) for place, rings in shapes["50m"].items()}
    inside = {place: spot for place, spot in ((p, _lambert(m)) for p, m in middle.items()) if _within(spot, EUROPE)}
    outside = {place: _natural_earth(point) for place, point in middle.items() if place not in inside}
    text = {
        "origin": "Borders of Natural Earth 4.1.0 (naturalearthdata.com, public domain), by way of the npm package world-atlas 2.0.2; "
        "simplified and projected by tools/draw_world.py.",
        "licence": "Natural Earth is in the public domain. world-atlas: Copyright 2013-2019 Michael Bostock. Permission to use, copy, modify, "
        "and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice "
        "and this permission notice appear in all copies. It comes without any warranty (ISC licence).",
        "status": "Borders are shown as in the source and say nothing about the status of any place. Areas that the source draws apart "
        "and that are no place of transborder, and Crimea, carry no outcome.",
        "world": _map("world", (WIDTH, _natural_earth((0, -90))[1]), world, outside, 0.12),
        "europe": _map("europe", EUROPE[2:], europe, inside, 0.5),
    }
    target.write_text(json.dumps(text, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _map(name: str, size: Point, shapes: dict[str, list[Ring]], middles: dict[str, Point], least: float) -> object:
    thin = {
        place: [kept for ring in rings if len(kept := _simplified(ring, least)) > 3] for place, rings in shapes.items()
    }
    seen = {place: sum(abs(_area(ring)) for ring in rings) for place, rings in thin.items()}
    spots = {place: spot for place, spot in middles.items() if seen.get(place, 0) < SMALL[name]}
    return {
        "size": [round(side) for side in size],
        "outlines": {place: path for place, rings in thin.items() if (path := "".join(map(_path, rings)))},
        "spots": {place: [round(x, 1), round(y, 1)] for place, (x, y) in spots.items()},
    }


def _places(path: Path) -> dict[str, list[Ring]]:
    """Every ring in degrees, by our id of the place it belongs to."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_degrees(arc, topology["transform"]) for arc in topology["arcs"]]
    found: dict[str, list[Ring]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        country = pycountry.countries.get(numeric=shape.get("id") or "-")
        owner = country.alpha_2 if country else shape["properties"]["name"]
        for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            rings = [_joined(ring, arcs) for ring in polygon]
            place = _place(owner, rings[0], known=country is not None)
            found.setdefault(place, []).extend(cut for ring in rings for cut in _cut_at_the_date_line(ring))
    return found


def _place(owner: str, ring: Ring, known: bool) -> str:
    x, y = _middle(ring)[1]
    for name, (left, low, right, high), place in PARTS:
        if owner == name and left <= x <= right and low <= y <= high:
            return place
    return owner if known else BY_NAME.get(owner, APART)


def _degrees(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (across, up), (left, low) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * across + left, y * up + low))
    return points


def _joined(ring: list[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for number in ring:
        points += (arcs[number] if number >= 0 else arcs[~number][::-1])[1 if points else 0 :]
    return points


def _cut_at_the_date_line(ring: Ring) -> Iterator[Ring]:
    unwound = [ring[0]]
    for x, y in ring[1:]:
        unwound.append((x + 360 * round((unwound[-1][0] - x) / 360), y))
    if abs(unwound[-1][0] - unwound[0][0]) > 180:  # around the pole
        unwound += [(unwound[-1][0], -90), (unwound[0][0], -90), unwound[0]]
    for turn in (-360, 0, 360):
        cut = _clipped([(x + turn, y) for x, y in unwound], (-180, -90, 180, 90))
        if cut:
            yield cut


def _in_europe(rings: list[Ring]) -> Iterator[Ring]:
    for ring in rings:
        if any(-40 < x < 75 and y > 20 for x, y in ring):
            cut = _clipped(_at(ring, _lambert), EUROPE)
            if len(cut) > 3:
                yield cut


def _clipped(ring: Ring, box: Box) -> Ring:
    """Cut along each side of a box in turn (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        kept: Ring = []
        for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True) if ring else ():
            was, now = sign * (before[axis] - limit), sign * (point[axis] - limit)
            if was * now < 0:
                share = was / (was - now)
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if now >= 0:
                kept.append(point)
        ring = kept
    return [*ring, ring[0]] if ring and ring[0] != ring[-1] else ring


def _at(ring: Ring, projection: Callable[[Point], Point]) -> Ring:
    return [projection(point) for point in ring]


def _natural_earth(point: Point) -> Point:
    """The Natural Earth projection (Patterson; polynomial by Savric and others, 2011), the equator 640 units long."""
    x, y = map(radians, point)
    y2, y4 = y**2, y**4
    across = x * (0.8707 - 0.131979 * y2 + y4 * (-0.013791 + y4 * (0.003971 * y2 - 0.001529 * y4)))
    up = y * (1.007226 + y2 * (0.015085 + y4 * (-0.044475 + 0.028874 * y2 - 0.005916 * y4)))
    unit = WIDTH / 2 / (0.8707 * radians(180))
    return WIDTH / 2 + unit * across, unit * (1.4224 - up)


def _lambert(point: Point) -> Point:
    """Lambert's azimuthal equal-area projection around 13 E, 52 N, 15.6 km to the unit."""
    x, y, x0, y0 = map(radians, (*point, 13, 52))
    reach = sqrt(2 / max(1e-9, 1 + sin(y0) * sin(y) + cos(y0) * cos(y) * cos(x - x0)))
    across, up = reach * cos(y) * sin(x - x0), reach * (cos(y0) * sin(y) - sin(y0) * cos(y) * cos(x - x0))
    return 148 + across * 6371 / 15.6, 143 - up * 6371 / 15.6


def _within(point: Point, box: Box) -> bool:
    return box[0] + 4 < point[0] < box[2] - 4 and box[1] + 4 < point[1] < box[3] - 4


def _simplified(ring: Ring, least: float) -> Ring:
    """Without the corners whose triangle is smaller than ``least``, the smallest first (Visvalingam)."""
    kept = list(ring)
    while len(kept) > 4:
        sizes = [abs(_area([kept[n - 1], kept[n], kept[n + 1]])) for n in range(1, len(kept) - 1)]
        smallest = min(range(len(sizes)), key=sizes.__getitem__)
        if sizes[smallest] >= least:
            break
        del kept[smallest + 1]
    return kept


def _area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _middle(ring: Ring) -> tuple[float, Point]:
    """The area of a ring and its centre."""
    size = _area(ring)
    if abs(size) < 1e-9 or max(x for x, _y in ring) - min(x for x, _y in ring) > 180:
        return abs(size), ring[0]
    x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        x += (ax + bx) * (ax * by - bx * ay)
        y += (ay + by) * (ax * by - bx * ay)
    return abs(size), (x / 6 / size, y / 6 / size)


def _path(ring: Ring) -> str:
    """A closed path of SVG, in tenths of a unit."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring[:-1]]
    if len(set(tenths)) < 3:
        return ""
    text, (x, y) = f"M{tenths[0][0] / 10:g},{tenths[0][1] / 10:g}l", tenths[0]
    steps = []
    for ax, ay in tenths[1:]:
        if (ax, ay) != (x, y):
            steps.append(f"{(ax - x) / 10:g},{(ay - y) / 10:g}")
        x, y = ax, ay
    return text + " ".join(steps) + "z"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
