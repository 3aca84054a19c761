"""Writes allocate/model.onnx: y = x + the sum of a tensor of max(x) zeros, so that a caller's value decides the memory of a run."""

from pathlib import Path

import onnx
from onnx import TensorProto, helper

x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 1])
y = helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", 1])
zero = helper.make_tensor("zero", TensorProto.FLOAT, [1], [0.0])
one_long = helper.make_tensor("shape", TensorProto.INT64, [1], [1])
nodes = [
    helper.make_node("ReduceMax", ["x"], ["most"], keepdims=0),
    helper.make_node("Cast", ["most"], ["count"], to=TensorProto.INT64),
    helper.make_node("Reshape", ["count", "shape"], ["size"]),
    helper.make_node("ConstantOfShape", ["size"], ["zeros"], value=zero),
    helper.make_node("ReduceSum", ["zeros"], ["sum"], keepdims=1),
    helper.make_node("Add", ["x", "sum"], ["y"]),
]
graph = helper.make_graph(nodes, "allocate", [x], [y], initializer=[one_long])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, Path(__file__).parent / "allocate" / "model.onnx")
