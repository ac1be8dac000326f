"""Trains with PyTorch in Python: reads jobs from standard input (see Job.java), answers each with images,
seconds and processor seconds."""

import json
import sys
import time

import torch
from torch import nn


class Branches(nn.Module):
    def __init__(self, parts):
        super().__init__()
        self.parts = nn.ModuleList(parts)

    def forward(self, x):
        return torch.cat([part(x) for part in self.parts], 1)


class Reparameterise(nn.Module):
    def forward(self, x):
        mean, log_variance = x.chunk(2, 1)
        self.divergence = 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum() / len(x)
        return mean + (log_variance / 2).exp() * torch.randn_like(mean)


def module(layer):
    kind, *a = layer
    if kind == "chain":
        return nn.Sequential(*[module(part) for part in a[0]])
    if kind == "branches":
        return Branches([module(part) for part in a[0]])
    return {
        "linear": lambda: nn.LazyLinear(a[0]),
        "conv": lambda: nn.LazyConv2d(a[0], a[1], stride=a[2], padding=a[3]),
        "transposedConv": lambda: nn.LazyConvTranspose2d(a[0], a[1], stride=a[2], padding=a[3], output_padding=a[4]),
        "sigmoid": lambda: nn.Sigmoid(),
        "reparameterise": lambda: Reparameterise(),
        "unflatten": lambda: nn.Unflatten(1, a),
        "batchNorm": lambda: nn.LazyBatchNorm2d(),
        "relu": lambda: nn.ReLU(),
        "leakyRelu": lambda: nn.LeakyReLU(a[0]),
        "logSoftmax": lambda: nn.LogSoftmax(dim=1),
        "maxPool": lambda: nn.MaxPool2d(a[0], a[1]),
        "dropout": lambda: nn.Dropout(a[0]),
        "flatten": lambda: nn.Flatten(),
    }[kind]()


def build(job):
    torch.set_num_threads(job["threads"])
    net = module(job["layers"])
    net(torch.randn(2, *job["shape"]))  # the lazy layers find their input sizes
    if job["network"].startswith("vae"):
        return autoencoder(net, job)
    loss = nn.NLLLoss() if job["network"] == "digits-cnn" else nn.CrossEntropyLoss()
    adam = torch.optim.Adam(net.parameters(), lr=1e-4)
    if job["mode"] == "infer":
        net.eval()

        def infer(x, y):
            with torch.inference_mode():
                return loss(net(x), y).item()

        return infer

    def step(x, y):
        adam.zero_grad(set_to_none=True)
        value = loss(net(x), y)
        value.backward()
        adam.step()
        return value.item()

    return step


def autoencoder(net, job):
    """The bound as one writes it for speed: the last sigmoid is left to the loss."""
    draw = next(part for part in net.modules() if isinstance(part, Reparameterise))
    net[-1] = net[-1][:-1]
    adam = torch.optim.Adam(net.parameters(), lr=1e-4)

    def bound(x):
        logits = net(x)
        lost = nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x)
        return lost + draw.divergence

    def infer(x, _):
        with torch.inference_mode():
            return bound(x).item()

    def step(x, _):
        adam.zero_grad(set_to_none=True)
        value = bound(x)
        value.backward()
        adam.step()
        return value.item()

    if job["mode"] == "infer":
        net.eval()
        return infer
    return step


def measure(step, job):
    torch.manual_seed(1)
    low = job["low"]
    batches = [(torch.rand(job["batch"], *job["shape"]) * (1 - low) + low, torch.randint(10, (job["batch"],))) for _ in range(8)]
    step(*batches[0])
    images, b, start, cpu = 0, 0, time.perf_counter(), time.process_time()
    while time.perf_counter() - start < job["seconds"]:
        b = (b + 1) % len(batches)
        step(*batches[b])
        images += job["batch"]
    return images, time.perf_counter() - start, time.process_time() - cpu


steps = {}
for line in sys.stdin:
    job = json.loads(line)
    key = job["network"], job["mode"]
    if key not in steps:
        steps[key] = build(job)
    print(*measure(steps[key], job), flush=True)
