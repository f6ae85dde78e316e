"""Scores what was not trained on, and has MLflow record that in a run of its own."""
import json
import os
from pathlib import Path

import mlflow
import numpy
from sklearn.datasets import load_diabetes
from sklearn.metrics import r2_score

intercept, *coefficients = json.loads((Path(os.environ['MODEL_DIR']) / 'coefficients.json').read_text())
x, y = load_diabetes(return_X_y=True, scaled=True)
r2 = r2_score(y[300:], x[300:] @ numpy.array(coefficients) + intercept)
Path(os.environ['METRICS_FILE']).write_text(json.dumps({'r2': r2}))

with mlflow.start_run(run_name='evaluate'):
    mlflow.log_metric('r2', r2)
