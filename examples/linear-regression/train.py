"""Fits an ordinary least squares model and writes it to $MODEL_DIR."""

import os
from pathlib import Path

import joblib
from sklearn.linear_model import LinearRegression

from dataset import load_train

features, target = load_train()
model = LinearRegression().fit(features, target)
joblib.dump(model, Path(os.environ["MODEL_DIR"], "model.joblib"))
print(f"fitted on {len(target)} patients")
