"""Writes the two models the page's flows are driven with: every kind of field, several pictures, every kind of plot.

`python make_models.py`, with onnx 1.23.2 and numpy 2.
"""

from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

FOLDER = Path(__file__).parent
OPSET = [helper.make_opsetid("", 17)]


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, ["batch", *shape])


def write(name, nodes, inputs, outputs, constants):
    initializers = [numpy_helper.from_array(array, key) for key, array in constants.items()]
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=OPSET, ir_version=8, producer_name="make_models")
    checker.check_model(model)
    save(model, FOLDER / name / "model.onnx")


def trip():
    """A made-up price of a trip: a number, a flag, a text, a curve with negative values, a grid."""
    angles = np.linspace(0, 2 * np.pi, 24, dtype=np.float32)
    weights = np.stack([np.sin(angles), np.cos(angles), np.ones_like(angles)]).astype(np.float32)
    grid = np.fromfunction(lambda k, y, x: np.cos(k + y / 2) * np.sin(x / 2 + k), (3, 6, 10)).astype(np.float32)
    nodes = [
        helper.make_node("IsNaN", ["luggage"], ["has_no_luggage"]),
        helper.make_node("Where", ["has_no_luggage", "zero", "luggage"], ["luggage_kg"]),
        helper.make_node("Cast", ["travellers"], ["travellers_float"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["travellers_float", "fare"], ["fares"]),
        helper.make_node("Add", ["fares", "luggage_kg"], ["price"]),
        helper.make_node("Greater", ["price", "limit"], ["is_dear"]),
        helper.make_node("Identity", ["note"], ["ticket"]),
        helper.make_node("MatMul", ["taste", "weights"], ["curve"]),
        helper.make_node("MatMul", ["taste", "grid_weights"], ["flat_grid"]),
        helper.make_node("Reshape", ["flat_grid", "grid_shape"], ["grid"]),
        helper.make_node("Or", ["is_dear", "is_member"], ["is_expensive"]),
    ]
    inputs = [
        value("travellers", TensorProto.INT64, [1]),
        value("luggage", TensorProto.FLOAT, [1]),
        value("is_member", TensorProto.BOOL, [1]),
        value("note", TensorProto.STRING, [1]),
        value("taste", TensorProto.FLOAT, [3]),
    ]
    outputs = [
        value("price", TensorProto.FLOAT, [1]),
        value("is_expensive", TensorProto.BOOL, [1]),
        value("ticket", TensorProto.STRING, [1]),
        value("curve", TensorProto.FLOAT, [24]),
        value("grid", TensorProto.FLOAT, [6, 10]),
    ]
    constants = {
        "zero": np.zeros(1, np.float32),
        "fare": np.full(1, 42.5, np.float32),
        "limit": np.full(1, 200, np.float32),
        "weights": weights,
        "grid_weights": grid.reshape(3, 60),
        "grid_shape": np.array([-1, 6, 10], np.int64),
    }
    write("trip", nodes, inputs, outputs, constants)


def pair():
    """How alike two pictures are, and where they differ."""
    nodes = [
        helper.make_node("Sub", ["left", "right"], ["signed"]),
        helper.make_node("Abs", ["signed"], ["size"]),
        helper.make_node("ReduceMean", ["size"], ["mean"], axes=[1, 2, 3], keepdims=0),
        helper.make_node("Sub", ["one", "mean"], ["likeness"]),
        helper.make_node("Squeeze", ["signed", "axis"], ["difference"]),
    ]
    inputs = [value("left", TensorProto.FLOAT, [1, 16, 16]), value("right", TensorProto.FLOAT, [1, 16, 16])]
    outputs = [value("likeness", TensorProto.FLOAT, []), value("difference", TensorProto.FLOAT, [16, 16])]
    write("pair", nodes, inputs, outputs, {"one": np.array(1, np.float32), "axis": np.array([1], np.int64)})


trip()
pair()
