"""Held against what the standard expects, and encoding against encoding."""

import numpy

RELATIVE, ABSOLUTE = 1e-3, 1e-7
"""Of the runner that the onnx package brings; integers, strings and booleans must be equal."""


def difference(got: dict, expected: dict) -> str | None:
    """Why an answer is not the expected one."""
    if list(got) != list(expected):
        return f"outputs {list(got)} instead of {list(expected)}"
    for name, wanted in expected.items():
        found = tensor_difference(got[name], wanted)
        if found is not None:
            return f'"{name}" {found}'
    return None


def tensor_difference(got: numpy.ndarray, wanted: numpy.ndarray) -> str | None:
    if got.dtype != wanted.dtype or got.shape != wanted.shape:
        return f"is {got.dtype} {list(got.shape)} instead of {wanted.dtype} {list(wanted.shape)}"
    if got.dtype.kind == "f":
        equal = numpy.isclose(got, wanted, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)
    else:
        equal = got == wanted
    if numpy.all(equal):
        return None
    index = numpy.argwhere(numpy.atleast_1d(~equal))[0].tolist()
    place = tuple(index) if got.ndim > 0 else ()
    return f"is {got[place]} instead of {wanted[place]} at {index}"


def same_bits(one: dict, other: dict) -> bool:
    return list(one) == list(other) and all(map(same_tensor_bits, one.values(), other.values()))


def same_tensor_bits(one: numpy.ndarray, other: numpy.ndarray) -> bool:
    if one.dtype != other.dtype or one.shape != other.shape:
        return False
    if one.dtype.kind == "O":
        return bool(numpy.all(one == other))
    if one.dtype.kind != "f":
        return one.tobytes() == other.tobytes()
    # One NaN is as good as another: not every encoding keeps its payload.
    is_nan = numpy.isnan(one)
    return bool(numpy.array_equal(is_nan, numpy.isnan(other))) and one[~is_nan].tobytes() == other[~is_nan].tobytes()
