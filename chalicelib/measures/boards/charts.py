"""Bars and lines as SVG, drawn on the server. Nothing is told by them alone: the numbers stand beside them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree as ET

WIDTH, HEIGHT = 300, 110
LEFT, RIGHT, TOP, BOTTOM = 34, 8, 8, 20
WHOLE: Final = 100.0


def bar(parent: ET.Element, value: float, most: float) -> None:
    """How much of the most a value is; screen readers have the number in the text."""
    share = max(0.0, min(WHOLE, WHOLE * value / most)) if most else 0.0
    given = {"class": "bar", "viewBox": "0 0 100 6", "preserveAspectRatio": "none", "aria-hidden": "true"}
    svg = ET.SubElement(parent, "svg", given)
    ET.SubElement(svg, "rect", {"class": "track", "width": "100", "height": "6"})
    ET.SubElement(svg, "rect", {"class": "fill", "width": f"{share:.2f}", "height": "6"})


def line(parent: ET.Element, values: Sequence[float | None], ends: tuple[str, str], name: str) -> None:
    """Shares of months, 0 to 100: a dot each, joined where nothing is missing between two."""
    given = {"class": "trend", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img", "aria-label": name}
    svg = ET.SubElement(parent, "svg", given)
    for share in (0, 50, 100):
        y = f"{_y(share):.1f}"
        ET.SubElement(svg, "line", {"class": "axis", "x1": str(LEFT), "x2": str(WIDTH - RIGHT), "y1": y, "y2": y})
        _text(svg, f"{share} %", LEFT - 4, _y(share) + 4, "end")
    _text(svg, ends[0], LEFT, HEIGHT - 4, "start")
    _text(svg, ends[1], WIDTH - RIGHT, HEIGHT - 4, "end")
    points = [None if each is None else (_x(at, len(values)), _y(each)) for at, each in enumerate(values)]
    for former, this in pairwise(points):
        if former and this:
            way = f"M{former[0]:.1f} {former[1]:.1f}L{this[0]:.1f} {this[1]:.1f}"
            ET.SubElement(svg, "path", {"class": "line", "d": way})
    for point in points:
        if point:
            ET.SubElement(svg, "circle", {"class": "dot", "cx": f"{point[0]:.1f}", "cy": f"{point[1]:.1f}", "r": "3"})


def _text(svg: ET.Element, text: str, x: float, y: float, anchor: str) -> None:
    ET.SubElement(svg, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}).text = text


def _x(place: int, of: int) -> float:
    return LEFT + 4 + (WIDTH - LEFT - RIGHT - 8) * place / max(of - 1, 1)


def _y(share: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(share, WHOLE) / WHOLE)
