"""Fits the classifier and writes it to $MODEL_DIR."""

import os
from pathlib import Path

import joblib
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from dataset import load

(measurements, malignant), _ = load()
model = make_pipeline(StandardScaler(), LogisticRegression()).fit(measurements, malignant)
joblib.dump(model, Path(os.environ["MODEL_DIR"], "model.joblib"))
print(f"fitted on {len(malignant)} tumours")
