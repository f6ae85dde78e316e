"""Scores the model on the held-out writers and writes the metrics that mlstack.yaml's gate reads."""

import json
import os
from pathlib import Path

import torch

from dataset import load_test
from model import DigitClassifier

images, labels = map(torch.from_numpy, load_test())
model = DigitClassifier()
model.load_state_dict(torch.load(Path(os.environ["MODEL_DIR"], "weights.pt"), weights_only=True))
model.eval()

with torch.inference_mode():
    predicted = model(images).argmax(dim=1)

metrics = {"accuracy": (predicted == labels).float().mean().item()}
Path(os.environ["METRICS_FILE"]).write_text(json.dumps(metrics, indent=2))
print(f"on {len(labels)} held-out digits: {metrics}")
