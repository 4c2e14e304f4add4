"""An ONNX model on the processor, with the layers that were tuned in place of the package's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index_store.weights import ModelFiles


class OnnxModel:
    """Reads one text (or pair of texts) at a time; any thread may use it."""

    def __init__(self, files: ModelFiles, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Threads that spin while they wait take the processor from whatever else runs, and gain nothing here.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # onnxruntime reads these where they lie, so they must live as long as the session.
        self._layers: dict[str, Any] = {}
        if files.tuned:
            with np.load(files.tuned, allow_pickle=False) as tuned:
                for name in tuned.files:
                    self._layers[name] = onnxruntime.OrtValue.ortvalue_from_numpy(tuned[name])
        for name, layer in self._layers.items():
            options.add_initializer(name, layer)
        self._session = onnxruntime.InferenceSession(str(files.model), options, providers=["CPUExecutionProvider"])
        self._inputs = {item.name for item in self._session.get_inputs()}

    def first_output(self, ids: Sequence[int], types: Sequence[int] | None = None) -> NDArray[np.float32]:
        """The model's first output for one text's token ids, which has 1 as its first dimension.

        `types`: for each token 0, or 1 where it is of the second text of a pair.
        """
        row = np.array([ids], dtype=np.int64)
        everything = {
            "input_ids": row,
            "attention_mask": np.ones_like(row),
            "token_type_ids": np.zeros_like(row) if types is None else np.array([types], dtype=np.int64),
        }
        feed = {name: value for name, value in everything.items() if name in self._inputs}
        output: NDArray[np.float32] = self._session.run(None, feed)[0]
        return output
