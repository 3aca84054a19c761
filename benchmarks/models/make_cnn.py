"""Builds the package cnn/: a 224 x 224 convolutional network of some 10 ms a picture on one core, with random weights.

    pip install numpy pillow==13.0.0 onnx==1.23.2 onnxruntime==1.30.0 && python make_cnn.py

What it answers means nothing; what it costs does. Seeded: the same network and the same pictures every time. The golden
cases hold what Pillow, numpy and ONNX Runtime make of the pictures: any server of the benchmark must say the same.
"""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import TensorProto, checker, helper, numpy_helper, save
from PIL import Image, ImageDraw

CHANNELS = 32
BLOCKS = 7
PICTURES = 4
WIDTH, HEIGHT = 640, 480
FOLDER = Path(__file__).parent / "cnn"


def build_network(random):
    """ONNX model: float32 image [batch, 3, 224, 224] → scores [batch, 10]."""
    nodes, constants = [], []

    def convolution(source, target, inputs, stride, size):
        shape = (CHANNELS, inputs, size, size)
        weight = random.normal(0, np.sqrt(2 / (inputs * size * size)), shape).astype(np.float32)
        constants.append(numpy_helper.from_array(weight, f"{target}_weight"))
        padding = {"strides": [stride] * 2, "pads": [size // 2] * 4}
        nodes.append(helper.make_node("Conv", [source, f"{target}_weight"], [f"{target}_sum"], **padding))
        nodes.append(helper.make_node("Relu", [f"{target}_sum"], [target]))

    convolution("image", "block_0", 3, 2, 7)
    for block in range(1, BLOCKS):
        convolution(f"block_{block - 1}", f"block_{block}", CHANNELS, 1, 3)
    constants.append(numpy_helper.from_array(random.normal(0, 0.1, (CHANNELS, 10)).astype(np.float32), "head"))
    nodes += [
        helper.make_node("GlobalAveragePool", [f"block_{BLOCKS - 1}"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["features"]),
        helper.make_node("MatMul", ["features", "head"], ["scores"]),
    ]
    graph = helper.make_graph(
        nodes,
        "cnn",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, 224, 224])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", 10])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    checker.check_model(model)
    return model


def draw_picture(random):
    """Soft colours with some hard edges: about as hard to decode as a photograph."""
    picture = np.zeros((HEIGHT, WIDTH, 3))
    for cells, weight in ((4, 0.5), (16, 0.3), (64, 0.15), (320, 0.05)):
        coarse = random.integers(0, 256, (cells * 3 // 4, cells, 3)).astype(np.uint8)
        picture += weight * np.asarray(Image.fromarray(coarse).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))
    image = Image.fromarray(picture.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y, size = (int(value) for value in random.integers(0, (WIDTH, HEIGHT, 160)))
        draw.ellipse((x, y, x + size, y + size), fill=tuple(int(value) for value in random.integers(0, 256, 3)))
    return image


def to_tensor(path):
    """The `before` steps of model.yaml: float32 [1, 3, 224, 224]."""
    pixels = np.asarray(Image.open(path).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR))
    scaled = ((pixels.astype(np.float64) / 255 - 0.5) / 0.25).astype(np.float32)
    return scaled.transpose(2, 0, 1)[np.newaxis]


def main():
    (FOLDER / "golden").mkdir(parents=True, exist_ok=True)
    save(build_network(np.random.default_rng(7)), FOLDER / "model.onnx")
    session = onnxruntime.InferenceSession(FOLDER / "model.onnx", providers=["CPUExecutionProvider"])
    random = np.random.default_rng(11)
    libraries = {name: version(name) for name in ("numpy", "pillow", "onnxruntime")}
    lines = [{"producer": {"script": "benchmarks/models/make_cnn.py", **libraries}, "tolerance": {"absolute": 1e-4, "relative": 1e-4}}]
    for number in range(1, PICTURES + 1):
        name = f"golden/{number}.jpg"
        draw_picture(random).save(FOLDER / name, quality=85)
        scores = session.run(["scores"], {"image": to_tensor(FOLDER / name)})[0][0]
        lines.append({"input": {"image": {"$file": name}}, "output": {"scores": [float(score) for score in scores]}})
    (FOLDER / "golden.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    for path in ("model.onnx", "golden.jsonl", *(f"golden/{number}.jpg" for number in range(1, PICTURES + 1))):
        print(f'  {path}: "{hashlib.sha256((FOLDER / path).read_bytes()).hexdigest()}"')


if __name__ == "__main__":
    main()
