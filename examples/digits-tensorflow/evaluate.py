"""Scores the model on the held-out writers and writes the metrics that mlstack.yaml's gate reads."""

import json
import os
from pathlib import Path

import keras

from dataset import load_test

images, labels = load_test()
model = keras.saving.load_model(Path(os.environ["MODEL_DIR"], "model.keras"))

metrics = model.evaluate(images, labels, return_dict=True, verbose=0)
Path(os.environ["METRICS_FILE"]).write_text(json.dumps(metrics, indent=2))
print(f"on {len(labels)} held-out digits: {metrics}")
