"""Tells over HTTP how likely a tumour is malignant."""

import os
from pathlib import Path

import joblib
import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, FiniteFloat


class Tumour(BaseModel):
    """A request: measurements of the cell nuclei, in the order of the columns of the data."""

    radius: FiniteFloat
    texture: FiniteFloat
    perimeter: FiniteFloat
    area: FiniteFloat
    smoothness: FiniteFloat
    compactness: FiniteFloat
    concavity: FiniteFloat
    concave_points: FiniteFloat
    symmetry: FiniteFloat
    fractal_dimension: FiniteFloat


app = FastAPI(title="Tumours")
# Loaded before the port opens, so a server that answers /healthz can also predict.
model = joblib.load(Path(os.environ["MODEL_DIR"], "model.joblib"))


@app.exception_handler(RequestValidationError)
def refuse(_: Request, error: RequestValidationError) -> PlainTextResponse:
    # FastAPI's own answer repeats the input, which JSON cannot carry where it is NaN or infinite.
    return PlainTextResponse("\n".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors()), 422)


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predict")
def predict(tumour: Tumour) -> dict[str, float]:
    return {"malignant": model.predict_proba([list(tumour.model_dump().values())])[0, 1]}


uvicorn.run(app, host=os.environ["HOST"], port=int(os.environ["PORT"]))
