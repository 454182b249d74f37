"""A million activities in memory: what they weigh, and one person's answer.

The directory of 10,000 a hundred times over, each copy at venues of its own, on many
Newports side by side: as many near any one door as before.
"""

from dataclasses import replace

import numpy as np
from doorstep.asking import Asked
from doorstep.catalogue import Catalogue
from doorstep.reach import ReachIndex
from doorstep.words import WordIndex

from bench.doorstep.answering import LISTINGS, VENUES, Town, each_door, statements
from bench.doorstep.directory import directory
from bench.doorstep.measuring import timed
from bench.doorstep.towns import newport, newports
from thedeal.lib.setup.telling import say

SEED, COPIES, DOORS = 7, 100, 300


def million() -> None:
    """Print the size of a million activities, and the time of one answer."""
    network, rng = newports(COPIES * newport().n_nodes), np.random.default_rng(SEED)
    catalogue = _many(directory(LISTINGS, n_venues=VENUES))
    at = rng.integers(0, newport().n_nodes, COPIES * VENUES)
    at += np.repeat(np.arange(COPIES), VENUES) * newport().n_nodes
    walks: list[ReachIndex] = []
    took = timed(
        lambda: walks.append(
            ReachIndex.build(network, network.lon[at], network.lat[at])
        )
    )
    homes = rng.integers(0, network.n_nodes, DOORS)
    doors = np.column_stack([network.lon[homes], network.lat[homes]])
    town, said, asked = Town(network, walks[0], catalogue, doors), statements(), Asked()
    columns = sum(column.nbytes for column in catalogue.columns.values())
    words = catalogue.words.texts.nbytes + catalogue.words.weights.nbytes
    rows = sum(part.nbytes for part in vars(walks[0].rows).values())
    one = each_door(lambda door: town.ask(door, asked, said[door % len(said)]))
    say(
        f"\n{len(catalogue):,} activities at {len(at):,} places on {network.n_nodes:,} "
        f"crossings: {columns / 1e9:.2f} GB, {words / 1e9:.2f} GB of words and "
        f"{rows / 1e9:.2f} GB of walks ({took:.0f} s to build); "
        f"one answer, with the walk: {one:.2f} ms"
    )


def _many(one: Catalogue) -> Catalogue:
    """Give a catalogue many times over; a copy's venues and groups are its own."""
    rows = len(one)
    copy = np.repeat(np.arange(COPIES, dtype=np.int32), rows)
    columns = {
        name: np.tile(column[:rows], (COPIES, *[1] * (column.ndim - 1)))
        for name, column in one.columns.items()
    }
    columns["venue"] += copy * VENUES
    columns["group"] += copy * len(one.names)
    return Catalogue(
        columns,
        one.listings * COPIES,
        one.doubts * COPIES,
        {},
        one.languages,
        _many_words(one.words),
    )


def _many_words(words: WordIndex) -> WordIndex:
    """Give the words of every copy, whose texts are numbered on."""
    held = np.diff(words.indptr)
    stem = np.repeat(np.arange(len(held)), held)
    order = np.argsort(np.tile(stem, COPIES), kind="stable")
    on = np.repeat(np.arange(COPIES, dtype=np.int32), len(stem)) * words.n_texts
    return replace(
        words,
        indptr=words.indptr * COPIES,
        texts=(np.tile(words.texts, COPIES) + on)[order],
        weights=np.tile(words.weights, COPIES)[order],
        n_texts=words.n_texts * COPIES,
    )
