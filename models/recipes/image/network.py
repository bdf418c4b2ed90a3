"""The network: the pretrained residual network of the data folder, and a matrix into the space of the text encoder."""

import sys

import torch
from torch import nn

from photos import SHARED

WIDTH = 256
PRETRAINED = SHARED.parent / "models" / "image-pretrained"
MEAN = (0.48, 0.45, 0.41)
STD = (0.27, 0.26, 0.27)
CLOTHING = ["Blazer", "Blouse", "Body", "Dress", "Hat", "Hoodie", "Longsleeve", "Outwear", "Pants", "Polo", "Shirt", "Shoes", "Shorts", "Skirt", "T-Shirt", "Top", "Undershirt"]
PATTERNS = ["plain", "striped", "checked", "dotted", "floral", "printed"]
HEADS = dict(clothing=len(CLOTHING), grocery=81, kinds=175, colors=14, patterns=len(PATTERNS))


class ImageEncoder(nn.Module):
    """Pixels [B, 3, S, S] (0-1, minus MEAN, over STD) -> features [B, 256]; `project` -> normalised [B, 256] of the text space."""

    def __init__(self):
        super().__init__()
        sys.path.insert(0, str(PRETRAINED))
        from net import Net

        self.body = Net()
        self.out = nn.Linear(self.body.dim, WIDTH)
        self.heads = nn.ModuleDict({name: nn.Linear(self.body.dim, size) for name, size in HEADS.items()})

    def load_pretrained(self, grocery_folders):
        """The body of the data folder and its heads for clothing and groceries; `grocery_folders`: "Fruit/Apple/..." by number."""
        saved = torch.load(PRETRAINED / "weights.pt", map_location="cpu")
        self.body.load_state_dict(saved["m"])
        with torch.no_grad():
            for name, index, order in (
                ("clothing", 1, [saved["cn"].index(label) for label in CLOTHING]),
                ("grocery", 2, [saved["gn"].index(folder) for folder in grocery_folders]),
            ):
                self.heads[name].weight.copy_(saved["h"][f"{index}.weight"][order])
                self.heads[name].bias.copy_(saved["h"][f"{index}.bias"][order])
        return self

    def forward(self, pixels):
        return self.body(pixels)

    def project(self, features):
        return nn.functional.normalize(self.out(features), dim=1)
