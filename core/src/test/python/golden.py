"""Writes src/test/resources/fathom/engine/golden.json with PyTorch: loss, gradients, and weights after three
steps of each optimiser. Made with PyTorch 1.13.1 on a CPU; run it in the module's folder with python3 src/test/python/golden.py.

No bias stands before batch norm: its gradient is 0, and Adam would blow up the rounding.
The networks are spelled once more in GoldenChecks.java. Arrays are named as in a PyTorch Sequential."""

import json
import torch
from torch import nn

RATES = [0.05, 0.02, 0.1]  # a schedule, so that the rate of each step matters

LENGTHS = torch.tensor([3, 6, 1, 4])  # of the texts


class Reader(nn.Sequential):
    """Layers of sequences on packed tokens; the last LSTM gives its final states."""

    def forward(self, words):
        x = words
        for layer in self:
            if isinstance(layer, nn.LSTM):
                packed = nn.utils.rnn.pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False)
                packed, (states, _) = layer(packed)
                x = nn.utils.rnn.pad_packed_sequence(packed, batch_first=True)[0]
            elif isinstance(layer, nn.Identity):
                x = states.transpose(0, 1).flatten(1)
            else:
                x = layer(x)
        return x


def words():
    return torch.randint(1, 9, (4, 6)) * (torch.arange(6) < LENGTHS[:, None])


NETWORKS = {
    "picture": (
        lambda: nn.Sequential(
            nn.Conv2d(1, 2, 3, padding=1, bias=False), nn.BatchNorm2d(2), nn.LeakyReLU(0.01), nn.AvgPool2d(2, 1),
            nn.ConvTranspose2d(2, 2, 2, stride=2), nn.ReLU(), nn.MaxPool2d(3, 2), nn.Flatten(), nn.Linear(18, 3)),
        (1, 5, 5),
        nn.CrossEntropyLoss(label_smoothing=0.1)),
    "vector": (
        lambda: nn.Sequential(
            nn.Linear(5, 6), nn.LayerNorm(6), nn.Tanh(), nn.Linear(6, 4, bias=False), nn.BatchNorm1d(4), nn.Sigmoid(),
            nn.Linear(4, 3), nn.LogSoftmax(dim=1)),
        (5,),
        nn.NLLLoss()),
    "text": (
        lambda: Reader(
            nn.Embedding(9, 4, padding_idx=0), nn.LSTM(4, 3, batch_first=True, bidirectional=True), nn.LayerNorm(6),
            nn.LSTM(6, 5, batch_first=True), nn.LSTM(5, 4, batch_first=True, bidirectional=True), nn.Identity(),
            nn.Linear(8, 3)),
        words,
        nn.CrossEntropyLoss(label_smoothing=0.1)),
}

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, 1),
    "sgd-decay": lambda p: torch.optim.SGD(p, 1, weight_decay=0.01),
    "momentum": lambda p: torch.optim.SGD(p, 1, momentum=0.9, weight_decay=0.01),
    "nesterov": lambda p: torch.optim.SGD(p, 1, momentum=0.9, nesterov=True, weight_decay=0.01),
    "adam": lambda p: torch.optim.Adam(p, 1, betas=(0.8, 0.95), eps=1e-6),
    "adam-decay": lambda p: torch.optim.Adam(p, 1, weight_decay=0.1),
    "adamw": lambda p: torch.optim.AdamW(p, 1, weight_decay=0.1),
    "clipped": lambda p: torch.optim.SGD(p, 1),
}
CLIP = 0.1


def numbers(tensor):
    return [float("%.9g" % v) for v in tensor.detach().flatten().tolist()]


def weights(net):
    return {n: numbers(t) for n, t in net.state_dict().items() if not n.endswith("num_batches_tracked")}


def fresh(make):
    torch.manual_seed(7)
    net = make()
    for name, tensor in net.named_parameters():
        if tensor.dim() == 1:
            nn.init.normal_(tensor, 0.5, 0.3)
    return net


def case(make, shape, loss):
    torch.manual_seed(3)
    x, y = shape() if callable(shape) else torch.randn(4, *shape), torch.tensor([0, 2, 1, 2])
    net = fresh(make)
    it = {"inputs": numbers(x), "labels": y.tolist(), "weights": weights(net), "rates": RATES, "clip": CLIP}
    if callable(shape):
        it["lengths"] = LENGTHS.tolist()
    value = loss(net(x), y)
    value.backward()
    it["loss"] = value.item()
    it["gradients"] = {n: numbers(p.grad) for n, p in net.named_parameters()}
    it["after"] = {}
    for name, optimizer in OPTIMIZERS.items():
        net = fresh(make)
        steps = optimizer(net.parameters())
        for rate in RATES:
            steps.param_groups[0]["lr"] = rate
            steps.zero_grad()
            loss(net(x), y).backward()
            if name == "clipped":
                nn.utils.clip_grad_norm_(net.parameters(), CLIP)
            steps.step()
        it["after"][name] = weights(net)
    return it


with open("src/test/resources/fathom/engine/golden.json", "w") as out:
    json.dump({n: case(*a) for n, a in NETWORKS.items()}, out, separators=(",", ":"))
    out.write("\n")
