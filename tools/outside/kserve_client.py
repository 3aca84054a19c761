"""KServe's Python clients, as they are on PyPI, against a running server. Usage: kserve_client.py <http host:port> <grpc host:port>"""

import asyncio
import logging
import sys

import grpc
import httpx
import numpy
from checks import check, raises, run_checks
from kserve import InferenceGRPCClient, InferenceRESTClient, InferInput, InferOutput, InferRequest, RESTConfig
from typed_answers import digit_files, penguin_rows, penguin_tensors, predict_digits, predict_penguins

DATATYPES = {"float32": "FP32", "object": "BYTES"}


def rest(http: str, call):
    """What `call` awaits of a REST client that is closed behind it."""

    async def run():
        async with InferenceRESTClient(RESTConfig(protocol="v2", retries=0)) as client:
            return await call(client, f"http://{http}")

    return asyncio.run(run())


def over_grpc(address: str, call):
    async def run():
        async with InferenceGRPCClient(address) as client:
            return await call(client)

    return asyncio.run(run())


def request(model: str, tensors: dict[str, numpy.ndarray], binary_data: bool = True, **options) -> InferRequest:
    inputs = []
    for name, array in tensors.items():
        tensor = InferInput(name, list(array.shape), DATATYPES[array.dtype.name])
        tensor.set_data_from_numpy(array, binary_data=binary_data)
        inputs.append(tensor)
    return InferRequest(model_name=model, infer_inputs=inputs, **options)


def output(response, name: str) -> numpy.ndarray:
    found: InferOutput = response.get_output_by_name(name)
    return found.as_numpy()


def assert_penguins(response, http: str) -> None:
    labels, probabilities = predict_penguins(http, penguin_rows(5))
    got = [text.decode() if isinstance(text, bytes) else text for text in output(response, "output_label").ravel()]
    assert got == labels
    assert numpy.array_equal(output(response, "output_probability"), probabilities.astype(numpy.float32))


def assert_digits(response, http: str) -> None:
    labels, probabilities = predict_digits(http, digit_files())
    assert output(response, "label").tolist() == labels
    assert numpy.array_equal(output(response, "probabilities"), probabilities)


def penguins(binary_data: bool = True, **options) -> InferRequest:
    return request("penguins", penguin_tensors(penguin_rows(5)), binary_data, **options)


def digits() -> InferRequest:
    return request("digits", {"image": numpy.array(digit_files(), dtype=object)})


@check
def rest_health(http: str, _grpc: str) -> None:
    assert rest(http, lambda client, url: client.is_server_live(url))
    assert rest(http, lambda client, url: client.is_server_ready(url))
    assert rest(http, lambda client, url: client.is_model_ready(url, "penguins"))
    assert not rest(http, lambda client, url: client.is_model_ready(url, "nothing"))


@check
def rest_binary_and_json(http: str, _grpc: str) -> None:
    for binary_data in (True, False):
        sent = penguins(binary_data, request_id="outside", parameters={"binary_data_output": binary_data})
        response = rest(http, lambda client, url, sent=sent: client.infer(url, sent, model_name="penguins"))
        assert_penguins(response, http)
        # This client drops the version.
        assert (response.id, response.model_name) == ("outside", "penguins")


@check
def rest_pictures_at_the_row_level(http: str, _grpc: str) -> None:
    assert_digits(rest(http, lambda client, url: client.infer(url, digits(), model_name="digits")), http)


@check
def rest_unknown_model(http: str, _grpc: str) -> None:
    message = raises(
        httpx.HTTPStatusError, lambda: rest(http, lambda client, url: client.infer(url, penguins(), "nothing"))
    )
    assert message.startswith("Request for unknown model") and "404" in message


@check
def grpc_health(_http: str, address: str) -> None:
    assert over_grpc(address, lambda client: client.is_server_live())
    assert over_grpc(address, lambda client: client.is_server_ready())
    assert over_grpc(address, lambda client: client.is_model_ready("penguins"))


@check
def grpc_inference(http: str, address: str) -> None:
    response = over_grpc(address, lambda client: client.infer(penguins(request_id="outside")))
    assert_penguins(response, http)
    assert (response.id, response.model_name, response.model_version) == ("outside", "penguins", "1.0.0")


@check
def grpc_pictures_at_the_row_level(http: str, address: str) -> None:
    assert_digits(over_grpc(address, lambda client: client.infer(digits())), http)


@check
def grpc_unknown_model(_http: str, address: str) -> None:
    unknown = request("nothing", penguin_tensors(penguin_rows(1)))
    try:
        over_grpc(address, lambda client: client.infer(unknown))
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.NOT_FOUND
        assert error.details().startswith("Request for unknown model")
    else:
        raise AssertionError("an unknown model was answered")


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    sys.exit(run_checks(sys.argv[1], sys.argv[2]))
