"""Names a penguin's species over HTTP."""

import os
from pathlib import Path

import joblib
import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, FiniteFloat


class Penguin(BaseModel):
    """A request: four measurements, in the order of the columns of the data."""

    bill_length_mm: FiniteFloat
    bill_depth_mm: FiniteFloat
    flipper_length_mm: FiniteFloat
    body_mass_g: FiniteFloat


app = FastAPI(title="Penguins")
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
def predict(penguin: Penguin) -> dict[str, str]:
    return {"species": model.predict([list(penguin.model_dump().values())])[0]}


uvicorn.run(app, host=os.environ["HOST"], port=int(os.environ["PORT"]))
