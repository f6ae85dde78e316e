"""Trains the classifier and writes it, with its vocabulary, to $MODEL_DIR."""

import json
import os
from collections import Counter
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from dataset import TOPICS, load_train, split_words
from model import PADDING, UNKNOWN, TopicClassifier

FORGOTTEN = 0.3


def main() -> None:
    params = json.loads(Path(os.environ["PARAMS_FILE"]).read_text())
    torch.manual_seed(int(os.environ["SEED"]))
    topics, texts = zip(*load_train())
    classifier = TopicClassifier(list_words(texts))
    rows = TensorDataset(classifier.encode(texts), torch.tensor([TOPICS.index(topic) for topic in topics]))
    batches = DataLoader(rows, params["batch_size"], shuffle=True)
    optimizer = torch.optim.AdamW(classifier.parameters(), params["learning_rate"], weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, params["learning_rate"], epochs=params["epochs"], steps_per_epoch=len(batches))

    for epoch in range(1, params["epochs"] + 1):
        total_loss = 0.0
        for numbers, labels in batches:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(classifier(forget(numbers)), labels, label_smoothing=0.1)
            loss.backward()
            optimizer.step()
            schedule.step()
            total_loss += loss.item() * len(labels)
        print(f"epoch {epoch}/{params['epochs']}: loss {total_loss / len(rows):.4f}", flush=True)
    classifier.save()


def list_words(texts: tuple[str, ...]) -> list[str]:
    """The words that more than one place has; of the others there is nothing to learn."""
    counts = Counter(word for text in texts for word in split_words(text))
    return [word for word, count in counts.items() if count > 1]


def forget(numbers: torch.Tensor) -> torch.Tensor:
    """Makes some words unknown at random, so that the network learns to do without any one of them."""
    is_forgotten = (torch.rand(numbers.shape) < FORGOTTEN) & (numbers != PADDING)
    return numbers.masked_fill(is_forgotten, UNKNOWN)


if __name__ == "__main__":
    main()
