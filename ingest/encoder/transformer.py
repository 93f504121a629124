"""MiniLM through onnxruntime: the hidden states of a text without torch, the same on one processor or many.

Its graph is written here, its weights are handed over as they lie in memory: training changes them (tuning.py), so no
file of them is kept. Source of the method: Devlin et al. 2019 (BERT). The same on numpy agrees to 6e-6 and takes nearly
twice as long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ingest.cli import hush

HEADS = 12
EPSILON = 1e-12
OPSETS = {"": 20, "com.microsoft": 1}  # the second has MultiHeadAttention
IR_VERSION = 9  # of the file format: the one of these opsets


@cache
def base_weights(model_folder: Path) -> Mapping[str, np.ndarray]:
    """The weights of a model folder by name (float32)."""
    from safetensors.numpy import load_file

    return {
        name: np.asarray(tensor, dtype=np.float32)
        for name, tensor in load_file(str(model_folder / "model.safetensors")).items()
        if tensor.dtype.kind == "f"
    }


class Transformer:
    """A BERT of any number of layers; safe to use from several threads. Each call is computed by its own thread."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        hush()  # from 1.29 on onnxruntime reports to its makers unless it is told not to before it is loaded
        import onnxruntime

        graph = _Graph(weights)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._shared = {name: onnxruntime.OrtValue.ortvalue_from_numpy(value) for name, value in graph.weights.items()}
        options.add_external_initializers(list(self._shared), list(self._shared.values()))
        self._session = onnxruntime.InferenceSession(graph.model(), options, providers=["CPUExecutionProvider"])
        _one_thread()

    def hidden(self, ids: Sequence[int]) -> np.ndarray:
        """The last hidden states of a text of 1 to 512 tokens, one row a token (float32)."""
        given = {"ids": np.array([ids], dtype=np.int64), "places": np.arange(len(ids))}
        return np.asarray(self._session.run(None, given)[0][0])


class _Graph:
    """The graph of a model, node by node, and the weights that its names stand for."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        self._given = weights
        self.weights: dict[str, np.ndarray] = {}
        self._nodes: list[Any] = []
        places = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        words = self._node("Gather", self._weight("embeddings.word_embeddings.weight"), "ids")
        state = self._node("Add", words, self._node("Gather", self._weight("embeddings.places", places), "places"))
        state = self._normed(state, "embeddings.LayerNorm")
        for number in range(1 + max(int(n.split(".")[2]) for n in weights if n.startswith("encoder.layer."))):
            state = self._layer(state, f"encoder.layer.{number}.")
        self._state = state
        self._width = int(weights["embeddings.LayerNorm.bias"].shape[0])

    def model(self) -> bytes:
        """The model as onnxruntime reads it, without its weights."""
        from onnx import TensorProto, helper

        kinds = TensorProto.FLOAT, TensorProto.INT64
        graph = helper.make_graph(
            self._nodes,
            "bert",
            [
                helper.make_tensor_value_info("ids", kinds[1], [1, "tokens"]),
                helper.make_tensor_value_info("places", kinds[1], ["tokens"]),
            ],
            [helper.make_tensor_value_info(self._state, kinds[0], [1, "tokens", self._width])],
            [_elsewhere(name, value.shape) for name, value in self.weights.items()],
        )
        opsets = [helper.make_opsetid(domain, version) for domain, version in OPSETS.items()]
        made = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
        return bytes(made.SerializeToString())

    def _layer(self, state: str, name: str) -> str:
        asked = [self._dense(state, f"{name}attention.self.{part}") for part in ("query", "key", "value")]
        attended = self._node("MultiHeadAttention", *asked, domain="com.microsoft", num_heads=HEADS)
        attended = self._dense(attended, f"{name}attention.output.dense")
        state = self._normed(self._node("Add", state, attended), f"{name}attention.output.LayerNorm")
        inner = self._node("Gelu", self._dense(state, f"{name}intermediate.dense"))
        inner = self._dense(inner, f"{name}output.dense")
        return self._normed(self._node("Add", state, inner), f"{name}output.LayerNorm")

    def _dense(self, state: str, name: str) -> str:
        weight = self._weight(f"{name}.weight", self._given[f"{name}.weight"].T)
        return self._node("Add", self._node("MatMul", state, weight), self._weight(f"{name}.bias"))

    def _normed(self, state: str, name: str) -> str:
        own = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self._node("LayerNormalization", state, *own, axis=-1, epsilon=EPSILON)

    def _weight(self, name: str, value: np.ndarray | None = None) -> str:
        self.weights[name] = np.ascontiguousarray(self._given[name] if value is None else value)
        return name

    def _node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node; the name of its output."""
        from onnx import helper

        made = f"{kind}.{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [made], **attributes))
        return made


def _elsewhere(name: str, shape: Sequence[int]) -> Any:
    """A tensor whose values are not in the file."""
    from onnx import StringStringEntryProto, TensorProto

    place = StringStringEntryProto(key="location", value="memory")
    return TensorProto(
        name=name, dims=shape, data_type=TensorProto.FLOAT, data_location=TensorProto.EXTERNAL, external_data=[place]
    )


@cache
def _one_thread() -> object:
    """Keep numpy's matrix products to one thread for as long as the process lives: the same sums everywhere."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1, user_api="blas")
