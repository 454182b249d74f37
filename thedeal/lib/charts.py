"""Charts as SVG, drawn on the server: no script, the same picture on paper.

Vega-Altair draws, twice: once for a page and once for a telephone, whose letters would
otherwise be too small to read; the chart component shows the one that fits. Colours are the look's own CSS names, so that a chart follows the
dark scheme. Every chart is shown by the chart component, whose sentence and table say
the same in words; a picture must never be the only way to a figure.
"""

import importlib
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

WIDTH, NARROW, HEIGHT = 620, 225, 260
PANEL_HEIGHT = 110
LETTER = 8  # what a letter of a title takes
BESIDE_AXIS = 60  # what the names of an axis take, where there are none
LONGEST_NAME = 280
INK, SOFT, LINE = "var(--ink)", "var(--ink-soft)", "var(--line)"
HUES = ("var(--ours)", "var(--yours)", "var(--calm)", "var(--gold-ink)")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])  # never told apart by colour alone
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One figure over time: rows have "on" (ISO text) and "value".

    ``dots`` for answers on days; otherwise a step that holds until the next row.
    """

    title: str
    rows: Sequence[Row]
    low: float
    high: float
    dots: bool = False


def lines(
    rows: Sequence[Row], *, x: str, y: str, by: str = "", unit: str = "", time: bool
) -> Markup:
    """Give lines of ``y`` over ``x``, one for each ``by``; with a band where rows
    have "low" and "high".

    ``time`` says that ``x`` is a date (ISO text); otherwise it is in steps, as years.
    """
    alt = _altair()
    base = alt.Chart(alt.Data(values=list(rows)))
    sparse = alt.Axis(labelOverlap=True, tickCount=6 if time else alt.Undefined)
    across = alt.X(f"{x}:{'T' if time else 'O'}", title=None, axis=sparse)
    hue = _hues(alt, rows, by) if by else alt.value(HUES[0])
    line = base.mark_line(strokeWidth=2.5).encode(
        x=across,
        y=alt.Y(f"{y}:Q", title=unit or None),
        color=hue,
        strokeDash=_dashes(alt, rows, by) if by else alt.value(DASHES[0]),
    )
    if not rows or "low" not in rows[0]:
        return _svg(line)
    band = base.mark_area(opacity=0.18).encode(
        x=across, y=alt.Y("low:Q", title=unit or None), y2="high:Q", color=hue
    )
    return _svg(band + line)


def bars(
    rows: Sequence[Row],
    *,
    name: str,
    amount: str,
    unit: str = "",
    in_order: bool = False,
) -> Markup:
    """Give a bar for each row, lying down, longest first or in the rows' own order."""
    alt = _altair()
    base = alt.Chart(alt.Data(values=list(rows))).encode(
        x=alt.X(f"{amount}:Q", title=unit or None, axis=alt.Axis(tickCount=6)),
    )
    ordered = rows if in_order else sorted(rows, key=lambda row: -row[amount])
    order = _names(ordered, name)

    def drawn(width: int) -> Any:
        is_wide = width == WIDTH
        axis = alt.Axis(labelLimit=LONGEST_NAME) if is_wide else None
        bar = base.mark_bar(
            color=HUES[0], height={"band": 0.7 if is_wide else 0.4}
        ).encode(y=alt.Y(f"{name}:N", title=None, sort=order, axis=axis))
        if is_wide:
            return bar.properties(width=width, height=max(60, 30 * len(rows)))
        above = base.mark_text(align="left", dy=-19, fontSize=13, color=INK).encode(
            x=alt.value(0), y=alt.Y(f"{name}:N", sort=order), text=f"{name}:N"
        )
        full = width + BESIDE_AXIS
        return (bar + above).properties(width=full, height=max(60, 52 * len(rows)))

    return _both(drawn)


def beside(panels: Sequence[Panel], *, first: str, last: str) -> Markup:
    """Give one picture of panels under one another, each on its own scale, all over
    the same days from ``first`` to ``last`` (ISO text).

    Panels are never drawn over one another: two scales in one frame suggest that one
    thing follows from the other.
    """
    alt = _altair()
    across = alt.Scale(domain=[first, last])

    def drawn(width: int) -> Any:
        each = [
            _panel(alt, panel, hue=HUES[number % len(HUES)], across=across, width=width)
            for number, panel in enumerate(panels)
        ]
        return alt.vconcat(*each, spacing=18)

    return _both(drawn)


