"""Datatypes of the Open Inference Protocol beside numpy's, and which encoding carries which value."""

import numpy

DATATYPES = {
    "bool": "BOOL",
    "int8": "INT8",
    "uint8": "UINT8",
    "int16": "INT16",
    "uint16": "UINT16",
    "int32": "INT32",
    "uint32": "UINT32",
    "int64": "INT64",
    "uint64": "UINT64",
    "float16": "FP16",
    "float32": "FP32",
    "float64": "FP64",
    "object": "BYTES",
}
DTYPES = {datatype: numpy.dtype(name) for name, datatype in DATATYPES.items()}

CONTENTS = {
    "BOOL": "bool_contents",
    "INT8": "int_contents",
    "INT16": "int_contents",
    "INT32": "int_contents",
    "INT64": "int64_contents",
    "UINT8": "uint_contents",
    "UINT16": "uint_contents",
    "UINT32": "uint_contents",
    "UINT64": "uint64_contents",
    "FP32": "fp32_contents",
    "FP64": "fp64_contents",
    "BYTES": "bytes_contents",
}
"""Field of InferTensorContents by datatype; FP16 has none."""


def datatype_of(array: numpy.ndarray) -> str:
    return DATATYPES[array.dtype.name]


def json_carries(array: numpy.ndarray) -> bool:
    """FP16, NaN and infinities do not exist in JSON."""
    if array.dtype.kind != "f":
        return True
    return array.dtype != numpy.float16 and bool(numpy.isfinite(array).all())


def typed_contents_carry(array: numpy.ndarray) -> bool:
    return array.dtype != numpy.float16


def to_bytes(array: numpy.ndarray) -> bytes:
    """Little-endian elements; strings each behind their length of 4 bytes."""
    if array.dtype.kind != "O":
        return array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
    texts = [text.encode() for text in array.ravel()]
    return b"".join(len(text).to_bytes(4, "little") + text for text in texts)


def from_bytes(content: bytes, datatype: str, shape: list[int]) -> numpy.ndarray:
    if datatype != "BYTES":
        return numpy.frombuffer(content, dtype=DTYPES[datatype].newbyteorder("<")).reshape(shape)
    texts, position = [], 0
    while position < len(content):
        length = int.from_bytes(content[position : position + 4], "little")
        texts.append(content[position + 4 : position + 4 + length].decode())
        position += 4 + length
    return strings(texts, shape)


def strings(texts: list[str], shape: list[int]) -> numpy.ndarray:
    array = numpy.empty(len(texts), dtype=object)
    array[:] = texts
    return array.reshape(shape)
