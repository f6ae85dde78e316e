"""Scores the classifier on the held-out tumours, against the best rule that looks at one measurement alone."""

import json
import os
from pathlib import Path

import joblib
from sklearn.metrics import accuracy_score, recall_score
from sklearn.tree import DecisionTreeClassifier

from dataset import load

train, (measurements, malignant) = load()
predicted = joblib.load(Path(os.environ["MODEL_DIR"], "model.joblib")).predict(measurements)
accuracy = accuracy_score(malignant, predicted)
baseline = DecisionTreeClassifier(max_depth=1, random_state=0).fit(*train).score(measurements, malignant)

metrics = {
    "accuracy": accuracy,
    "baseline_accuracy": baseline,
    "skill": 1 - (1 - accuracy) / (1 - baseline),  # the share of the baseline's errors that the model avoids
    "recall": recall_score(malignant, predicted),  # the share of malignant tumours that it finds
}
Path(os.environ["METRICS_FILE"]).write_text(json.dumps(metrics, indent=2))
print(f"on {len(malignant)} held-out tumours:", *(f"{name} {value:.3f}" for name, value in metrics.items()))