def _panel(alt: Any, panel: Panel, *, hue: str, across: Any, width: int) -> Any:
    base = alt.Chart(alt.Data(values=list(panel.rows)))
    kind: dict[str, Any] = (
        {"point": {"filled": True, "size": 70, "color": hue}}
        if panel.dots
        else {"interpolate": "step-after"}
    )
    line = base.mark_line(strokeWidth=2.5, color=hue, **kind).encode(
        x=alt.X("on:T", title=None, scale=across, axis=alt.Axis(tickCount=6)),
        y=alt.Y(
            "value:Q",
            title=None,
            scale=alt.Scale(domain=[panel.low, panel.high]),
            axis=alt.Axis(tickCount=4),
        ),
    )
    title = alt.TitleParams(
        textwrap.wrap(panel.title, width // LETTER),
        anchor="start",
        frame="group",
        color=INK,
        fontSize=14,
    )
    return line.properties(width=width, height=PANEL_HEIGHT, title=title)


def week(rows: Sequence[Row], *, amount: str, unit: str) -> Markup:
    """Give a week as a grid: days down, hours across, darker where ``amount`` is more.

    Rows have "day", "hour" and the amount, a share from 0 to 1.
    """
    alt = _altair()
    cell = alt.Chart(alt.Data(values=list(rows))).mark_rect(stroke=LINE)
    grid = cell.encode(
        x=alt.X("hour:O", title="Hour of the day", axis=alt.Axis(labelOverlap=True)),
        y=alt.Y("day:N", title=None, sort=_names(rows, "day")),
        color=alt.value(HUES[0]),
        opacity=alt.Opacity(
            f"{amount}:Q",
            scale=alt.Scale(domain=[0, 1], range=[0, 1]),
            legend=alt.Legend(title=unit, orient="top", format=".0%"),
        ),
    )
    return _svg(grid, height=220)


def _altair() -> Any:
    """Load it only when something is drawn: it takes a second."""
    return importlib.import_module("altair")


def _names(rows: Sequence[Row], by: str) -> list[Any]:
    return list(dict.fromkeys(row[by] for row in rows))


def _hues(alt: Any, rows: Sequence[Row], by: str) -> Any:
    names = _names(rows, by)
    scale = alt.Scale(
        domain=names, range=[HUES[i % len(HUES)] for i in range(len(names))]
    )
    return alt.Color(
        f"{by}:N", scale=scale, legend=alt.Legend(title=None, orient="top")
    )


def _dashes(alt: Any, rows: Sequence[Row], by: str) -> Any:
    names = _names(rows, by)
    scale = alt.Scale(
        domain=names, range=[DASHES[i % len(DASHES)] for i in range(len(names))]
    )
    return alt.StrokeDash(
        f"{by}:N", scale=scale, legend=alt.Legend(title=None, orient="top")
    )


def _svg(chart: Any, *, height: int = HEIGHT) -> Markup:
    return _both(lambda width: chart.properties(width=width, height=height))


def _both(draw: Callable[[int], Any]) -> Markup:
    """Give the picture for a page and the one for a telephone, each in its wrapping."""
    wide, narrow = (_drawn(draw(w), names=n) for w, n in ((WIDTH, 6), (NARROW, 2)))
    return Markup(  # noqa: S704 - drawn by us from numbers and names that Vega escapes
        f'<div class="chart__wide">{wide}</div><div class="chart__narrow">{narrow}</div>'
    )


def _drawn(chart: Any, *, names: int) -> str:
    """Draw it, with so many names of its key in a row."""
    words = {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 13}
    finished = (
        chart.properties(background="transparent")
        .configure_axis(
            gridColor=LINE, domainColor=SOFT, tickColor=SOFT, labelAngle=0, **words
        )
        .configure_legend(
            labelColor=INK,
            labelFontSize=13,
            symbolSize=300,
            columns=names,
            labelLimit=260,
        )
        .configure_view(stroke=None)
    )
    drawn: str = importlib.import_module("vl_convert").vegalite_to_svg(
        finished.to_json(), vl_version="5.21"
    )
    return _sized_by_box(
        drawn.replace('font-family="sans-serif"', 'font-family="inherit"')
    )


def _sized_by_box(svg: str) -> str:
    """Take the fixed size off, so that the picture fills its box at any width."""
    head, _, rest = svg.partition(">")
    kept = [
        part for part in head.split(" ") if not part.startswith(("width=", "height="))
    ]
    return " ".join(kept) + ">" + rest
