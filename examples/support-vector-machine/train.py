"""Fits the classifier and writes it to $MODEL_DIR."""

import json
import os
from pathlib import Path

import joblib
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from dataset import load

params = json.loads(Path(os.environ["PARAMS_FILE"]).read_text())
(measurements, species), _ = load()
# Unscaled, the grams of the body would drown the millimetres of the bill.
model = make_pipeline(StandardScaler(), SVC(**params)).fit(measurements, species)
joblib.dump(model, Path(os.environ["MODEL_DIR"], "model.joblib"))
print(f"fitted on {len(species)} penguins")
