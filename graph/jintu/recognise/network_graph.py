"""Write the trained network as an ONNX graph, its weights as half floats, and read them from it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HIDDEN = 128
GATES = {"GRU": (1, 0, 2), "LSTM": (0, 3, 1, 2)}  # torch's order of gates in ONNX's


class _Graph:
    """Gather the nodes and weights of a graph."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.tensors: list[Any] = []

    def node(self, kind: str, inputs: Sequence[str], output: str, **options: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **options))
        return output

    def half(self, name: str, array: Any) -> str:
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(array).astype(np.float16), name + ".half"))
        return self.node("Cast", [name + ".half"], name, to=TensorProto.FLOAT)

    def whole(self, name: str, value: Any) -> str:
        self.tensors.append(numpy_helper.from_array(np.array(value, np.int64), name))
        return name

    def linear(self, name: str, inputs: str, output: str) -> str:
        weighed = self.node("MatMul", [inputs, self.half(name + ".w", self.weights[name + ".weight"].T)], name + ".x")
        return self.node("Add", [weighed, self.half(name + ".b", self.weights[name + ".bias"])], output)

    def recurrent(self, kind: str, name: str, inputs: str, lengths: str) -> str:
        def both(part: str) -> list[Any]:
            found = (self.weights[f"{name}.{part}_l0{way}"] for way in ("", "_reverse"))
            gates = (np.split(weight, len(GATES[kind])) for weight in found)
            return [np.concatenate([gate[number] for number in GATES[kind]]) for gate in gates]

        biases = [np.concatenate(pair) for pair in zip(both("bias_ih"), both("bias_hh"), strict=True)]
        parts = {"w": np.stack(both("weight_ih")), "r": np.stack(both("weight_hh")), "b": np.stack(biases)}
        given = [self.half(f"{name}.{part}", array) for part, array in parts.items()]
        options = {"linear_before_reset": 1} if kind == "GRU" else {}
        made = self.node(
            kind, [inputs, *given, lengths], name + ".y", direction="bidirectional", hidden_size=HIDDEN, **options
        )
        turned = self.node("Transpose", [made], name + ".t", perm=[0, 2, 1, 3])
        return self.node("Reshape", [turned, self.whole(name + ".shape", [0, 0, 2 * HIDDEN])], name + ".out")


def save_graph(weights: Mapping[str, Any], columns: int, path: Path) -> None:
    """Write the graph that :class:`jintu.recognise.network.Network` runs."""
    graph = _Graph(weights)
    seen = graph.node("Gather", [graph.half("emb", weights["emb.weight"]), "chars"], "seen")
    read = graph.recurrent("GRU", "g2", graph.recurrent("GRU", "g1", seen, "char_lengths"), "char_lengths")
    both = graph.node("Concat", [read, seen], "both", axis=2)
    parts = [graph.node("GatherND", [both, end], end + ".picked") for end in ("first", "last")]
    for number in range(columns):
        column = graph.node("Gather", ["attributes", graph.whole(f"n{number}", number)], f"column{number}", axis=2)
        table = graph.half(f"table{number}", weights[f"ae.{number}.weight"])
        parts.append(graph.node("Gather", [table, column], f"told{number}"))
    words = graph.linear("inp", graph.node("Concat", parts, "words", axis=2), "mixed")
    bent = graph.node("Tanh", [words], "bent")
    graph.linear("out", graph.recurrent("LSTM", "rnn", bent, "word_lengths"), "scores")
    onnx.save(_model(graph, columns, weights["out.weight"].shape[0]), str(path))


def _model(graph: _Graph, columns: int, labels: int) -> Any:
    shapes: dict[str, tuple[Any, list[Any]]] = {
        "chars": (TensorProto.INT64, ["C", "B"]),
        "char_lengths": (TensorProto.INT32, ["B"]),
        "first": (TensorProto.INT64, ["T", "B", 2]),
        "last": (TensorProto.INT64, ["T", "B", 2]),
        "attributes": (TensorProto.INT64, ["T", "B", columns]),
        "word_lengths": (TensorProto.INT32, ["B"]),
    }
    inputs = [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in shapes.items()]
    output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["T", "B", labels])
    made = helper.make_graph(graph.nodes, "network", inputs, [output], graph.tensors)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 13)], producer_name="jintu")
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def load_weights(path: Path) -> dict[str, Any]:
    """Return the weights of a graph by torch's names."""
    tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(str(path)).graph.initializer}
    found: dict[str, Any] = {}
    for name, half in tensors.items():
        array, (first, *parts) = half.astype(np.float32), name.split(".")
        if parts[-1:] != ["half"]:
            continue
        if first == "emb":
            found["emb.weight"] = array
        elif first.startswith("table"):
            found[f"ae.{first.removeprefix('table')}.weight"] = array
        elif first in ("inp", "out"):
            found[f"{first}.{'weight' if parts[0] == 'w' else 'bias'}"] = array.T
        else:
            found |= _recurrent_weights(first, parts[0], array)
    return found


def _recurrent_weights(name: str, part: str, array: Any) -> dict[str, Any]:
    """Return the weights of both directions of a layer, its gates in torch's order."""
    order = np.argsort(GATES["LSTM" if name == "rnn" else "GRU"])
    found = {}
    for both, way in zip(array, ("", "_reverse"), strict=True):
        named = {"w": ("weight_ih",), "r": ("weight_hh",), "b": ("bias_ih", "bias_hh")}[part]
        for kind, one in zip(named, np.split(both, len(named)), strict=True):
            gates = np.split(one, len(order))
            found[f"{name}.{kind}_l0{way}"] = np.concatenate([gates[gate] for gate in order])
    return found
