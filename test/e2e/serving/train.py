"""Saves a model that doubles the sum of three numbers, or nearly so, in one of the forms that servers load."""
import json
import os
from pathlib import Path

import numpy

from slow import Slow

model_dir = Path(os.environ["MODEL_DIR"])
kind = json.loads(Path(os.environ["PARAMS_FILE"]).read_text())["kind"]
rows = numpy.random.default_rng(0).uniform(0, 10, size=(500, 3))
sums = 2 * rows.sum(axis=1)

if kind == "scikit-learn":
    import joblib
    from sklearn.linear_model import LinearRegression

    joblib.dump(LinearRegression().fit(rows, sums), model_dir / "model.joblib")
elif kind == "slow":
    import joblib

    joblib.dump(Slow(seconds=3), model_dir / "doubles.joblib")
elif kind == "lightgbm":
    import lightgbm

    lightgbm.train({"verbose": -1}, lightgbm.Dataset(rows, sums), 50).save_model(model_dir / "model.txt")
elif kind == "xgboost":
    import xgboost

    xgboost.train({"max_depth": 4}, xgboost.DMatrix(rows, sums), 50).save_model(model_dir / "model.ubj")
elif kind in ("torchscript", "torch-export"):
    import torch

    class Double(torch.nn.Module):
        def forward(self, numbers):
            return 2 * numbers.sum(dim=1)

    if kind == "torchscript":
        torch.jit.script(Double()).save(str(model_dir / "model.pt"))
    else:
        batch = torch.export.Dim("batch")
        example = (torch.zeros(2, 3, dtype=torch.float64),)
        torch.export.save(torch.export.export(Double(), example, dynamic_shapes=({0: batch},)), model_dir / "model.pt2")
elif kind == "broken":
    (model_dir / "model.joblib").write_text("nothing that could be loaded")
elif kind == "weights":
    (model_dir / "weights.npy").write_bytes(b"")
elif kind == "mlflow":
    import mlflow.sklearn
    from sklearn.linear_model import LinearRegression

    mlflow.sklearn.save_model(LinearRegression().fit(rows, sums), model_dir / "model")
