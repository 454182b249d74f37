"""A walking network with its dead ends and its bends folded away.

In a British town four nodes in ten are in dead ends or trees of them, and half the
rest only join two neighbours. No shortest path needs to decide anything there. The
*skeleton* keeps the **junctions**, joined by **chains** of nodes with two ways on;
every other node hangs off a junction or off a point along a chain, at a known
distance. A search settles junctions only; the rest follows by addition, exactly.

Groups are numbered: first the junctions, then the chains. Each node belongs to one.
"""

from typing import NamedTuple

import numpy as np

from doorstep._internals.compiled import compiled
from doorstep.network import Adjacency
from doorstep.walks import Float32s, Int32s, Int64s

UNSET = -1


class Skeleton(NamedTuple):
    """The folded network. Costs are minutes.

    indptr, neighbour, minutes : every node's own rows, for the first steps of a walk.
    group_of, is_junction : of each node.
    member_indptr : the nodes of each group are a run of the next three.
    member, along, beyond : the node; how far along the chain it hangs (0 for a
        junction's); how far it hangs off that point. A junction's run begins with
        the junction itself and goes outwards.
    link_indptr, link_to, link_minutes : junctions joined to each junction.
    chain_indptr, chain_at : the chains with nodes on them that end at each junction.
    chain_a, chain_b, chain_minutes : the two ends of each chain and its length.
    """

    indptr: Int64s
    neighbour: Int32s
    minutes: Float32s
    group_of: Int32s
    is_junction: np.ndarray[tuple[int], np.dtype[np.bool_]]
    member_indptr: Int32s
    member: Int32s
    along: Float32s
    beyond: Float32s
    link_indptr: Int32s
    link_to: Int32s
    link_minutes: Float32s
    chain_indptr: Int32s
    chain_at: Int32s
    chain_a: Int32s
    chain_b: Int32s
    chain_minutes: Float32s

    @property
    def n_nodes(self) -> int:
        """Count the nodes of the whole network."""
        return len(self.group_of)

    @property
    def n_junctions(self) -> int:
        """Count the junctions."""
        return len(self.link_indptr) - 1


def fold(adjacency: Adjacency) -> Skeleton:
    """Fold a network. Nodes keep their order, so that near stays near."""
    rows = (adjacency.indptr, adjacency.neighbour, adjacency.minutes)
    parent, parent_minutes, peeled, degree = _peel(*rows)
    is_junction = (parent == UNSET) & (degree != 2)
    a, b, length, chain_of, along = _chains(
        *rows, adjacency.edge, parent != UNSET, is_junction
    )
    group_of = np.full(len(parent), UNSET, np.int32)
    junctions = np.flatnonzero(is_junction).astype(np.int32)
    group_of[junctions] = np.arange(len(junctions), dtype=np.int32)
    on_chain = chain_of != UNSET
    group_of[on_chain] = chain_of[on_chain] + len(junctions)
    beyond = np.zeros(len(parent))
    _hang(peeled, parent, parent_minutes, group_of, along, beyond)
    ends = (group_of[a], group_of[b], length)
    return _skeleton(rows, group_of, is_junction, along, beyond, ends)


def _skeleton(
    rows: tuple[Int64s, Int32s, Float32s],
    group_of: Int32s,
    is_junction: np.ndarray[tuple[int], np.dtype[np.bool_]],
    along: np.ndarray[tuple[int], np.dtype[np.float64]],
    beyond: np.ndarray[tuple[int], np.dtype[np.float64]],
    ends: tuple[Int32s, Int32s, np.ndarray[tuple[int], np.dtype[np.float64]]],
) -> Skeleton:
    """Lay out the groups in runs and join the junctions."""
    a, b, length = ends
    n_junctions = int(is_junction.sum())
    order = np.lexsort((beyond, along, group_of)).astype(np.int32)
    sizes = np.bincount(group_of, minlength=n_junctions + len(a))
    other = a != b
    start = np.concatenate([a[other], b[other]])
    by_start = np.argsort(start, kind="stable")
    full = np.flatnonzero(sizes[n_junctions:]).astype(np.int32)
    loops = full[a[full] != b[full]]
    at = np.concatenate([a[full], b[loops]])
    by_at = np.argsort(at, kind="stable")
    skeleton = Skeleton(
        *rows,
        group_of=group_of,
        is_junction=is_junction,
        member_indptr=_indptr(sizes),
        member=order,
        along=along[order].astype(np.float32),
        beyond=beyond[order].astype(np.float32),
        link_indptr=_indptr(np.bincount(start, minlength=n_junctions)),
        link_to=np.concatenate([b[other], a[other]])[by_start],
        link_minutes=np.tile(length[other], 2)[by_start].astype(np.float32),
        chain_indptr=_indptr(np.bincount(at, minlength=n_junctions)),
        chain_at=np.concatenate([full, loops])[by_at],
        chain_a=a,
        chain_b=b,
        chain_minutes=length.astype(np.float32),
    )
    return frozen(skeleton)


