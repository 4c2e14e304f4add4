"""The report's charts as SVG: widths in percent, heights in pixels, colours by CSS class, so they fit any screen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from markupsafe import Markup

Figure = Mapping[str, float | int | None]
"""A metric as `summary.json` has it: value, low, high, n."""


def interval(figure: Figure) -> Markup:
    """A share's value as a dot on a line from 0 to 1, its 95 % interval as a bar."""
    value, low, high = figure["value"], figure["low"], figure["high"]
    if value is None or low is None or high is None:
        return Markup("")
    return Markup(
        '<svg class="interval" role="img" aria-label="{} to {}" height="14" width="100%">'
        '<line class="axis" x1="0" x2="100%" y1="7" y2="7"/>'
        '<line class="tick" x1="50%" x2="50%" y1="4" y2="10"/>'
        '<line class="span" x1="{}%" x2="{}%" y1="7" y2="7"/><circle class="dot" cx="{}%" cy="7" r="4"/></svg>'
    ).format(share(low), share(high), *(_percent(number) for number in (low, high, value)))


def difference(value: float, low: float, high: float, reach: float) -> Markup:
    """A difference with its interval on a line from -reach to reach, nought in the middle."""
    places = [_percent((number + reach) / (2 * reach)) for number in (low, high, value)]
    return Markup(
        '<svg class="interval" role="img" aria-label="{:+.3f}, {:+.3f} to {:+.3f}" height="14" width="100%">'
        '<line class="axis" x1="0" x2="100%" y1="7" y2="7"/><line class="nought" x1="50%" x2="50%" y1="1" y2="13"/>'
        '<line class="span" x1="{}%" x2="{}%" y1="7" y2="7"/><circle class="dot" cx="{}%" cy="7" r="4"/></svg>'
    ).format(value, low, high, *places)


def risk_curve(points: Sequence[Sequence[float]]) -> Markup:
    """Risk (upwards) against coverage (to the right), both from 0 to 1; the last point is how the assistant answers."""
    if not points:
        return Markup("")
    path = " ".join(f"{100 * coverage:.2f},{100 - 100 * risk:.2f}" for coverage, risk in points)
    last_coverage, last_risk = points[-1]
    grid = Markup("").join(
        Markup('<line class="grid" x1="0" x2="100%" y1="{0}%" y2="{0}%"/>').format(y) for y in (0, 25, 50, 75, 100)
    )
    curve = Markup(
        '<svg class="plot" viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">'
        '<polyline class="curve" points="{}"/></svg>'
    ).format(path)
    dot = Markup('<circle class="dot" cx="{}%" cy="{}%" r="5"/>').format(
        _percent(last_coverage), _percent(1 - last_risk)
    )
    return _framed("risk against coverage", grid + curve + dot, ("0", "50 %", "100 %"), ("100 %", "50 %", "0"))


def scatter(points: Sequence[tuple[str, float, float]]) -> Markup:
    """Quality (upwards, 0 to 1) against seconds (to the right, logarithmic); each point with its number and name."""
    if not points:
        return Markup("")
    logs = [math.log10(max(seconds, 1e-4)) for _, seconds, _ in points]
    low, high = math.floor(min(logs) * 2) / 2, math.ceil(max(logs) * 2) / 2
    reach = max(high - low, 0.5)
    drawn = [
        Markup('<line class="grid" x1="0" x2="100%" y1="{0}%" y2="{0}%"/>').format(y) for y in (0, 25, 50, 75, 100)
    ]
    for number, ((name, _, quality), log) in enumerate(zip(points, logs, strict=True), 1):
        x, right = (log - low) / reach, (log - low) / reach > 0.6
        drawn.append(
            Markup(
                '<circle class="dot" cx="{x}%" cy="{y}%" r="5"/>'
                '<text class="name" x="{x}%" y="{y}%" dx="{dx}" dy="4" text-anchor="{anchor}">'
                '{number}<tspan class="long"> {name}</tspan></text>'
            ).format(
                x=_percent(x),
                y=_percent(1 - quality),
                dx=-9 if right else 9,
                anchor="end" if right else "start",
                number=number,
                name=name,
            )
        )
    across = tuple(seconds_text(10 ** (low + reach * part)) for part in (0, 0.5, 1))
    return _framed("quality against time", Markup("").join(drawn), across, ("100 %", "50 %", "0"))


def _framed(label: str, inside: Markup, across: Sequence[str], upwards: Sequence[str]) -> Markup:
    """The drawing with the numbers of both axes around it."""
    numbers = Markup("").join(
        Markup('<span style="left:{}%">{}</span>').format(50 * place, text) for place, text in enumerate(across)
    )
    sides = Markup("").join(
        Markup('<span style="top:{}%">{}</span>').format(50 * place, text) for place, text in enumerate(upwards)
    )
    return Markup(
        '<div class="framed"><div class="upwards" aria-hidden="true">{}</div>'
        '<svg class="frame" role="img" aria-label="{}" width="100%" height="100%">{}</svg>'
        '<div class="across" aria-hidden="true">{}</div></div>'
    ).format(sides, label, inside, numbers)


def _percent(number: float) -> str:
    return f"{100 * min(max(number, 0.0), 1.0):.2f}"


def share(value: float | int | None) -> str:
    """A share as a percentage: '71 %'; '–' for None."""
    if value is None:
        return "–"
    percent = 100 * value
    return f"{percent:.0f} %" if abs(percent - round(percent)) < 0.05 or percent >= 99.95 else f"{percent:.1f} %"


def seconds_text(value: float | int | None) -> str:
    """Seconds as people read them: '85 ms', '1.2 s'."""
    if value is None:
        return "–"
    if value < 0.995:
        return f"{1000 * value:.0f} ms" if value >= 0.00095 else f"{1000 * value:.1f} ms"
    return f"{value:.1f} s" if value < 100 else f"{value / 60:.0f} min"


def range_text(low: float | None, high: float | None, unit: str) -> str:
    """An interval in its unit: '47.1 to 59 %', '−0.4 to 1.2 s'."""
    if low is None or high is None:
        return ""
    texts = [("−" if bound < 0 else "") + figure_text(abs(bound), unit) for bound in (low, high)]
    return f"{texts[0].removesuffix(' %')} to {texts[1]}"


def p_text(p: float) -> str:
    """A p-value: '0.012', '<0.001'."""
    return f"{p:.3f}" if p >= 0.001 else "<0.001"


def figure_text(value: float | int | None, unit: str) -> str:
    """A metric's value in its unit."""
    if unit == "seconds":
        return seconds_text(value)
    if unit == "share":
        return share(value)
    return "–" if value is None else f"{value:.3f}" if unit == "score" else f"{value:,.0f}"
