"""Loads the ONNX models that read questions and paragraphs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

MAX_TOKENS = 512


def onnx_session(folder: Path, threads: int = 0) -> Any:
    """The model of `folder` on the processor; `threads` 0 leaves their number to onnxruntime."""
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
