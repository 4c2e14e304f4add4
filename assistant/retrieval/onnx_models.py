"""Loads the ONNX models that read questions and paragraphs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

Given = TypeVar("Given")
Got = TypeVar("Got")

MAX_TOKENS = 512


def each_at_once(function: Callable[[Given], Got], items: Sequence[Given]) -> list[Got]:
    """`function` of each item, in their order, as many at a time as there are processors.

    Texts are read one by one, each on one thread: that keeps a score independent of its neighbours, and on two
    processors takes little more than half the time of one text after the other, two threads each.
    """
    if len(items) < 2:
        return [function(item) for item in items]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, items))


def onnx_session(folder: Path, threads: int = 1) -> Any:
    """The model of `folder` on the processor, one text on `threads` threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Threads that spin while they wait take the processor from whatever else runs, and gain nothing here.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])


def load_tokenizer(folder: Path) -> Any:
    """The model's tokenizer, cutting the longer text at 512 tokens and padding nothing."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    return tokenizer
