"""Scores the model on the held-out diamonds, against a price by weight alone."""

import json
import os
from pathlib import Path

import joblib
import mlflow
import numpy as np
from sklearn.metrics import mean_absolute_error

from dataset import load_test, load_train

MODEL_DIR = Path(os.environ["MODEL_DIR"])

diamonds, prices = load_test()
mae = mean_absolute_error(prices, joblib.load(MODEL_DIR / "model.joblib").predict(diamonds))

# The honest baseline is a power of the weight, which most of the price is.
train_diamonds, train_prices = load_train()
power, scale = np.polyfit(np.log(train_diamonds["carat"]), np.log(train_prices), 1)
baseline_mae = mean_absolute_error(prices, np.exp(scale) * diamonds["carat"] ** power)

# The skill is the share of the baseline's error that the model avoids.
metrics = {"mae": mae, "baseline_mae": baseline_mae, "skill": 1 - mae / baseline_mae}
Path(os.environ["METRICS_FILE"]).write_text(json.dumps(metrics, indent=2))
print(f"on {len(prices)} held-out diamonds:", *(f"{name} {value:.3f}" for name, value in metrics.items()))

with mlflow.start_run(run_id=(MODEL_DIR / "run_id").read_text()):
    mlflow.log_metrics(metrics)
