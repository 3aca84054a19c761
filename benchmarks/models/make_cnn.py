"""Builds cnn.onnx: a 224 x 224 convolutional network of some 10 ms a picture on one core, with random weights.

    pip install numpy onnx==1.23.2 && python make_cnn.py        writes cnn.onnx beside this file

What it answers means nothing; what it costs does. Seeded: the same file every time.
"""

from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

CHANNELS = 32
BLOCKS = 7
random = np.random.default_rng(7)
nodes, constants = [], []


def convolution(source, target, inputs, outputs, stride, size):
    weight = random.normal(0, np.sqrt(2 / (inputs * size * size)), (outputs, inputs, size, size)).astype(np.float32)
    constants.append(numpy_helper.from_array(weight, f"{target}_weight"))
    nodes.append(
        helper.make_node(
            "Conv", [source, f"{target}_weight"], [f"{target}_sum"], strides=[stride] * 2, pads=[size // 2] * 4
        )
    )
    nodes.append(helper.make_node("Relu", [f"{target}_sum"], [target]))


convolution("image", "block_0", 3, CHANNELS, 2, 7)
for block in range(1, BLOCKS):
    convolution(f"block_{block - 1}", f"block_{block}", CHANNELS, CHANNELS, 1, 3)
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
save(model, Path(__file__).parent / "cnn.onnx")
