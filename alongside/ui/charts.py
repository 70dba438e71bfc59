"""Charts drawn by the server: across in per cent, down in em, never a viewBox that shrinks words.

Each is an SVG and the same figures for a table behind it: `{% chart a_chart %}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

RADIUS = 8.0  # of a radar, in em
PLOT = 9.0  # height of a trend, in em


@dataclass(frozen=True, slots=True)
class Compared:
    """One area of life, then and now. None is "not asked", which is not nought."""

    says: str
    then: float | None
    now: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """What `{% chart %}` shows: the picture, its key, and the figures behind it."""

    kind: str
    title: str
    summary: str
    svg: SafeString
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    key: Sequence[tuple[str, str]] = ()
    spokes: Sequence[str] = field(default=())


def figure(value: float | None) -> str:
    """A number as people write it; a dash when nobody asked."""
    return "–" if value is None else f"{value:g}"


def bars(
    title: str,
    areas: Iterable[Compared],
    *,
    most: float,
    then_says: str = "Then",
    now_says: str = "Now",
) -> Chart:
    """Two bars for each area, then above now, on a scale from 0 to `most`."""
    compared = list(areas)
    drawn = [_bar(row * 3.6, area, most) for row, area in enumerate(compared)]
    return Chart(
        kind="bars",
        title=title,
        summary=_in_words(compared, then_says, now_says),
        svg=_svg(drawn, height=3.6 * len(compared)),
        headers=("", then_says, now_says),
        rows=_rows(compared),
        key=_key(compared, then_says, now_says),
    )


def radar(
    title: str,
    areas: Iterable[Compared],
    *,
    most: float,
    then_says: str = "Then",
    now_says: str = "Now",
) -> Chart:
    """A web with a spoke for each area, numbered; the names stand in a list below it."""
    compared = list(areas)
    web = [
        _shape([_spoke(i, len(compared), ring / 4) for i in range(len(compared))], "grid")
        for ring in (1, 2, 3, 4)
    ]
    shapes = [
        _shape(_reach(compared, [a.then for a in compared], most), "then-line"),
        _shape(_reach(compared, [a.now for a in compared], most), "now-line"),
    ]
    numbers = [_number(i, len(compared)) for i in range(len(compared))]
    middle = format_html(
        '<svg x="50%" y="{}em" overflow="visible">{}{}</svg>',
        RADIUS + 1.6,
        _web(web + shapes),
        _joined(numbers),
    )
    any_before = any(a.then is not None for a in compared)
    return Chart(
        kind="radar",
        title=title,
        summary=_in_words(compared, then_says, now_says),
        svg=_svg([middle], height=2 * RADIUS + 3.2),
        headers=("", then_says, now_says),
        rows=_rows(compared),
        key=_key(compared, then_says, now_says),
        spokes=[f"{a.says}: {_change(a, both=any_before)}" for a in compared],
    )


def _change(area: Compared, *, both: bool) -> str:
    """From what to what; the first time there is nothing that it could have come from."""
    return f"{figure(area.then)} → {figure(area.now)}" if both else figure(area.now)


@dataclass(frozen=True, slots=True)
class Wall:
    """One wall of a house: how far up it stands (0 to 1, None when nobody asked), and in words."""

    says: str
    share: float | None
    words: str


def house(title: str, walls: Sequence[Wall], ground: Wall | None = None) -> Chart:
    """A house whose walls stand as high as each part does; it leans where one does not."""
    width, gap = 104 / max(len(walls), 1), 4
    drawn = [mark_safe('<polygon class="roof" points="4,30 60,4 116,30"/>')]
    for n, wall in enumerate(walls):
        x, high = 8 + n * width, 50 * (wall.share or 0)
        drawn.append(
            format_html(
                '<rect class="track" x="{}" y="32" width="{}" height="50"/>'
                '<rect class="now" x="{}" y="{}" width="{}" height="{}"/>'
                '<text x="{}" y="79" font-size="7" text-anchor="middle">{}</text>',
                _n(x), _n(width - gap), _n(x), _n(82 - high), _n(width - gap), _n(high),
                _n(x + (width - gap) / 2), n + 1,
            )
        )  # fmt: skip
    if ground:
        drawn.append(
            format_html(
                '<rect class="track" x="2" y="84" width="116" height="6"/>'
                '<rect class="now" x="2" y="84" width="{}" height="6"/>',
                _n(116 * (ground.share or 0)),
            )
        )
    every = [*walls, *([ground] if ground else [])]
    return Chart(
        kind="house",
        title=title,
        summary="; ".join(f"{one.says}: {one.words}" for one in every),
        svg=format_html('<svg aria-hidden="true" viewBox="0 0 120 92">{}</svg>', _joined(drawn)),
        headers=("", "Now"),
        rows=[(one.says, one.words) for one in every],
        spokes=[f"{one.says}: {one.words}" for one in every],
    )


def trend(title: str, points: Sequence[tuple[str, float | None]], *, most: float) -> Chart:
    """A line through values over time; a gap where nothing was recorded."""
    across = 100 / max(len(points) - 1, 1) * 0.94
    spots = [
        (3 + i * across, PLOT - (PLOT - 1) * value / most if value is not None else None)
        for i, (_, value) in enumerate(points)
    ]
    grid = [
        format_html('<line class="grid" x1="0" x2="100%" y1="{0}em" y2="{0}em"/>', _n(y))
        for y in (1, 1 + (PLOT - 1) / 2, PLOT)
    ]
    lines = [
        format_html('<line class="line" x1="{}%" y1="{}em" x2="{}%" y2="{}em"/>', *map(_n, ends))
        for (x1, y1), (x2, y2) in pairwise(spots)
        if y1 is not None and y2 is not None
        for ends in [(x1, y1, x2, y2)]
    ]
    dots = [
        format_html('<circle class="dot" cx="{}%" cy="{}em" r=".3em"/>', _n(x), _n(y))
        for x, y in spots
        if y is not None
    ]
    known = [(says, value) for says, value in points if value is not None]
    return Chart(
        kind="trend",
        title=title,
        summary="; ".join(f"{says}: {figure(value)}" for says, value in known),
        svg=_svg([*grid, *lines, *dots, *_ends(points, spots)], height=PLOT + 2.6),
        headers=("", "Value"),
        rows=[(says, figure(value)) for says, value in points],
    )


def _bar(top: float, area: Compared, most: float) -> SafeString:
    longest = 90.0
    then, now = (longest * (value or 0) / most for value in (area.then, area.now))
    return format_html(
        '<text x="0" y="{}em">{}</text>'
        '<rect class="track" x="0" y="{}em" width="{}%" height="1.15em" rx=".3em"/>'
        '<rect class="then" x="0" y="{}em" width="{}%" height=".5em" rx=".2em"/>'
        '<rect class="now" x="0" y="{}em" width="{}%" height=".5em" rx=".2em"/>'
        '<text class="strong" x="100%" y="{}em" text-anchor="end">{}</text>',
        _n(top + 1.1),
        area.says,
        _n(top + 1.55),
        _n(longest),
        _n(top + 1.6),
        _n(then),
        _n(top + 2.15),
        _n(now),
        _n(top + 2.45),
        figure(area.now),
    )


def _ends(
    points: Sequence[tuple[str, float | None]], spots: Sequence[tuple[float, float | None]]
) -> list[SafeString]:
    """The first and the last date under the line, and each known value over its dot."""
    named = [
        format_html(
            '<text class="quiet" x="{}%" y="{}em" text-anchor="{}">{}</text>',
            _n(x),
            _n(PLOT + 2),
            anchor,
            says,
        )
        for x, anchor, says in ((0, "start", points[0][0]), (100, "end", points[-1][0]))
    ]
    values = [
        format_html(
            '<text class="strong" x="{}%" y="{}em" text-anchor="middle">{}</text>',
            _n(x),
            _n(y - 0.55),
            figure(value),
        )
        for (x, y), (_, value) in zip(spots, points, strict=True)
        if y is not None
    ]
    return [*named, *values]


def _spoke(i: int, of: int, share: float) -> tuple[float, float]:
    turn = 2 * pi * i / of
    return 100 * share * sin(turn), -100 * share * cos(turn)


def _reach(
    compared: Sequence[Compared], values: Sequence[float | None], most: float
) -> list[tuple[float, float]]:
    return [
        _spoke(i, len(compared), value / most)
        for i, value in enumerate(values)
        if value is not None
    ]


def _shape(points: Sequence[tuple[float, float]], kind: str) -> SafeString:
    corners = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return format_html(
        '<polygon class="{}" points="{}" vector-effect="non-scaling-stroke"/>', kind, corners
    )


def _web(shapes: Sequence[SafeString]) -> SafeString:
    """Only shapes, no words, stand in a viewBox: shapes may grow and shrink."""
    return format_html(
        '<svg x="-{0}em" y="-{0}em" width="{1}em" height="{1}em" viewBox="-100 -100 200 200"'
        ' overflow="visible">{2}</svg>',
        RADIUS,
        2 * RADIUS,
        _joined(shapes),
    )


def _number(i: int, of: int) -> SafeString:
    x, y = _spoke(i, of, (RADIUS + 0.9) / 100)
    return format_html(
        '<text class="strong" x="{}em" y="{}em" text-anchor="middle">{}</text>',
        _n(x),
        _n(y + 0.35),
        i + 1,
    )


def _key(
    compared: Sequence[Compared], then_says: str, now_says: str
) -> tuple[tuple[str, str], ...]:
    """What the two colours mean; one alone while there is nothing earlier to compare with."""
    earlier = any(area.then is not None for area in compared)
    return (*((("then", then_says),) if earlier else ()), ("now", now_says))


def _rows(compared: Sequence[Compared]) -> list[tuple[str, str, str]]:
    return [(area.says, figure(area.then), figure(area.now)) for area in compared]


def _in_words(compared: Sequence[Compared], then_says: str, now_says: str) -> str:
    return "; ".join(
        f"{a.says}: {then_says} {figure(a.then)}, {now_says} {figure(a.now)}" for a in compared
    )


def _svg(parts: Sequence[SafeString], *, height: float) -> SafeString:
    return format_html('<svg aria-hidden="true" height="{}em">{}</svg>', _n(height), _joined(parts))


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join(mark_safe(""), "{}", ((part,) for part in parts))


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
