"""Scores the network on the held-out writers, against comparing each image with the average image of each digit."""

import json
import os
from pathlib import Path

import torch

from dataset import load_test, load_train
from model import load_model

DIGITS = range(10)


def main() -> None:
    images, labels = load_test()
    with torch.inference_mode():
        predicted = load_model()(images).argmax(dim=1)
    accuracy, baseline = share(predicted == labels), share(nearest_average(images) == labels)
    recalls = {f"recall_{digit}": share(predicted[labels == digit] == digit) for digit in DIGITS}

    metrics = {
        "accuracy": accuracy,
        "baseline_accuracy": baseline,
        "skill": 1 - (1 - accuracy) / (1 - baseline),  # the share of the baseline's errors that the network avoids
        "worst_recall": min(recalls.values()),
        **recalls,
    }
    Path(os.environ["METRICS_FILE"]).write_text(json.dumps(metrics, indent=2))
    print(f"on {len(labels)} held-out digits:", *(f"{name} {value:.3f}" for name, value in metrics.items() if name not in recalls))
    print("of each digit, read right:", *(f"{name[-1]}: {value:.0%}" for name, value in recalls.items()))


def nearest_average(images: torch.Tensor) -> torch.Tensor:
    """The digit whose average over the training images is closest to each image."""
    train_images, train_labels = load_train()
    averages = torch.stack([train_images[train_labels == digit].mean(dim=0) for digit in DIGITS])
    return torch.cdist(images.flatten(1), averages.flatten(1)).argmin(dim=1)


def share(hits: torch.Tensor) -> float:
    return hits.float().mean().item()


if __name__ == "__main__":
    main()
