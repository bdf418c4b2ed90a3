"""Writes the trained network as ONNX with fp16 weights, in the folder layout that transformers.js loads."""

import json
import sys
from pathlib import Path

import onnx
import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parent.parent))
from halves import halved
from network import MEAN, STD, WIDTH, ImageEncoder

OPSET = 13
SIDE = 128


class Served(nn.Module):
    """Pixels -> normalised vectors, without the heads of training."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, pixels):
        return self.encoder.project(self.encoder(pixels))


def write(folder: Path, target: Path):
    network = ImageEncoder()
    network.load_state_dict(torch.load(folder / "checkpoint.pt")["model"])
    served = Served(network).eval()
    (target / "onnx").mkdir(parents=True, exist_ok=True)
    file = target / "onnx" / "model_fp16.onnx"
    torch.onnx.export(
        served, torch.zeros(2, 3, SIDE, SIDE), str(file), opset_version=OPSET,
        input_names=["pixel_values"], output_names=["image_embeds"], dynamic_axes={"pixel_values": {0: "batch"}, "image_embeds": {0: "batch"}},
    )  # fmt: skip
    onnx.save(halved(onnx.load(str(file))), str(file))
    config = {"model_type": "resnet", "architectures": ["ResNetModel"], "hidden_size": WIDTH}
    (target / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    processor = {
        "image_processor_type": "ViTImageProcessor",
        "do_resize": True,
        "size": {"height": SIDE, "width": SIDE},
        "resample": 2,
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": list(MEAN),
        "image_std": list(STD),
    }
    (target / "preprocessor_config.json").write_text(json.dumps(processor, indent=2) + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
