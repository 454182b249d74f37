"""The one place where the engine reads and writes files.

Arrays are kept as a folder: one `.npy` a name, and `header.json` with the kind, the
version of its layout and whatever small facts belong beside them. A folder is written
whole under another name and then put in place, so a reader never sees half of one.
Arrays are read memory-mapped: processes on one machine share them.
"""

import hashlib
import json
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from doorstep.errors import BadIndexError

HEADER = "header.json"
TABLES = Path(__file__).parent / "data" / "words"


@dataclass(frozen=True)
class Kept:
    """What a folder held: arrays by name, and the facts beside them."""

    arrays: dict[str, npt.NDArray[Any]]
    facts: dict[str, Any]


def words_table(name: str) -> dict[str, Any]:
    """Read one of the engine's own tables of words, `data/words/NAME.toml`."""
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


def save_arrays(
    folder: Path,
    arrays: Mapping[str, npt.NDArray[Any]],
    *,
    kind: str,
    version: int,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write arrays and the facts beside them, in place of what the folder held."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    for name, array in arrays.items():
        np.save(new / f"{name}.npy", array, allow_pickle=False)
    header = {
        "kind": kind,
        "version": version,
        "arrays": sorted(arrays),
        "facts": dict(facts or {}),
    }
    (new / HEADER).write_text(json.dumps(header, ensure_ascii=False), encoding="utf-8")
    _put_in_place(new, folder)


def load_arrays(
    folder: Path, *, kind: str, version: int, is_mapped: bool = True
) -> Kept:
    """Read what `save_arrays` wrote, memory-mapped and read-only unless said.

    Raises
    ------
    BadIndexError : no such folder, another kind or version, or an array missing.
    """
    try:
        header = json.loads((folder / HEADER).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadIndexError(f"The folder {folder} holds no {kind}.") from error
    if (header.get("kind"), header.get("version")) != (kind, version):
        raise BadIndexError(
            f"The folder {folder} holds a {header.get('kind')} of layout "
            f"{header.get('version')}, not a {kind} of layout {version}: make it again."
        )
    return Kept(_arrays(folder, header["arrays"], is_mapped), header["facts"])


def verified_bytes(path: Path, *, sha256: str) -> bytes:
    """Read a whole file and refuse it unless its checksum is the one expected."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadIndexError(f"The file {path} cannot be read.") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BadIndexError(
            f"The file {path} is not the one we know: install it again."
        )
    return content


def _arrays(
    folder: Path, names: list[str], is_mapped: bool
) -> dict[str, npt.NDArray[Any]]:
    try:
        return {
            name: np.load(
                folder / f"{name}.npy",
                mmap_mode="r" if is_mapped else None,
                allow_pickle=False,
            )
            for name in names
        }
    except (OSError, ValueError) as error:
        raise BadIndexError(
            f"The folder {folder} lacks an array: make it again."
        ) from error


def _put_in_place(new: Path, folder: Path) -> None:
    """Swap the folders; what maps the old one keeps it until it lets go."""
    old = new.with_name(new.name + "-old")
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
