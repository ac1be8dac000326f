"""Trains report C's network with PyTorch on batches of lengths from standard input (a JSON list of lists); prints the
processor seconds of one step on each. usage: lstm_worker.py padded|bucketed (padded: all to the longest of all, 52)"""

import json
import sys
import time

import torch
from torch import nn

WORDS, LONGEST = 15000, 52


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(WORDS, 300, padding_idx=0)
        self.lstms = nn.ModuleList(nn.LSTM(f, 512, batch_first=True) for f in (300, 512, 512))
        self.norms = nn.ModuleList(nn.LayerNorm(512) for _ in range(3))
        self.dropout = nn.Dropout(0.2)
        self.head = nn.Sequential(nn.Linear(512, 128), nn.ReLU(), nn.Linear(128, 2), nn.LogSoftmax(dim=1))

    def forward(self, words, lengths):
        x = self.embedding(words)
        for i, (lstm, norm) in enumerate(zip(self.lstms, self.norms)):
            x = norm(lstm(x)[0])
            x = self.dropout(x) if i < 2 else x
        return self.head(x[torch.arange(len(x)), lengths - 1])


torch.manual_seed(1)
net, loss = Net(), nn.NLLLoss()
adam = torch.optim.Adam(net.parameters(), lr=1e-4)


def step(lengths):
    lengths = torch.tensor(lengths)
    longest = LONGEST if sys.argv[1] == "padded" else int(lengths.max())
    words = torch.randint(1, WORDS, (len(lengths), longest))
    words[torch.arange(longest) >= lengths[:, None]] = 0
    adam.zero_grad(set_to_none=True)
    loss(net(words, lengths), torch.arange(len(lengths)) % 2).backward()
    adam.step()


batches = json.load(sys.stdin)
for lengths in batches:
    step(lengths)
begin = time.process_time()
for lengths in batches:
    step(lengths)
print(time.process_time() - begin)
