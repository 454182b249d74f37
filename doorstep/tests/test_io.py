"""What is written is read back, and what is not ours is refused in a sentence."""

import numpy as np
import pytest
from doorstep.errors import BadIndexError

from doorstep import io


def test_arrays_come_back_mapped_and_read_only(tmp_path):
    io.save_arrays(
        tmp_path / "a", {"x": np.arange(3)}, kind="try", version=1, facts={"n": 3}
    )
    kept = io.load_arrays(tmp_path / "a", kind="try", version=1)
    assert kept.arrays["x"].tolist() == [0, 1, 2]
    assert not kept.arrays["x"].flags.writeable
    assert kept.facts == {"n": 3}


def test_folder_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path):
    for names in (("x", "y"), ("x",)):
        arrays = {name: np.zeros(2) for name in names}
        io.save_arrays(tmp_path / "a", arrays, kind="try", version=1)
    assert list(io.load_arrays(tmp_path / "a", kind="try", version=1).arrays) == ["x"]
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_folder_of_another_kind_version_or_none_is_refused(tmp_path):
    io.save_arrays(tmp_path / "a", {"x": np.zeros(2)}, kind="try", version=1)
    for folder, kind, version in (("a", "other", 1), ("a", "try", 2), ("b", "try", 1)):
        with pytest.raises(BadIndexError):
            io.load_arrays(tmp_path / folder, kind=kind, version=version)
    (tmp_path / "a" / "x.npy").unlink()
    with pytest.raises(BadIndexError, match="lacks an array"):
        io.load_arrays(tmp_path / "a", kind="try", version=1)


def test_file_with_another_checksum_is_refused(tmp_path):
    (tmp_path / "f").write_bytes(b"abc")
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert io.verified_bytes(tmp_path / "f", sha256=known) == b"abc"
    (tmp_path / "f").write_bytes(b"abd")
    with pytest.raises(BadIndexError, match="not the one we know"):
        io.verified_bytes(tmp_path / "f", sha256=known)
