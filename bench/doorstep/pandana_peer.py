"""Runs pandana on arrays from a file, in an environment of its own; prints JSON."""

import json
import sys
import time

import numpy as np
import pandana
import pandas as pd

given = np.load(sys.argv[1])
limit, most = float(given["limit"]), int(given["most"])
started = time.process_time()
network = pandana.Network(
    pd.Series(given["x"]),
    pd.Series(given["y"]),
    pd.Series(given["edge_u"].astype(np.int64)),
    pd.Series(given["edge_v"].astype(np.int64)),
    pd.DataFrame({"minutes": given["minutes"].astype(float)}),
)
prepared = time.process_time()
x, y = (pd.Series(given[axis][given["venues"]]) for axis in ("x", "y"))
took = []
for _ in range(3):
    begun = time.process_time()
    network.set_pois("venues", limit, most, x, y)
    found = network.nearest_pois(
        limit, "venues", num_pois=most, max_distance=np.inf, include_poi_ids=True
    )
    took.append(time.process_time() - begun)
pairs = int(np.isfinite(found[list(range(1, most + 1))].to_numpy()).sum())
told = {
    "version": pandana.__version__,
    "prepared_s": prepared - started,
    "asked_s": sorted(took)[1],
    "pairs": pairs,
}
sys.stdout.write(json.dumps(told) + "\n")
