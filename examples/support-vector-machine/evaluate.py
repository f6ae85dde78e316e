"""Scores the classifier on the held-out penguins, against the best rule that looks at one measurement alone."""

import json
import os
from pathlib import Path

import joblib
from sklearn.tree import DecisionTreeClassifier

from dataset import load

train, test = load()
accuracy = joblib.load(Path(os.environ["MODEL_DIR"], "model.joblib")).score(*test)
baseline = DecisionTreeClassifier(max_depth=1, random_state=0).fit(*train).score(*test)

# The skill is the share of the baseline's errors that the model avoids.
metrics = {"accuracy": accuracy, "baseline_accuracy": baseline, "skill": 1 - (1 - accuracy) / (1 - baseline)}
Path(os.environ["METRICS_FILE"]).write_text(json.dumps(metrics, indent=2))
print(f"on {len(test[1])} held-out penguins:", *(f"{name} {value:.3f}" for name, value in metrics.items()))
