"""FastAPI as its docs advise: pydantic models in and out. PEER_MODE=loop runs the session in `async def` handlers on the
event loop, PEER_MODE=pool in plain `def` handlers, which FastAPI runs in its thread pool."""

import os
from typing import Annotated, Literal

from fastapi import Body, FastAPI
from models import Cnn, Digits, Mlp, Penguins, load_model
from pydantic import BaseModel, Field

app = FastAPI()
model = load_model()
is_pooled = os.environ["PEER_MODE"] == "pool"


class Penguin(BaseModel):
    island: Literal["Biscoe", "Dream", "Torgersen"]
    bill_length_mm: float | None = Field(None, ge=25, le=65)
    bill_depth_mm: float | None = Field(None, ge=10, le=28)
    flipper_length_mm: float | None = Field(None, ge=130, le=280)
    body_mass_g: float | None = Field(None, ge=1500, le=9000)
    sex: Literal["female", "male"] | None = None


class Penguinses(BaseModel):
    rows: list[Penguin]


class Features(BaseModel):
    features: list[float] = Field(min_length=32, max_length=32)


class Featureses(BaseModel):
    rows: list[Features]


class Tensor(BaseModel):
    image: list[float] = Field(min_length=3 * 224 * 224, max_length=3 * 224 * 224)


class Classified(BaseModel):
    label: str | int
    probabilities: dict[str, float]


class Classes(BaseModel):
    predictions: list[Classified]


class Scored(BaseModel):
    scores: list[float]


class Scores(BaseModel):
    predictions: list[Scored]


def predict_rows(rows):
    return {"predictions": model.run([dict(row) for row in rows])}


def predict_one(item):
    return {"predictions": model.run([item])}


def post(path, response, handler):
    """Registers a handler of one parameter, its body, on the event loop or in the pool."""
    if is_pooled:
        app.post(path, response_model=response)(handler)
        return

    async def on_loop(body):
        return handler(body)

    on_loop.__annotations__ = handler.__annotations__
    app.post(path, response_model=response)(on_loop)


def penguins(body: Penguinses):
    return predict_rows(body.rows)


def features(body: Featureses):
    return predict_rows(body.rows)


def image(body: Annotated[bytes, Body(media_type="application/octet-stream")]):
    return predict_one(model.prepare_image(body))


def tensor(body: Annotated[bytes, Body(media_type="application/octet-stream")]):
    return predict_one(model.prepare_bytes(body))


def numbers(body: Tensor):
    return predict_one(model.prepare_numbers(body.image))


match model:
    case Penguins():
        post("/predict", Classes, penguins)
    case Mlp():
        post("/predict", Scores, features)
    case Digits():
        post("/predict", Classes, image)
    case Cnn():
        post("/predict", Scores, image)
        post("/predict-tensor", Scores, tensor)
        post("/predict-json", Scores, numbers)
