"""Scores the model on the held-out patients and writes the metrics that mlstack.yaml's gate reads."""

import json
import os
from pathlib import Path

import joblib
from sklearn.metrics import mean_squared_error, r2_score

from dataset import load_test

features, target = load_test()
model = joblib.load(Path(os.environ["MODEL_DIR"], "model.joblib"))
predicted = model.predict(features)

metrics = {"mse": mean_squared_error(target, predicted), "r2": r2_score(target, predicted)}
Path(os.environ["METRICS_FILE"]).write_text(json.dumps(metrics, indent=2))
print(f"on {len(target)} held-out patients: {metrics}")
