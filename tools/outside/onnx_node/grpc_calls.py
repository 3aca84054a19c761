"""Infer over gRPC, with typed contents and with raw contents, through the messages of the stock client."""

import grpc
import numpy
from tritonclient.grpc import service_pb2, service_pb2_grpc

from .datatypes import CONTENTS, DTYPES, datatype_of, from_bytes, strings, to_bytes, typed_contents_carry

MOST_BYTES = 64 * 1024 * 1024


class Grpc:
    def __init__(self, address: str):
        options = [("grpc.max_receive_message_length", MOST_BYTES), ("grpc.max_send_message_length", MOST_BYTES)]
        self._stub = service_pb2_grpc.GRPCInferenceServiceStub(grpc.insecure_channel(address, options))

    def infer_raw(self, model: str, inputs: dict) -> dict:
        request = service_pb2.ModelInferRequest(
            model_name=model,
            inputs=[describe(name, array) for name, array in inputs.items()],
            raw_input_contents=[to_bytes(array) for array in inputs.values()],
        )
        return self._infer(request)

    def infer_typed(self, model: str, inputs: dict) -> dict:
        request = service_pb2.ModelInferRequest(model_name=model)
        request.parameters["typed_contents"].bool_param = True
        for name, array in inputs.items():
            tensor = request.inputs.add()
            tensor.CopyFrom(describe(name, array))
            values = [text.encode() for text in array.ravel()] if array.dtype.kind == "O" else array.ravel().tolist()
            getattr(tensor.contents, CONTENTS[tensor.datatype]).extend(values)
        return self._infer(request)

    def _infer(self, request) -> dict[str, numpy.ndarray]:
        response = self._stub.ModelInfer(request, timeout=60)
        raw = list(response.raw_output_contents)
        return {
            output.name: from_bytes(raw[index], output.datatype, list(output.shape)) if raw else from_typed(output)
            for index, output in enumerate(response.outputs)
        }


def describe(name: str, array: numpy.ndarray):
    return service_pb2.ModelInferRequest.InferInputTensor(name=name, datatype=datatype_of(array), shape=array.shape)


def from_typed(output) -> numpy.ndarray:
    values, shape = list(getattr(output.contents, CONTENTS[output.datatype])), list(output.shape)
    if output.datatype == "BYTES":
        return strings([value.decode() for value in values], shape)
    return numpy.array(values, dtype=DTYPES[output.datatype]).reshape(shape)


def carries(tensors: dict) -> bool:
    return all(map(typed_contents_carry, tensors.values()))
