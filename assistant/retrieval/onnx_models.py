"""What the models that read questions and paragraphs share: their tokenizers, and reading many texts at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from index_store.weights import ModelFiles

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


def load_tokenizer(files: ModelFiles) -> Any:
    """The model's tokenizer, cutting the longer text at 512 tokens and padding nothing."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    return tokenizer
