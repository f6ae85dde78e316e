"""Scores the network on the held-out writers and writes the metrics that mlstack.yaml's gate reads."""

import json
import os
from pathlib import Path

import joblib
from sklearn.metrics import accuracy_score, f1_score

from dataset import load_test

features, labels = load_test()
network = joblib.load(Path(os.environ["MODEL_DIR"], "model.joblib"))
predicted = network.predict(features)

metrics = {"accuracy": accuracy_score(labels, predicted), "f1": f1_score(labels, predicted, average="macro")}
Path(os.environ["METRICS_FILE"]).write_text(json.dumps(metrics, indent=2))
print(f"on {len(labels)} held-out digits: {metrics}")