def frozen(skeleton: Skeleton) -> Skeleton:
    """Make the arrays read-only, so that compiled loops see one type everywhere."""
    for array in skeleton:
        array.setflags(write=False)
    return skeleton


def _indptr(sizes: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Int32s:
    """Give where each run begins and ends."""
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)


@compiled
def _peel(indptr, neighbour, minutes):  # type: ignore[no-untyped-def]  # compiled
    """Take away dead ends until none is left; say what each hung from."""
    n = len(indptr) - 1
    parent = np.full(n, -1, np.int32)
    parent_minutes = np.zeros(n, np.float32)
    degree = np.zeros(n, np.int32)
    peeled = np.empty(n, np.int32)
    waiting = np.empty(n, np.int32)
    n_peeled = n_waiting = 0
    for i in range(n):
        for k in range(indptr[i], indptr[i + 1]):
            degree[i] += neighbour[k] != i
        if degree[i] == 1:
            waiting[n_waiting] = i
            n_waiting += 1
    while n_waiting > 0:
        n_waiting -= 1
        i = waiting[n_waiting]
        if degree[i] != 1:
            continue
        k = _only_way_on(i, indptr, neighbour, parent)
        j = neighbour[k]
        parent[i], parent_minutes[i], degree[i] = j, minutes[k], 0
        peeled[n_peeled] = i
        n_peeled += 1
        degree[j] -= 1
        if degree[j] == 1:
            waiting[n_waiting] = j
            n_waiting += 1
    return parent, parent_minutes, peeled[:n_peeled], degree


@compiled
def _only_way_on(i, indptr, neighbour, parent):  # type: ignore[no-untyped-def]  # compiled
    """Give the one entry of a dead end that leads to a node not yet peeled."""
    for k in range(indptr[i], indptr[i + 1]):
        j = neighbour[k]
        if j != i and parent[j] == -1:
            return k
    return -1


@compiled
def _next(i, came_by, indptr, neighbour, edge, in_tree):  # type: ignore[no-untyped-def]  # compiled
    """Give the entry by which a walk along a chain goes on."""
    for k in range(indptr[i], indptr[i + 1]):
        j = neighbour[k]
        if j != i and edge[k] != came_by and not in_tree[j]:
            return k
    return -1


@compiled
def _chains(indptr, neighbour, minutes, edge, in_tree, is_junction):  # type: ignore[no-untyped-def]  # compiled
    """Walk every chain once, from junction to junction.

    A ring that no junction is on gets one: its first node, in node order.
    """
    n = len(indptr) - 1
    most = len(neighbour) // 2 + 1
    a = np.empty(most, np.int32)
    b = np.empty(most, np.int32)
    length = np.empty(most, np.float64)
    chain_of = np.full(n, -1, np.int32)
    along = np.zeros(n, np.float64)
    walked = np.zeros(1 if len(edge) == 0 else edge.max() + 1, np.bool_)
    n_chains = 0
    for rings in (False, True):
        for i in range(n):
            if rings and not in_tree[i] and chain_of[i] == -1:
                is_junction[i] = True
            if not is_junction[i]:
                continue
            for k in range(indptr[i], indptr[i + 1]):
                j = neighbour[k]
                if j == i or in_tree[j] or walked[edge[k]]:
                    continue
                end, far = _walk(
                    k, n_chains, indptr, neighbour, minutes, edge,
                    in_tree, is_junction, chain_of, along, walked,
                )  # fmt: skip
                a[n_chains], b[n_chains], length[n_chains] = i, end, far
                n_chains += 1
    return a[:n_chains], b[:n_chains], length[:n_chains], chain_of, along


@compiled
def _walk(
    k, chain, indptr, neighbour, minutes, edge,
    in_tree, is_junction, chain_of, along, walked,
):  # type: ignore[no-untyped-def]  # compiled  # fmt: skip
    """Walk one chain to its end, and note how far along each node is."""
    i = neighbour[k]
    far = np.float64(minutes[k])
    walked[edge[k]] = True
    while not is_junction[i]:
        chain_of[i], along[i] = chain, far
        k = _next(i, edge[k], indptr, neighbour, edge, in_tree)
        far += minutes[k]
        walked[edge[k]] = True
        i = neighbour[k]
    return i, far


@compiled
def _hang(peeled, parent, parent_minutes, group_of, along, beyond):  # type: ignore[no-untyped-def]  # compiled
    """Put each node of a dead end in the group of what it hangs from."""
    for k in range(len(peeled) - 1, -1, -1):
        i = peeled[k]
        j = parent[i]
        group_of[i] = group_of[j]
        along[i] = along[j]
        beyond[i] = beyond[j] + parent_minutes[i]
