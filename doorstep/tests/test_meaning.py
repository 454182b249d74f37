"""The sentence model: near in meaning is near in direction, and nothing is trusted."""

import numpy as np
import pytest
from doorstep.meaning import DIMENSIONS, NoModelError, load_model, pooled

from doorstep import meaning


def test_song_is_nearer_to_a_choir_than_to_football():
    model = load_model()
    song, choir, football = model.vectors(
        ["I miss singing", "A friendly choir, no auditions", "Five-a-side football"]
    )
    assert song @ choir > song @ football + 0.2


def test_vectors_are_of_length_one_and_a_batch_agrees_with_one_by_one():
    model = load_model()
    texts = ["A brew", "Walking for health every Tuesday from the library steps", ""]
    batch = model.vectors(texts)
    assert batch.shape == (3, DIMENSIONS)
    assert batch.dtype == np.float32
    assert np.allclose(np.linalg.norm(batch, axis=1), 1, atol=1e-5)
    for text, row in zip(texts, batch, strict=True):
        # int8 weights: the activations' scale depends on the padding of a batch
        assert float(model.vector(text) @ row) > 0.98


def test_words_that_grow_are_read_once_and_only_directions_are_held():
    model, now, read = load_model(), [0.0], []

    class Counting:
        def vector(self, text):
            read.append(text)
            return model.vector(text)

    typed = meaning.Remembering(Counting(), seconds=60, most=3, clock=lambda: now[0])
    first = typed.vectors(["I miss singing", "a walk"])
    again = typed.vectors(["I miss singing", "a walk", "a brew"])
    assert read == ["I miss singing", "a walk", "a brew"]
    assert np.array_equal(again[:2], first)
    assert np.array_equal(again[2], model.vector("a brew"))
    assert "singing" not in repr(vars(typed))
    now[0] = 61
    assert len(typed) == 0
    typed.vectors(["one", "two", "three", "four", "five"])
    assert len(typed) == 3


def test_pooling_by_pencil_leaves_padding_out():
    tokens = np.array([[[3.0, 0.0], [3.0, 8.0], [99.0, 99.0]]], np.float32)
    assert np.allclose(pooled(tokens, np.array([[1, 1, 0]])), [[0.6, 0.8]])


def test_model_that_is_not_the_one_we_know_is_refused(tmp_path, monkeypatch):
    (tmp_path / "model.onnx").write_bytes(b"something else")
    monkeypatch.setattr(meaning, "_model_path", lambda: tmp_path / "model.onnx")
    with pytest.raises(NoModelError, match="not the one we know"):
        load_model.__wrapped__()


def test_model_that_is_not_installed_says_so(monkeypatch):
    monkeypatch.setattr(meaning, "MODEL_PACKAGE", "no_such_package_here")
    with pytest.raises(NoModelError, match="match on words alone"):
        load_model.__wrapped__()
