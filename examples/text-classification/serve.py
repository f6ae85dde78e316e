"""Tells over HTTP what kind of thing a definition defines."""

import os
from typing import Annotated

import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from dataset import TOPICS
from model import TopicClassifier


class Definition(BaseModel):
    """A request: a definition in English, of which the first 24 words count."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=1000, pattern="[A-Za-z]", description="with at least one word")]


class Prediction(BaseModel):
    """An answer: the most likely topic, and the probability of each."""

    topic: str
    probabilities: dict[str, float]


app = FastAPI(title="Topics of definitions")
# Loaded before the port opens, so a server that answers /healthz can also predict.
classifier = TopicClassifier.load()


@app.exception_handler(RequestValidationError)
def refuse(_: Request, error: RequestValidationError) -> JSONResponse:
    return JSONResponse({"detail": [{"loc": e["loc"], "msg": e["msg"]} for e in error.errors()]}, status_code=422)


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predict")
def predict(definition: Definition) -> Prediction:
    probabilities = dict(zip(TOPICS, classifier.predict([definition.text])[0].tolist()))
    return Prediction(topic=max(probabilities, key=probabilities.get), probabilities=probabilities)


if __name__ == "__main__":
    uvicorn.run(app, host=os.environ["HOST"], port=int(os.environ["PORT"]))
