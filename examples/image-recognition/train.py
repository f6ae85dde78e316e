"""Trains the network epoch by epoch; a run that was killed goes on from its last checkpoint."""

import json
import os
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from augment import vary
from dataset import load_train
from model import WEIGHTS, DigitReader

CHECKPOINT = Path(os.environ["CHECKPOINT_DIR"], "last.pt")


def main() -> None:
    params = json.loads(Path(os.environ["PARAMS_FILE"]).read_text())
    torch.manual_seed(int(os.environ["SEED"]))
    batches = DataLoader(TensorDataset(*load_train()), params["batch_size"], shuffle=True)
    model = DigitReader()
    optimizer = torch.optim.AdamW(model.parameters(), params["learning_rate"])
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, params["epochs"])

    for epoch in range(resume(model, optimizer, schedule) + 1, params["epochs"] + 1):
        loss = train_epoch(model, optimizer, batches)
        schedule.step()
        save_checkpoint(epoch, model, optimizer, schedule)
        print(f"epoch {epoch}/{params['epochs']}: loss {loss:.4f}", flush=True)
    torch.save(model.state_dict(), WEIGHTS)


def train_epoch(model: nn.Module, optimizer: torch.optim.Optimizer, batches: DataLoader) -> float:
    """The mean loss over all images, each of which is seen once, and never twice alike."""
    total = 0.0
    for images, labels in batches:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(vary(images)), labels, label_smoothing=0.1)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
    return total / len(batches.dataset)


def save_checkpoint(epoch: int, *parts) -> None:
    """All that the next epoch depends on, the random numbers too: a resumed run ends with the same weights."""
    unfinished = CHECKPOINT.with_suffix(".tmp")
    torch.save({"epoch": epoch, "parts": [part.state_dict() for part in parts], "random": torch.get_rng_state()}, unfinished)
    unfinished.replace(CHECKPOINT)  # whole or not at all, whenever the run is killed


def resume(*parts) -> int:
    """How many epochs an unfinished run has behind it, once the parts are as it left them."""
    if os.environ.get("RESUME") != "1" or not CHECKPOINT.exists():
        return 0
    checkpoint = torch.load(CHECKPOINT, weights_only=True)
    for part, state in zip(parts, checkpoint["parts"]):
        part.load_state_dict(state)
    torch.set_rng_state(checkpoint["random"])
    print(f"resumes after epoch {checkpoint['epoch']}", flush=True)
    return checkpoint["epoch"]


if __name__ == "__main__":
    main()
