"""The network: subword vectors, a small convolution for word order, a weighted mean, one residual layer."""

import torch
from torch import nn

WIDTH = 256
HIDDEN = 1024


class Neighbours(nn.Module):
    """Mixes each place with the one before and the one after (a convolution of reach 3); starts as almost nothing.

    Written as shifts and matrix products: this torch's own depthwise convolution takes four times as long on a CPU.
    """

    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.before = nn.Parameter(torch.randn(WIDTH) * 0.1)
        self.here = nn.Parameter(torch.ones(WIDTH) * 0.5)
        self.after = nn.Parameter(torch.randn(WIDTH) * 0.1)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.gain = nn.Parameter(torch.full((WIDTH,), 1e-2))

    def forward(self, h, mask):
        x = self.norm(h) * mask
        edge = torch.zeros_like(x[:, :1])
        before = torch.cat([edge, x[:, :-1]], 1)
        after = torch.cat([x[:, 1:], edge], 1)
        x = before * self.before + x * self.here + after * self.after
        return h + self.gain * torch.tanh(self.out(x))


class TextEncoder(nn.Module):
    """ids [B, T] (int64), mask [B, T] (1 or 0) -> normalised [B, 256]. A text without tokens gives the same vector always."""

    def __init__(self, vocabulary):
        super().__init__()
        self.table = nn.Embedding(vocabulary, WIDTH)
        nn.init.normal_(self.table.weight, std=0.06)
        self.neighbours = Neighbours()
        self.weigh = nn.Linear(WIDTH, 1)
        self.norm = nn.LayerNorm(WIDTH)
        self.inner = nn.Linear(WIDTH, HIDDEN)
        self.outer = nn.Linear(HIDDEN, WIDTH)
        self.bias = nn.Parameter(torch.randn(WIDTH) * 1e-3)

    def body(self, vectors, mask):
        """Vectors of subwords [B, T, 256] and their mask -> normalised [B, 256]."""
        mask = mask.unsqueeze(-1)
        h = vectors * mask
        h = self.neighbours(h, mask)
        weights = torch.exp(self.weigh(h).clamp(-6, 6)) * mask
        mean = (h * weights).sum(1) / (weights.sum(1) + 1e-6)
        y = mean + self.outer(nn.functional.gelu(self.inner(self.norm(mean)))) + self.bias
        return nn.functional.normalize(y, dim=1)

    def forward(self, ids, mask):
        return self.body(self.table(ids), mask.float())
