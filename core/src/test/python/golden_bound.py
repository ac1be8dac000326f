"""Writes src/test/resources/fathom/engine/golden-bound.json with PyTorch and SciPy: loss, divergence and gradients of small
autoencoders. Made with PyTorch 1.13.1 and SciPy 1.10.1 on a CPU, in 64-bit floats; run it in the module's folder with
python3 src/test/python/golden_bound.py.

The networks are spelled once more in BoundChecks.java. The noise is that of fathom.random.Noise, made here from its
definition, with SciPy's inverse of the normal distribution's function."""

import json
import torch
from scipy.stats import norm
from torch import nn
from torch.distributions import Normal, kl_divergence
from torch.nn import functional as F

SEED, EXAMPLES, LATENT = 1, 5, 3
MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def noise(stream, step):
    name = 0xCBF29CE484222325
    for sign in stream:
        name = ((name ^ ord(sign)) * 0x100000001B3) & MASK
    key = mix((mix(mix(SEED) ^ name) + step * GAMMA) & MASK)
    uniform = [((mix((key + (i + 1) * GAMMA) & MASK) >> 11) + 0.5) * 2.0**-53 for i in range(EXAMPLES * LATENT)]
    return torch.tensor(norm.ppf(uniform)).reshape(EXAMPLES, LATENT)


class Vae(nn.Module):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def forward(self, x, epsilon):
        mean, log_variance = self.encoder(x).chunk(2, 1)
        deviation = (log_variance / 2).exp()
        divergence = kl_divergence(Normal(mean, deviation), Normal(0.0, 1.0)).sum() / len(x)
        return self.decoder(mean + deviation * epsilon), divergence


def picture(last):
    return Vae(
        nn.Sequential(nn.Conv2d(1, 3, 3, 2, 1), nn.LeakyReLU(0.01), nn.Flatten(), nn.Linear(27, 6)),
        nn.Sequential(
            nn.Linear(3, 12), nn.ReLU(), nn.Unflatten(1, (3, 2, 2)), nn.ConvTranspose2d(3, 2, 3, 2, 1, 1),
            nn.LeakyReLU(0.01), nn.ConvTranspose2d(2, 1, 3), *last))


def vector(last):
    return Vae(
        nn.Sequential(nn.Linear(7, 5), nn.Tanh(), nn.Linear(5, 6)),
        nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 7), *last))


RECONSTRUCTIONS = {
    "bce": lambda y, x: F.binary_cross_entropy(y, x, reduction="sum"),
    "l2": lambda y, x: F.mse_loss(y, x, reduction="sum"),
    "l1": lambda y, x: F.l1_loss(y, x, reduction="sum"),
}

# beta, warm-up, step
WEIGHTS = {"plain": (1, 0, 0), "beta": (4, 0, 7), "warming": (0.5, 10, 3)}


def numbers(tensor):
    return [float("%.9g" % v) for v in tensor.detach().flatten().tolist()]


def case(make, shape, kind, beta, warmup, step):
    torch.manual_seed(5)
    net = make([nn.Sigmoid()] if kind == "bce" else []).double()
    for tensor in net.parameters():
        tensor.data = tensor.data.float().double()
    x = torch.rand(EXAMPLES, *shape).double()
    x = x.float().double()
    y, divergence = net(x, noise("latent/sample", step))
    reconstruction = RECONSTRUCTIONS[kind](y, x) / EXAMPLES
    weight = beta * (step + 1) / warmup if step < warmup else beta
    it = {"inputs": numbers(x), "weights": {n: numbers(t) for n, t in net.named_parameters()}}
    (reconstruction + weight * divergence).backward()
    it["gradients"] = {n: numbers(p.grad) for n, p in net.named_parameters()}
    it["loss"], it["divergence"] = (reconstruction + divergence).item(), divergence.item()
    y, divergence = net(x, noise("evaluation/sample", 0))
    it["evaluation"] = (RECONSTRUCTIONS[kind](y, x) / EXAMPLES + divergence).item()
    it["reconstructions"] = numbers(net(x, torch.zeros(EXAMPLES, LATENT).double())[0])
    return it


with open("src/test/resources/fathom/engine/golden-bound.json", "w") as out:
    json.dump(
        {f"{n}, {k}, {w}": case(make, shape, k, *numbers_of)
         for n, (make, shape) in {"picture": (picture, (1, 6, 6)), "vector": (vector, (7,))}.items()
         for k in RECONSTRUCTIONS for w, numbers_of in WEIGHTS.items()},
        out, separators=(",", ":"))
    out.write("\n")
