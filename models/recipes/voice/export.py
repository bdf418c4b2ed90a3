"""Writes the trained network as ONNX with fp16 weights and the list of its symbols, in the folder that the loader reads."""

import json
import re
import sys
from pathlib import Path

import onnx
import onnx.numpy_helper
import torch

sys.path.append(str(Path(__file__).resolve().parent.parent))
from halves import halved
from network import HIDDEN, LAYERS, RATE, Served, VoiceEncoder, write_symbols

OPSET = 13


def read_weights(file: Path, like):
    """Weights of an exported model by the names of `like`, a state_dict: what `written` wrote, read back."""
    graph = onnx.load(str(file)).graph
    stored = {i.name.removesuffix("_fp16"): torch.tensor(onnx.numpy_helper.to_array(i)).float() for i in graph.initializer}
    named = {name.removeprefix("encoder."): value for name, value in stored.items() if name.startswith("encoder.")}
    products = [stored[n.input[1]] for n in graph.node if n.op_type == "MatMul" and n.input[1] in stored]
    named |= {f"{name}.weight": value.T for name, value in zip(("attention", "characters"), products)}
    # ONNX has the gates as input, output, forget, cell; torch as input, forget, cell, output.
    order = lambda gates: torch.cat([gates.chunk(4)[at] for at in (0, 2, 3, 1)])
    for node in (n for n in graph.node if n.op_type == "LSTM"):
        way, layer = re.match(r"/(?:encoder/)?(there|back)\.(\d)/", node.output[0]).groups()
        inputs, hidden, bias = (stored[name][0] for name in node.input[1:4])
        values = dict(weight_ih_l0=inputs, weight_hh_l0=hidden, bias_ih_l0=bias[: len(bias) // 2], bias_hh_l0=bias[len(bias) // 2 :])
        named |= {f"{way}.{layer}.{name}": order(value) for name, value in values.items()}
    return {name: named[name].reshape(value.shape) for name, value in like.items()}


def written(folder: Path, target: Path):
    network = VoiceEncoder()
    network.load_state_dict(torch.load(folder / "checkpoint.pt")["model"])
    served = Served(network).eval()
    (target / "onnx").mkdir(parents=True, exist_ok=True)
    file = target / "onnx" / "model_fp16.onnx"
    torch.onnx.export(
        served, torch.randn(1, 2 * RATE) * 0.05, str(file), opset_version=OPSET,
        input_names=["samples"], output_names=["characters", "voice_embeds", "languages"],
        dynamic_axes={"samples": {1: "length"}, "characters": {1: "frames"}},
    )  # fmt: skip
    onnx.save(halved(onnx.load(str(file))), str(file))
    (target / "config.json").write_text(json.dumps({"model_type": "vitrine-voice", "hidden_size": HIDDEN, "num_hidden_layers": LAYERS}, indent=2) + "\n")
    write_symbols(target / "symbols.json")


if __name__ == "__main__":
    written(Path(sys.argv[1]), Path(sys.argv[2]))
