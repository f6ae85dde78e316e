"""Recommends libraries to a project over HTTP."""

import os
from typing import Annotated

import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from model import Recommender

# Loaded before the port opens, so a server that answers /healthz can also predict.
recommender = Recommender.load()


def known(library: str) -> str:
    if library not in recommender.numbers:
        raise ValueError(f"no project of the training data uses {library!r}")
    return library


class Project(BaseModel):
    """A request: the libraries that a project uses, and how many others it wants to hear of."""

    model_config = ConfigDict(extra="forbid")

    libraries: list[Annotated[str, AfterValidator(known)]] = Field(min_length=1, max_length=100)
    count: int = Field(default=10, ge=1, le=100)


class Recommendation(BaseModel):
    """An answer: libraries that suit the project, the best first."""

    libraries: list[str]


app = FastAPI(title="Libraries that go together")


@app.exception_handler(RequestValidationError)
def refuse(_: Request, error: RequestValidationError) -> JSONResponse:
    return JSONResponse({"detail": [{"loc": e["loc"], "msg": e["msg"]} for e in error.errors()]}, status_code=422)


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predict")
def predict(project: Project) -> Recommendation:
    return Recommendation(libraries=recommender.recommend(project.libraries, project.count))


if __name__ == "__main__":
    uvicorn.run(app, host=os.environ["HOST"], port=int(os.environ["PORT"]))
