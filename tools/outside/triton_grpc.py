"""Triton's Python client over gRPC."""

import queue

import numpy
import tritonclient.grpc as triton
from checks import check, raises
from triton_cases import assert_classes, assert_digits, assert_penguins, digit_images, infer_inputs, penguins
from tritonclient.utils import InferenceServerException


def connect(address: str) -> triton.InferenceServerClient:
    return triton.InferenceServerClient(address)


@check
def grpc_health(_http: str, grpc: str) -> None:
    client = connect(grpc)
    assert client.is_server_live() and client.is_server_ready()
    assert client.is_model_ready("penguins") and client.is_model_ready("digits", "1.0.0")


@check
def grpc_metadata_and_configuration(_http: str, grpc: str) -> None:
    client = connect(grpc)
    server, model = client.get_server_metadata(), client.get_model_metadata("penguins")
    assert server.name and server.version and "binary_tensor_data" in server.extensions
    assert model.platform == "onnxruntime_onnx" and list(model.versions) == ["1.0.0"]
    config = client.get_model_config("penguins").config
    assert [tensor.name for tensor in config.input] == [tensor.name for tensor in model.inputs]
    assert [[-1, *tensor.dims] for tensor in config.input] == [list(tensor.shape) for tensor in model.inputs]


@check
def grpc_statistics_count_rows_and_runs(http: str, grpc: str) -> None:
    client, expected = connect(grpc), penguins(http)

    def rows() -> int:
        return client.get_inference_statistics("penguins").model_stats[0].inference_count

    before = rows()
    client.infer("penguins", infer_inputs(triton, expected.tensors))
    assert rows() - before == len(expected.labels)


@check
def grpc_inference(http: str, grpc: str) -> None:
    client, expected = connect(grpc), penguins(http)
    inputs = infer_inputs(triton, expected.tensors)
    assert_penguins(client.infer("penguins", inputs), expected)
    names = ["output_probability", "output_label"]
    result = client.infer("penguins", inputs, outputs=[triton.InferRequestedOutput(name) for name in names])
    assert_penguins(result, expected)
    assert [output.name for output in result.get_response().outputs] == names


@check
def grpc_compressed(http: str, grpc: str) -> None:
    client, expected = connect(grpc), penguins(http)
    for algorithm in ("gzip", "deflate"):
        inputs = infer_inputs(triton, expected.tensors)
        assert_penguins(client.infer("penguins", inputs, compression_algorithm=algorithm), expected)


@check
def grpc_pictures_at_the_row_level(http: str, grpc: str) -> None:
    inputs = infer_inputs(triton, {"image": digit_images()})
    assert_digits(connect(grpc).infer("digits", inputs, model_version="1.0.0"), http)


@check
def grpc_and_http_give_the_same_bits(http: str, grpc: str) -> None:
    import tritonclient.http

    pixels = numpy.random.default_rng(1).standard_normal((5, 1, 28, 28), dtype=numpy.float32)
    over_grpc = connect(grpc).infer("digits", infer_inputs(triton, {"image": pixels})).as_numpy("logits")
    over_http = tritonclient.http.InferenceServerClient(http).infer(
        "digits", infer_inputs(tritonclient.http, {"image": pixels})
    )
    assert over_grpc.tobytes() == over_http.as_numpy("logits").tobytes()


@check
def grpc_classification(http: str, grpc: str) -> None:
    expected = penguins(http)
    outputs = [triton.InferRequestedOutput("output_probability", class_count=2)]
    result = connect(grpc).infer("penguins", infer_inputs(triton, expected.tensors), outputs=outputs)
    assert_classes(result.as_numpy("output_probability"), expected)


@check
def grpc_version_id_priority_timeout_and_parameters(http: str, grpc: str) -> None:
    expected = penguins(http)
    result = connect(grpc).infer(
        "penguins",
        infer_inputs(triton, expected.tensors),
        model_version="1.0.0",
        request_id="outside-1",
        priority=1,
        timeout=5_000_000,
        client_timeout=30,
        parameters={"custom": "value"},
    )
    assert_penguins(result, expected)
    assert result.get_response().id == "outside-1"
    assert result.get_response().model_version == "1.0.0"


@check
def grpc_asynchronous(http: str, grpc: str) -> None:
    client, expected, results = connect(grpc), penguins(http), queue.Queue()
    for _ in range(8):
        client.async_infer(
            "penguins", infer_inputs(triton, expected.tensors), lambda result, error: results.put((result, error))
        )
    for _ in range(8):
        result, error = results.get(timeout=30)
        assert error is None, error
        assert_penguins(result, expected)


@check
def grpc_stream(http: str, grpc: str) -> None:
    """Requests and answers belong together by their ids; a failed one does not end the stream."""
    client, expected, results = connect(grpc), penguins(http), queue.Queue()
    client.start_stream(lambda result, error: results.put((result, error)))
    inputs = infer_inputs(triton, expected.tensors)
    for number in range(4):
        client.async_stream_infer("penguins", inputs, request_id=str(number))
    client.async_stream_infer("nothing", inputs, request_id="4")
    client.async_stream_infer("penguins", inputs, request_id="5")
    answers = [results.get(timeout=30) for _ in range(6)]
    client.stop_stream()
    good = [result for result, error in answers if error is None]
    [error] = [error for _result, error in answers if error is not None]
    for result in good:
        assert_penguins(result, expected)
    assert sorted(result.get_response().id for result in good) == ["0", "1", "2", "3", "5"]
    assert error.message().startswith("Request for unknown model")


@check
def grpc_errors(http: str, grpc: str) -> None:
    client, expected = connect(grpc), penguins(http, 1)
    inputs = infer_inputs(triton, expected.tensors)
    for call in (
        lambda: client.infer("nothing", inputs),
        lambda: client.get_model_metadata("nothing"),
        lambda: client.get_model_config("nothing"),
        lambda: client.infer("penguins", inputs, model_version="7"),
    ):
        assert raises(InferenceServerException, call).startswith("Request for unknown model")
    assert "island" in raises(InferenceServerException, lambda: client.infer("penguins", inputs[1:]))
    outputs = [triton.InferRequestedOutput("nothing")]
    assert "nothing" in raises(InferenceServerException, lambda: client.infer("penguins", inputs, outputs=outputs))
    raises(InferenceServerException, lambda: client.load_model("penguins"))
    raises(InferenceServerException, lambda: client.get_system_shared_memory_status())
