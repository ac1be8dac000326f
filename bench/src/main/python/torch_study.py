"""Plain loop: trains 784-500-300-10 on MNIST again and again, as mnist-weight-decay does. Prints processor
seconds since the process began and the mean test accuracy.

Arguments: folder of the MNIST files, threads (0 leaves them to PyTorch), epochs, runs."""

import copy
import gzip
import os
import sys
import time

folder, threads, epochs, runs = sys.argv[1], *map(int, sys.argv[2:5])
if threads:
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(threads)

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy

if threads:
    torch.set_num_threads(threads)


def pixels(name):
    with gzip.open(f"{folder}/{name}-images-idx3-ubyte.gz") as file:
        return torch.from_numpy(np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32) / 255)


def labels(name):
    with gzip.open(f"{folder}/{name}-labels-idx1-ubyte.gz") as file:
        return torch.from_numpy(np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64))


def evaluate(net, x, y):
    with torch.inference_mode():
        outputs = torch.cat([net(part) for part in x.split(500)])
        return cross_entropy(outputs, y).item(), (outputs.argmax(1) == y).float().mean().item()


def train(seed, decay):
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(784, 500), nn.ReLU(), nn.Linear(500, 300), nn.ReLU(), nn.Linear(300, 10))
    sgd = torch.optim.SGD(net.parameters(), lr=0.1, weight_decay=decay)
    best, kept = float("inf"), None
    for _ in range(epochs):
        net.train()
        total = 0.0
        for batch in torch.randperm(len(x)).split(256):
            sgd.zero_grad(set_to_none=True)
            loss = cross_entropy(net(x[batch]), y[batch])
            loss.backward()
            sgd.step()
            total += loss.item()
        net.eval()
        loss, _ = evaluate(net, x_validation, y_validation)
        evaluate(net, x_test, y_test)
        if loss < best:
            best, kept = loss, copy.deepcopy(net.state_dict())
    net.load_state_dict(kept)
    return evaluate(net, x_test, y_test)[1]


x_all, y_all, x_test, y_test = pixels("train"), labels("train"), pixels("t10k"), labels("t10k")
order = torch.from_numpy(np.random.default_rng(0).permutation(len(x_all)))
x, y = x_all[order[6000:]], y_all[order[6000:]]
x_validation, y_validation = x_all[order[:6000]], y_all[order[:6000]]
accuracies = [train(i // 5, 10.0 ** (-3 - i % 5)) for i in range(runs)]
print(time.process_time(), sum(accuracies) / runs)
