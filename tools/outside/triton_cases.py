"""Requests that both transports of Triton's Python client send, and what must come back."""

from dataclasses import dataclass
from types import ModuleType

import numpy
from typed_answers import digit_files, penguin_rows, penguin_tensors, predict_digits, predict_penguins

DATATYPES = {"float32": "FP32", "float64": "FP64", "object": "BYTES", "int64": "INT64"}


@dataclass(frozen=True)
class Penguins:
    tensors: dict[str, numpy.ndarray]
    labels: list[str]
    probabilities: numpy.ndarray


def penguins(address: str, count: int = 5) -> Penguins:
    rows = penguin_rows(count)
    labels, probabilities = predict_penguins(address, rows)
    return Penguins(penguin_tensors(rows), labels, probabilities)


def assert_penguins(result, expected: Penguins) -> None:
    """The session's own outputs: FP32, as the typed call's numbers are before they become JSON."""
    assert texts(result.as_numpy("output_label")) == expected.labels
    got = result.as_numpy("output_probability")
    assert got.dtype == numpy.float32
    assert numpy.array_equal(got, expected.probabilities.astype(numpy.float32))


def digit_images() -> numpy.ndarray:
    return numpy.array(digit_files(), dtype=object)


def assert_digits(result, address: str) -> None:
    labels, probabilities = predict_digits(address, digit_files())
    assert result.as_numpy("label").tolist() == labels
    assert numpy.array_equal(result.as_numpy("probabilities"), probabilities)


def texts(array: numpy.ndarray) -> list[str]:
    return [value.decode() if isinstance(value, bytes) else value for value in array.ravel()]


def infer_inputs(client: ModuleType, tensors: dict[str, numpy.ndarray], **options) -> list:
    inputs = []
    for name, array in tensors.items():
        tensor = client.InferInput(name, list(array.shape), DATATYPES[array.dtype.name])
        tensor.set_data_from_numpy(array, **options)
        inputs.append(tensor)
    return inputs


def assert_classes(array: numpy.ndarray, expected: Penguins) -> None:
    """`value:index:label`, the best first."""
    best = [text.split(":") for text in texts(array[:, 0])]
    assert array.shape == (len(expected.labels), 2)
    assert [label for _value, _index, label in best] == expected.labels
    assert [numpy.float32(value) for value, _index, _label in best] == expected.probabilities.astype(numpy.float32).max(1).tolist()  # fmt: skip
