"""Trains the digit classifier and writes its weights to $MODEL_DIR."""

import os
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from dataset import load_train
from model import DigitClassifier

EPOCHS = 40

torch.manual_seed(42)
images, labels = map(torch.from_numpy, load_train())
batches = DataLoader(TensorDataset(images, labels), batch_size=32, shuffle=True)

model = DigitClassifier()
loss_function = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)

for epoch in range(1, EPOCHS + 1):
    total_loss = 0.0
    for batch_images, batch_labels in batches:
        optimizer.zero_grad()
        loss = loss_function(model(batch_images), batch_labels)
        loss.backward()
        optimizer.step()
        total_loss += loss.item() * len(batch_labels)
    print(f"epoch {epoch}/{EPOCHS}: loss {total_loss / len(labels):.4f}")

torch.save(model.state_dict(), Path(os.environ["MODEL_DIR"], "weights.pt"))
