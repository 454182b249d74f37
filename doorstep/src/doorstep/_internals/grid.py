"""Compiled loops of snapping: paths laid in the cells of a grid, and the nearest found.

A piece of path is named by its first point; the cells name the pieces that pass through
them. A search looks at cells in rings round a point until no further ring can be nearer.
"""

from typing import Any

import numpy as np

from doorstep._internals.compiled import compiled


@compiled
def cell_of(value: float, first: float, size: float, count: int) -> int:
    """Give the row or column of a grid that a number of metres falls in."""
    return max(0, min(count - 1, int((value - first) / size)))


@compiled
def lay_piece(
    x0: float, y0: float, x1: float, y1: float, first_x: float, first_y: float,
    size: float, across: int, up: int, piece: int, last: Any, cursor: Any, pieces: Any,
) -> None:  # fmt: skip
    """Write a straight piece in every cell that it passes; or count it, with no room.

    It goes in steps no longer than a cell, each in the cells of its own corners.
    """
    steps = int(max(abs(x1 - x0), abs(y1 - y0)) / size) + 1
    for step in range(steps):
        from_x, to_x = (
            x0 + (x1 - x0) * step / steps,
            x0 + (x1 - x0) * (step + 1) / steps,
        )
        from_y, to_y = (
            y0 + (y1 - y0) * step / steps,
            y0 + (y1 - y0) * (step + 1) / steps,
        )
        left = cell_of(min(from_x, to_x), first_x, size, across)
        right = cell_of(max(from_x, to_x), first_x, size, across)
        bottom = cell_of(min(from_y, to_y), first_y, size, up)
        top = cell_of(max(from_y, to_y), first_y, size, up)
        for row in range(bottom, top + 1):
            for column in range(left, right + 1):
                cell = row * across + column
                if last[cell] == piece:
                    continue
                last[cell] = piece
                if pieces.shape[0]:
                    pieces[cursor[cell]] = piece
                cursor[cell] += 1


@compiled
def lay(
    usable: Any, line_indptr: Any, line_x: Any, line_y: Any, first_x: float,
    first_y: float, size: float, across: int, up: int, cursor: Any, pieces: Any,
) -> None:  # fmt: skip
    """Write every piece of every usable edge; ``cursor`` is where each cell goes on."""
    last = np.full(across * up, -1, np.int64)
    for edge in usable:
        for point in range(line_indptr[edge], line_indptr[edge + 1] - 1):
            lay_piece(
                line_x[point], line_y[point], line_x[point + 1], line_y[point + 1],
                first_x, first_y, size, across, up, point, last, cursor, pieces,
            )  # fmt: skip


@compiled
def share_along(
    x: float, y: float, x0: float, y0: float, x1: float, y1: float
) -> float:
    """Give how far along a straight piece its nearest point lies, 0 to 1."""
    east, north = np.float64(x1) - x0, np.float64(y1) - y0
    square = east * east + north * north
    if square == 0:
        return 0.0
    return min(1.0, max(0.0, ((x - x0) * east + (y - y0) * north) / square))


@compiled
def away(x: float, y: float, x0: float, y0: float, x1: float, y1: float) -> Any:
    """Give the metres from a point to the nearest point of a straight piece."""
    share = share_along(x, y, x0, y0, x1, y1)
    east, north = np.float64(x1) - x0, np.float64(y1) - y0
    return np.hypot(x0 + share * east - x, y0 + share * north - y)


@compiled
def nearest_in(
    cell: int, indptr: Any, pieces: Any, line_x: Any, line_y: Any, x: float, y: float,
    best: Any, nearest: Any,
) -> Any:  # fmt: skip
    """Give the nearest piece so far and how far it is, with those of one cell."""
    for k in range(indptr[cell], indptr[cell + 1]):
        p = pieces[k]
        far = away(x, y, line_x[p], line_y[p], line_x[p + 1], line_y[p + 1])
        if far < best or (far == best and p < nearest):
            best, nearest = far, p
    return best, nearest


@compiled
def nearest_piece(
    x: float, y: float, first_x: float, first_y: float, size: float, across: int,
    up: int, indptr: Any, pieces: Any, line_x: Any, line_y: Any, furthest: float,
) -> Any:  # fmt: skip
    """Give the piece nearest a point, and the metres to it; -1 past the furthest."""
    middle_x, middle_y = np.floor((x - first_x) / size), np.floor((y - first_y) / size)
    best, nearest, ring = np.inf, np.int64(-1), 0
    while min(best, furthest) > (ring - 1) * size:
        for row in range(int(middle_y) - ring, int(middle_y) + ring + 1):
            if row < 0 or row >= up:
                continue
            is_edge = abs(row - int(middle_y)) == ring
            step = 1 if is_edge or ring == 0 else 2 * ring
            for column in range(int(middle_x) - ring, int(middle_x) + ring + 1, step):
                if 0 <= column < across:
                    best, nearest = nearest_in(
                        row * across + column, indptr, pieces, line_x, line_y, x, y,
                        best, nearest,
                    )  # fmt: skip
        ring += 1
    return (best, nearest) if best <= furthest else (np.inf, np.int64(-1))


@compiled
def along_line(
    point: Any, first: int, past: int, share: float, line_x: Any, line_y: Any
) -> float:
    """Give the share of a whole line that lies before a share of one of its pieces."""
    before, whole = 0.0, 0.0
    for p in range(first, past - 1):
        length = np.hypot(line_x[p + 1] - line_x[p], line_y[p + 1] - line_y[p])
        if p < point:
            before += length
        elif p == point:
            before += share * length
        whole += length
    return before / whole if whole > 0 else 0.0


@compiled
def snap_one(
    x: float, y: float, first_x: float, first_y: float, size: float, across: int,
    up: int, indptr: Any, pieces: Any, line_indptr: Any, line_x: Any, line_y: Any,
    furthest: float,
) -> Any:  # fmt: skip
    """Give a point's edge, the share along it and the metres to it; -1 for no edge."""
    far, p = np.inf, np.int64(-1)
    if np.isfinite(x) and np.isfinite(y) and across > 0:
        far, p = nearest_piece(
            x, y, first_x, first_y, size, across, up, indptr, pieces, line_x, line_y,
            furthest,
        )  # fmt: skip
    if p < 0:
        return np.int64(-1), 0.0, np.inf
    edge = np.int64(np.searchsorted(line_indptr, p, side="right") - 1)
    share = share_along(x, y, line_x[p], line_y[p], line_x[p + 1], line_y[p + 1])
    along = along_line(
        p, line_indptr[edge], line_indptr[edge + 1], share, line_x, line_y
    )
    return edge, along, far


@compiled
def snap_many(
    xs: Any, ys: Any, first_x: float, first_y: float, size: float, across: int,
    up: int, indptr: Any, pieces: Any, line_indptr: Any, line_x: Any, line_y: Any,
    furthest: float, edges: Any, shares: Any, aways: Any,
) -> None:  # fmt: skip
    """Write the same for each of many points."""
    for row in range(xs.shape[0]):
        edges[row], shares[row], aways[row] = snap_one(
            xs[row], ys[row], first_x, first_y, size, across, up, indptr, pieces,
            line_indptr, line_x, line_y, furthest,
        )  # fmt: skip
