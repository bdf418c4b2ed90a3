"""Writes the trained network as ONNX with fp16 weights and the list of its symbols, in the folder that the loader reads."""

import json
import sys
from pathlib import Path

import onnx
import torch

sys.path.append(str(Path(__file__).resolve().parent.parent))
from halves import halved
from network import HIDDEN, LAYERS, RATE, Served, VoiceEncoder, write_symbols

OPSET = 13


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
