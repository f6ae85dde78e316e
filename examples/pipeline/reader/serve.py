"""Reads handwritten digits over HTTP."""

import os
from pathlib import Path
from typing import Annotated

import joblib
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from pixels import to_features

Pixel = Annotated[int, Field(ge=0, le=16)]


class Image(BaseModel):
    """A request: one image of 8 x 8 pixels, row by row, from 0 (paper) to 16 (ink)."""

    model_config = ConfigDict(extra="forbid")

    pixels: list[Pixel] = Field(min_length=64, max_length=64)


class Prediction(BaseModel):
    """An answer: the most likely digit and its probability."""

    digit: int
    probability: float


app = FastAPI(title="Digits")
# Loaded before the port opens, so a server that answers /healthz can also predict.
network = joblib.load(Path(os.environ["MODEL_DIR"], "model.joblib"))


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predict")
def predict(image: Image) -> Prediction:
    chances = network.predict_proba(to_features([image.pixels]))[0]
    return Prediction(digit=int(chances.argmax()), probability=chances.max())


if __name__ == "__main__":
    uvicorn.run(app, host=os.environ["HOST"], port=int(os.environ["PORT"]))
