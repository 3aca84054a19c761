"""The network behind models/digits, and its ONNX file, written node by node (torch's exporter would leave weights in a
second file and choose its own names)."""

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

CHANNELS = [16, 32, 64]
HIDDEN = 96
OPSET, IR_VERSION = 17, 8  # old enough for every runtime of the last years


class DigitNetwork(nn.Module):
    """float32 [batch, 1, 28, 28] → logits [batch, 10]. Three times convolution, batch norm, ReLU, 2 × 2 maximum."""

    def __init__(self):
        super().__init__()
        widths = [1, *CHANNELS]
        self.convolutions = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1, bias=False) for a, b in zip(widths, CHANNELS))
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for width in CHANNELS)
        self.dropout = nn.Dropout(.3)
        self.hidden = nn.Linear(CHANNELS[-1] * 3 * 3, HIDDEN)  # 28 → 14 → 7 → 3
        self.scores = nn.Linear(HIDDEN, 10)

    def forward(self, image):
        for convolution, norm in zip(self.convolutions, self.norms):
            image = torch.max_pool2d(torch.relu(norm(convolution(image))), 2)
        hidden = torch.relu(self.hidden(self.dropout(image.flatten(1))))
        return self.scores(self.dropout(hidden))


def export_onnx(network):
    """The network → bytes of one self-contained ONNX file. Each batch norm is folded into its convolution."""
    nodes, weights, value = [], [], "image"

    def weight(name, array):
        weights.append(numpy_helper.from_array(array.detach().numpy().astype(np.float32), name))
        return name

    for i, (convolution, norm) in enumerate(zip(network.convolutions, network.norms), start=1):
        factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)  # float32 [channel]
        kernel = weight(f"conv{i}.weight", convolution.weight * factor[:, None, None, None])
        bias = weight(f"conv{i}.bias", norm.bias - norm.running_mean * factor)
        nodes += [
            helper.make_node("Conv", [value, kernel, bias], [f"conv{i}"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
            helper.make_node("Relu", [f"conv{i}"], [f"relu{i}"]),
            helper.make_node("MaxPool", [f"relu{i}"], [f"pool{i}"], kernel_shape=[2, 2], strides=[2, 2]),
        ]
        value = f"pool{i}"
    nodes += [
        helper.make_node("Flatten", [value], ["features"], axis=1),
        _linear(network.hidden, "features", "hidden", weight),
        helper.make_node("Relu", ["hidden"], ["hidden.relu"]),
        _linear(network.scores, "hidden.relu", "logits", weight),
    ]
    return _serialized(nodes, weights)


def import_onnx(model):
    """Bytes that export_onnx made → the network in evaluation. The batch norms are left with what they add."""
    arrays = {w.name: torch.tensor(numpy_helper.to_array(w)) for w in onnx.load_from_string(model).graph.initializer}
    network = DigitNetwork().requires_grad_(False)
    for i, (convolution, norm) in enumerate(zip(network.convolutions, network.norms), start=1):
        convolution.weight.copy_(arrays[f"conv{i}.weight"])
        norm.weight.fill_((1 + norm.eps) ** 0.5)  # running variance 1 and mean 0: as they are in a new network
        norm.bias.copy_(arrays[f"conv{i}.bias"])
    for layer, name in ((network.hidden, "hidden"), (network.scores, "logits")):
        layer.weight.copy_(arrays[f"{name}.weight"])
        layer.bias.copy_(arrays[f"{name}.bias"])
    return network.eval()


def _linear(layer, source, target, weight):
    names = [source, weight(f"{target}.weight", layer.weight), weight(f"{target}.bias", layer.bias)]
    return helper.make_node("Gemm", names, [target], transB=1)


def _serialized(nodes, weights):
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 1, 28, 28])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 10])
    graph = helper.make_graph(nodes, "digits", [image], [logits], initializer=weights)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="web-single train"
    )
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)
