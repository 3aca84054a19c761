"""Triton's Python client over HTTP."""

import numpy
import tritonclient.http as triton
from checks import check, raises
from triton_cases import assert_classes, assert_digits, assert_penguins, digit_images, infer_inputs, penguins
from tritonclient.utils import InferenceServerException


def connect(address: str) -> triton.InferenceServerClient:
    return triton.InferenceServerClient(address)


@check
def http_health(http: str, _grpc: str) -> None:
    client = connect(http)
    assert client.is_server_live() and client.is_server_ready()
    assert client.is_model_ready("penguins") and client.is_model_ready("digits", "1.0.0")


@check
def http_metadata_and_configuration(http: str, _grpc: str) -> None:
    client = connect(http)
    server, model = client.get_server_metadata(), client.get_model_metadata("penguins")
    assert server["name"] and server["version"] and "binary_tensor_data" in server["extensions"]
    assert model["platform"] == "onnxruntime_onnx" and model["versions"] == ["1.0.0"]
    config = client.get_model_config("penguins")
    assert [tensor["name"] for tensor in config["input"]] == [tensor["name"] for tensor in model["inputs"]]
    assert [[-1, *tensor["dims"]] for tensor in config["input"]] == [tensor["shape"] for tensor in model["inputs"]]


@check
def http_repository_index(http: str, _grpc: str) -> None:
    index = connect(http).get_model_repository_index()
    assert {(entry["name"], entry["state"]) for entry in index} == {("penguins", "READY"), ("digits", "READY")}


@check
def http_statistics_count_rows_and_runs(http: str, _grpc: str) -> None:
    client, expected = connect(http), penguins(http)

    def rows() -> int:
        return client.get_inference_statistics("penguins")["model_stats"][0]["inference_count"]

    before = rows()
    client.infer("penguins", infer_inputs(triton, expected.tensors))
    assert rows() - before == len(expected.labels)
    assert {entry["name"] for entry in client.get_inference_statistics()["model_stats"]} == {"penguins", "digits"}


@check
def http_binary_and_json_are_equal(http: str, _grpc: str) -> None:
    client, expected = connect(http), penguins(http)
    for binary_data in (True, False):
        inputs = infer_inputs(triton, expected.tensors, binary_data=binary_data)
        names = ["output_probability", "output_label"]
        outputs = [triton.InferRequestedOutput(name, binary_data=binary_data) for name in names]
        assert_penguins(client.infer("penguins", inputs), expected)
        result = client.infer("penguins", inputs, outputs=outputs)
        assert_penguins(result, expected)
        assert [output["name"] for output in result.get_response()["outputs"]] == names


@check
def http_compressed_both_ways(http: str, _grpc: str) -> None:
    client, expected = connect(http), penguins(http)
    for algorithm in ("gzip", "deflate"):
        result = client.infer(
            "penguins",
            infer_inputs(triton, expected.tensors),
            request_compression_algorithm=algorithm,
            response_compression_algorithm=algorithm,
        )
        assert_penguins(result, expected)


@check
def http_pictures_at_the_row_level(http: str, _grpc: str) -> None:
    inputs = infer_inputs(triton, {"image": digit_images()})
    assert_digits(connect(http).infer("digits", inputs, model_version="1.0.0"), http)


@check
def http_the_session_itself_in_both_encodings(http: str, _grpc: str) -> None:
    client = connect(http)
    pixels = numpy.random.default_rng(1).standard_normal((5, 1, 28, 28), dtype=numpy.float32)
    binary, text = (
        client.infer("digits", infer_inputs(triton, {"image": pixels}, binary_data=binary_data)).as_numpy("logits")
        for binary_data in (True, False)
    )
    assert binary.shape == (5, 10) and binary.tobytes() == text.tobytes()


@check
def http_classification(http: str, _grpc: str) -> None:
    expected = penguins(http)
    outputs = [triton.InferRequestedOutput("output_probability", class_count=2)]
    result = connect(http).infer("penguins", infer_inputs(triton, expected.tensors), outputs=outputs)
    assert_classes(result.as_numpy("output_probability"), expected)


@check
def http_version_id_priority_timeout_and_parameters(http: str, _grpc: str) -> None:
    expected = penguins(http)
    result = connect(http).infer(
        "penguins",
        infer_inputs(triton, expected.tensors),
        model_version="1.0.0",
        request_id="outside-1",
        priority=1,
        timeout=5_000_000,
        parameters={"custom": "value"},
        query_params={"unknown": "ignored"},
    )
    assert_penguins(result, expected)
    assert result.get_response()["id"] == "outside-1"
    assert result.get_response()["model_version"] == "1.0.0"


@check
def http_asynchronous(http: str, _grpc: str) -> None:
    expected = penguins(http)
    client = triton.InferenceServerClient(http, concurrency=4)
    requests = [client.async_infer("penguins", infer_inputs(triton, expected.tensors)) for _ in range(8)]
    for request in requests:
        assert_penguins(request.get_result(timeout=30), expected)


@check
def http_errors(http: str, _grpc: str) -> None:
    client, expected = connect(http), penguins(http, 1)
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
