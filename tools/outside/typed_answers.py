"""Rows of the demo models, and what the typed REST calls answer for them: the other clients must be told the same."""

import json
import urllib.request
from pathlib import Path

import numpy

MODELS = Path(__file__).parents[2] / "models"
SPECIES = ["Adelie", "Chinstrap", "Gentoo"]
NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
PENGUIN_INPUTS = ["island", *NUMBERS, "sex"]


def penguin_rows(count: int) -> list[dict]:
    lines = (MODELS / "penguins/golden.jsonl").read_text().splitlines()[1:]
    rows = [json.loads(line)["input"] for line in lines]
    complete = [row for row in rows if all(row.get(name) is not None for name in PENGUIN_INPUTS)]
    return complete[:count]


def penguin_tensors(rows: list[dict]) -> dict[str, numpy.ndarray]:
    """As the session takes them: [rows, 1] each."""
    return {
        name: numpy.array([[row[name]] for row in rows], dtype=numpy.float32 if name in NUMBERS else object)
        for name in PENGUIN_INPUTS
    }


def digit_files() -> list[bytes]:
    return [(MODELS / "digits/golden" / f"{number}.png").read_bytes() for number in (1, 2, 3)]


def predict(address: str, model: str, body: bytes, content_type: str) -> list[dict]:
    request = urllib.request.Request(
        f"http://{address}/v1/models/{model}/predict", data=body, headers={"content-type": content_type}
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)["predictions"]


def predict_penguins(address: str, rows: list[dict]) -> tuple[list[str], numpy.ndarray]:
    """Labels and probabilities [rows, species]."""
    predictions = predict(address, "penguins", json.dumps({"rows": rows}).encode(), "application/json")
    probabilities = [[prediction["probabilities"][name] for name in SPECIES] for prediction in predictions]
    return [prediction["label"] for prediction in predictions], numpy.array(probabilities)


def predict_digits(address: str, files: list[bytes]) -> tuple[list[int], numpy.ndarray]:
    predictions = [predict(address, "digits", file, "image/png")[0] for file in files]
    probabilities = [[prediction["probabilities"][str(digit)] for digit in range(10)] for prediction in predictions]
    return [prediction["label"] for prediction in predictions], numpy.array(probabilities)
