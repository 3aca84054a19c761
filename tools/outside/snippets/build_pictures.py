"""Writes models/pictures/model.onnx: two pictures, a number, a text and a grade in; what lies between the pictures, and the rest as it came, out."""

from pathlib import Path

import onnx
from onnx import TensorProto, helper


def value(name, dtype, dims=()):
    return helper.make_tensor_value_info(name, dtype, ["batch", *dims])


inputs = [
    value("left", TensorProto.FLOAT, [1, 8, 8]),
    value("right", TensorProto.FLOAT, [1, 8, 8]),
    value("weight", TensorProto.DOUBLE),
    value("note", TensorProto.STRING),
    value("grade_index", TensorProto.INT64),
]
outputs = [
    value("difference", TensorProto.FLOAT),
    value("weight_sent", TensorProto.DOUBLE),
    value("note_sent", TensorProto.STRING),
    value("grade_sent", TensorProto.INT64),
]
nodes = [
    helper.make_node("Sub", ["left", "right"], ["between"]),
    helper.make_node("ReduceMean", ["between"], ["difference"], axes=[1, 2, 3], keepdims=0),
    helper.make_node("Identity", ["weight"], ["weight_sent"]),
    helper.make_node("Identity", ["note"], ["note_sent"]),
    helper.make_node("Identity", ["grade_index"], ["grade_sent"]),
]
graph = helper.make_graph(nodes, "pictures", inputs, outputs)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, Path(__file__).parent / "models/pictures/model.onnx")
