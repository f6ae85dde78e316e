"""Trains on diabetes, and has MLflow record how."""
import json
import os
from pathlib import Path

import mlflow
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge

model_dir = Path(os.environ['MODEL_DIR'])
alpha = float(os.environ['PARAM_ALPHA'])
x, y = load_diabetes(return_X_y=True, scaled=True)

with mlflow.start_run(run_name='train'):
    model = Ridge(alpha=alpha).fit(x[:300], y[:300])
    (model_dir / 'coefficients.json').write_text(json.dumps([model.intercept_, *model.coef_]))
    mlflow.log_param('alpha', alpha)
    mlflow.log_metric('r2', model.score(x[:300], y[:300]))
    mlflow.log_artifact(str(model_dir / 'coefficients.json'))
    print('ran as', os.getuid())
