"""Fits boosted trees to the prices, and records the run in MLflow."""

import json
import os
from pathlib import Path

import joblib
import mlflow
import numpy as np
from sklearn.compose import TransformedTargetRegressor, make_column_transformer
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

from dataset import GRADES, load_train

MODEL_DIR = Path(os.environ["MODEL_DIR"])

params = json.loads(Path(os.environ["PARAMS_FILE"]).read_text())
trees = GradientBoostingRegressor(**params, random_state=int(os.environ["SEED"]))
model = make_pipeline(
    # The grades are encoded within the model, so that a request says "Ideal" and no server needs code for that.
    make_column_transformer((OrdinalEncoder(categories=list(GRADES.values())), list(GRADES)), remainder="passthrough"),
    # On logarithms, a tenth too much counts alike for a small stone and a large one.
    TransformedTargetRegressor(trees, func=np.log, inverse_func=np.exp),
)

with mlflow.start_run() as run:
    mlflow.log_params(params)
    model.fit(*load_train())
    for step, loss in enumerate(model[-1].regressor_.train_score_):
        mlflow.log_metric("train_loss", loss, step)
    joblib.dump(model, MODEL_DIR / "model.joblib")
    mlflow.log_artifact(MODEL_DIR / "model.joblib")

# The run goes with the model: evaluate.py adds to it, and of a served model it tells where it came from.
(MODEL_DIR / "run_id").write_text(run.info.run_id)
print(f"fitted {params['n_estimators']} trees in run {run.info.run_name}")
