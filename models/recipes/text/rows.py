"""The table of subwords in training: a batch reads and writes only the rows that it names."""

import torch


class Gather(torch.autograd.Function):
    """rows [U, W] at places [N] -> [N, W]. Backwards a sparse product: torch's own scatter takes many times as long on a CPU."""

    @staticmethod
    def forward(ctx, rows, places):
        ctx.save_for_backward(places)
        ctx.rows = len(rows)
        return rows.index_select(0, places)

    @staticmethod
    def backward(ctx, gradient):
        (places,) = ctx.saved_tensors
        at = torch.stack([places, torch.arange(len(places))])
        return torch.sparse.mm(torch.sparse_coo_tensor(at, torch.ones(len(places)), (ctx.rows, len(places))), gradient), None


class RowAdam:
    """Adam (arXiv 1412.6980) over the rows that a batch has read, as torch's SparseAdam has it; the others rest."""

    def __init__(self, table, betas=(0.9, 0.999), epsilon=1e-8):
        self.table, self.betas, self.epsilon, self.step_count = table, betas, epsilon, 0
        self.first, self.second = torch.zeros_like(table), torch.zeros_like(table)

    def state_dict(self):
        return {"first": self.first, "second": self.second, "steps": self.step_count}

    def load_state_dict(self, state):
        self.first, self.second, self.step_count = state["first"], state["second"], state["steps"]

    @torch.no_grad()
    def step(self, ids, gradient, rate):
        """`ids` [U] without repetition, `gradient` [U, W]."""
        self.step_count += 1
        a, b = self.betas
        first = self.first[ids].mul_(a).add_(gradient, alpha=1 - a)
        second = self.second[ids].mul_(b).addcmul_(gradient, gradient, value=1 - b)
        self.first.index_copy_(0, ids, first)
        self.second.index_copy_(0, ids, second)
        scale = rate * (1 - b**self.step_count) ** 0.5 / (1 - a**self.step_count)
        self.table.index_copy_(0, ids, self.table[ids] - scale * first / (second.sqrt() + self.epsilon))
