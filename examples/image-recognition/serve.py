"""Reads handwritten digits over HTTP."""

import os
from typing import Annotated

import torch
import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from model import load_model

Pixel = Annotated[int, Field(ge=0, le=16)]


class Image(BaseModel):
    """A request: one image of 8 x 8 pixels, row by row, from 0 (paper) to 16 (ink)."""

    model_config = ConfigDict(extra="forbid")

    pixels: list[Pixel] = Field(min_length=64, max_length=64)


class Prediction(BaseModel):
    """An answer: the most likely digit and its probability."""

    digit: int
    probability: float


app = FastAPI(title="Image recognition")
# Loaded before the port opens, so a server that answers /healthz can also predict.
reader = load_model()


@app.exception_handler(RequestValidationError)
def refuse(_: Request, error: RequestValidationError) -> JSONResponse:
    # FastAPI's own answer repeats the input, which JSON cannot carry where it was NaN or infinite.
    return JSONResponse({"detail": [{"loc": e["loc"], "msg": e["msg"]} for e in error.errors()]}, status_code=422)


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predict")
def predict(image: Image) -> Prediction:
    with torch.inference_mode():
        scores = reader(torch.tensor(image.pixels, dtype=torch.float32).reshape(1, 1, 8, 8))
    probability, digit = scores.softmax(dim=1)[0].max(dim=0)
    return Prediction(digit=digit.item(), probability=probability.item())


if __name__ == "__main__":
    uvicorn.run(app, host=os.environ["HOST"], port=int(os.environ["PORT"]))
