"""Trains the recommender to find libraries that are hidden from it, and writes it to $MODEL_DIR."""

import json
import os
from pathlib import Path

import torch

from dataset import load_train
from model import Recommender

HIDDEN = 0.4


def main() -> None:
    params = json.loads(Path(os.environ["PARAMS_FILE"]).read_text())
    torch.manual_seed(int(os.environ["SEED"]))
    projects = load_train()
    recommender = Recommender(sorted({library for libraries in projects for library in libraries}))
    rows = recommender.encode(projects)
    optimizer = torch.optim.AdamW(recommender.parameters(), params["learning_rate"], weight_decay=0.1)

    for epoch in range(1, params["epochs"] + 1):
        total_loss = 0.0
        for numbers in torch.randperm(len(rows)).split(params["batch_size"]):
            optimizer.zero_grad()
            loss = find_hidden(recommender, rows[numbers])
            loss.backward()
            optimizer.step()
            total_loss += loss.item() * len(numbers)
        print(f"epoch {epoch}/{params['epochs']}: loss {total_loss / len(rows):.4f}", flush=True)
    recommender.save()


def find_hidden(recommender: Recommender, rows: torch.Tensor) -> torch.Tensor:
    """How unlikely the recommender holds the libraries of each project that are hidden at random, anew each time."""
    hidden = rows * (torch.rand(rows.shape) < HIDDEN)
    likelihoods = recommender(rows - hidden).log_softmax(dim=1)
    return -(likelihoods.where(hidden > 0, 0).sum(dim=1) / hidden.sum(dim=1).clamp(min=1)).mean()


if __name__ == "__main__":
    main()
