"""Predicts a patient's disease progression over HTTP."""

import os
from pathlib import Path
from typing import Annotated, Literal

import joblib
import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from dataset import FEATURES

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Patient(BaseModel):
    """A request: one patient's measurements, in the units of the data set."""

    model_config = ConfigDict(extra="forbid")

    age: float = Field(ge=0, le=120, description="years")
    sex: Literal[1, 2]
    bmi: Positive = Field(description="body mass index")
    bp: Positive = Field(description="average blood pressure")
    s1: Positive = Field(description="total serum cholesterol")
    s2: Positive = Field(description="low-density lipoproteins")
    s3: Positive = Field(description="high-density lipoproteins")
    s4: Positive = Field(description="total cholesterol / HDL")
    s5: Positive = Field(description="logarithm of serum triglycerides")
    s6: Positive = Field(description="blood sugar")


class Prediction(BaseModel):
    """An answer: the measure of disease progression one year later."""

    progression: float


app = FastAPI(title="Diabetes progression")
# Loaded before the port opens, so a server that answers /healthz can also predict.
regression = joblib.load(Path(os.environ["MODEL_DIR"], "model.joblib"))


@app.exception_handler(RequestValidationError)
def refuse(_: Request, error: RequestValidationError) -> JSONResponse:
    # FastAPI's own answer repeats the input, which JSON cannot carry where it was NaN or infinite.
    return JSONResponse({"detail": [{"loc": e["loc"], "msg": e["msg"]} for e in error.errors()]}, status_code=422)


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predict")
def predict(patient: Patient) -> Prediction:
    row = [getattr(patient, feature) for feature in FEATURES]
    return Prediction(progression=regression.predict([row])[0])


if __name__ == "__main__":
    uvicorn.run(app, host=os.environ["HOST"], port=int(os.environ["PORT"]))
