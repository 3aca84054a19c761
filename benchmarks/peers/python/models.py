"""The benchmark's models for peers in Python: each a session, and what turns a request into its inputs and its outputs into an answer."""

import io
import os
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

WORKSPACE = Path(__file__).resolve().parents[3]
sys.path.append(str(WORKSPACE / "tools/train"))
import digits_preprocessing  # noqa: E402  what models/digits was trained with

NUMBERS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


class Model:
    """One ONNX Runtime session on one thread. `batch` takes prepared items, so that a server may collect them first."""

    def __init__(self, package):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(package / "model.onnx", options, providers=["CPUExecutionProvider"])


class Penguins(Model):
    def run(self, rows):
        """Rows, dicts by field → one answer a row."""
        feeds = {name: column([row.get(name) for row in rows]) for name in NUMBERS}
        feeds["island"] = np.array([[row["island"]] for row in rows], dtype=object)
        feeds["sex"] = np.array([[row.get("sex") or "missing"] for row in rows], dtype=object)
        labels, probabilities = self.session.run(["output_label", "output_probability"], feeds)
        return [{"label": label, "probabilities": row} for label, row in zip(labels.tolist(), probabilities, strict=True)]


def column(values):
    return np.array([[np.nan if value is None else value] for value in values], dtype=np.float32)


class Digits(Model):
    def prepare_image(self, content):
        image = digits_preprocessing.decode_image(content)
        for step in digits_preprocessing.STEPS:
            image = step(image)
        return image

    def run(self, tensors):
        """float32 [1, 28, 28] each → one answer each."""
        (logits,) = self.session.run(["logits"], {"image": np.stack(tensors)})
        exponents = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
        probabilities = exponents / exponents.sum(axis=1, keepdims=True)
        return [
            {"label": int(row.argmax()), "probabilities": {str(label): value for label, value in enumerate(row.tolist())}}
            for row in probabilities
        ]


class Cnn(Model):
    def prepare_image(self, content):
        image = Image.open(io.BytesIO(content)).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
        pixels = np.asarray(image, dtype=np.float32) / 255
        return ((pixels - 0.5) / 0.25).transpose(2, 0, 1)

    def prepare_bytes(self, content):
        return np.frombuffer(content, dtype=np.float32).reshape(3, 224, 224)

    def prepare_numbers(self, numbers):
        return np.array(numbers, dtype=np.float32).reshape(3, 224, 224)

    def run(self, tensors):
        """float32 [3, 224, 224] each → one answer each."""
        (scores,) = self.session.run(["scores"], {"image": np.stack(tensors)})
        return [{"scores": row} for row in scores.tolist()]


class Mlp(Model):
    def run(self, rows):
        (scores,) = self.session.run(["scores"], {"features": np.array([row["features"] for row in rows], dtype=np.float32)})
        return [{"scores": row} for row in scores.tolist()]


KINDS = {"penguins": Penguins, "digits": Digits, "cnn": Cnn, "mlp": Mlp}


def load_model():
    """The model of the folder in MODEL_PACKAGE."""
    package = Path(os.environ["MODEL_PACKAGE"])
    return KINDS[package.name](package)
