"""Writes golden cases: inputs with the answers that the training side gives for them.

Copy this one file beside your own training script; it needs Python 3.9 and nothing else. Then:

    from record_golden import case, image_case, record

    record("models/penguins/golden.jsonl",
           [case({"island": "Dream", "bill_length_mm": None}, {"label": "Adelie"}),
            image_case("image", open("three.png", "rb").read(), {"label": 3})],
           producer={"library": "scikit-learn 1.9.1", "script": "train_penguins.py"},
           tolerance={"absolute": 1e-5, "relative": 1e-5})

The outputs must come from the *original* library (scikit-learn, torch, ...), not from the exported ONNX file: the
cases are there to catch an export, or a preprocessing, that differs from what was trained.

File format, golden.jsonl: UTF-8, one JSON object per line. First line {"producer": ..., "tolerance": ...}, then one
{"input": row, "output": row} per case. A file is {"$file": "golden/3.png"}, relative to the package. A missing value
is null or a key left out; NaN and Infinity never occur.
"""

import json
import math
import platform
import re
from pathlib import Path

DEFAULT_TOLERANCE = {"absolute": 1e-5, "relative": 1e-5}
IMAGE_SIGNATURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}


class File:
    """Bytes that stand in a row and become a file of the package, golden/<case number>.<extension>."""

    def __init__(self, content, extension):
        self.content = bytes(content)
        self.extension = extension


def case(input_row, output_row):
    """One golden case. Rows are dicts; values may be numpy values, NaN (becomes null), lists, dicts or a File."""
    return {"input": dict(input_row), "output": dict(output_row)}


def image_case(field, image, output_row, other_inputs=None):
    """A case whose input `field` is an encoded image (bytes of a PNG, JPEG, GIF or WebP file), kept byte for byte."""
    extension = next((kind for start, kind in IMAGE_SIGNATURES.items() if bytes(image).startswith(start)), None)
    if extension is None:
        raise ValueError(f'Field "{field}": expected the bytes of a PNG, JPEG, GIF or WebP file.')
    return case({field: File(image, extension), **(other_inputs or {})}, output_row)


def record(path, cases, producer=None, tolerance=None):
    """Writes `path` (…/golden.jsonl) and the files beside it (…/golden/N.*); returns the number of cases.

    `tolerance`: a number x matches the expected y if |x - y| <= absolute + relative * |y|.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_old_files(path.parent / "golden")
    header = {
        "producer": {"python": platform.python_version(), **(producer or {})},
        "tolerance": {**DEFAULT_TOLERANCE, **(tolerance or {})},
    }
    lines = [_to_line(header)]
    for number, golden_case in enumerate(cases, start=1):
        lines.append(_to_line(_with_files_written(golden_case, path.parent, number)))
    path.write_bytes("".join(lines).encode("utf-8"))
    return len(lines) - 1


def add(path, cases):
    """Appends cases to a recorded `path`, which keeps what it holds; returns the number of cases."""
    path = Path(path)
    lines = path.read_bytes().splitlines(keepends=True)
    for number, golden_case in enumerate(cases, start=len(lines)):
        lines.append(_to_line(_with_files_written(golden_case, path.parent, number)).encode("utf-8"))
    path.write_bytes(b"".join(lines))
    return len(lines) - 1


def _remove_old_files(folder):
    """Removes what an earlier run recorded (only names that record() writes), so that no file is left over."""
    for file in folder.glob("*") if folder.is_dir() else []:
        if re.fullmatch(r"\d+(-\w+)?\.[a-z0-9]+", file.name):
            file.unlink()


def _with_files_written(golden_case, package, number):
    files = [field for field, value in golden_case["input"].items() if isinstance(value, File)]
    row = dict(golden_case["input"])
    for field in files:
        suffix = f"-{field}" if len(files) > 1 else ""
        reference = f"golden/{number}{suffix}.{row[field].extension}"
        (package / "golden").mkdir(exist_ok=True)
        (package / reference).write_bytes(row[field].content)
        row[field] = {"$file": reference}
    return {"input": row, "output": golden_case["output"]}


def _to_line(value):
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False) + "\n"


def _plain(value):
    """Python, numpy or pandas value → what JSON can hold. NaN → None; infinity is an error."""
    if hasattr(value, "tolist"):  # numpy arrays and scalars
        value = value.tolist()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        if math.isnan(value):
            return None
        raise ValueError("A golden case holds Infinity; JSON has no such number.")
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"A golden case holds a {type(value).__name__}; use numbers, strings, lists, dicts or File.")
