"""Infer over REST, as JSON and as binary tensors behind JSON, and load and unload over the admin listener."""

import http.client
import json

import numpy

from .datatypes import DTYPES, datatype_of, from_bytes, json_carries, strings, to_bytes


class Refused(Exception):
    """The server's own words for a status other than 200."""

    def __init__(self, status: int, body: bytes):
        self.status = status
        try:
            self.answer = json.loads(body)
        except ValueError:
            self.answer = {"error": body.decode(errors="replace")}
        super().__init__(f"{status} {self.answer.get('error')}")


class Rest:
    """One connection that stays open; one thread's."""

    def __init__(self, address: str, token: str | None = None):
        self._connection = http.client.HTTPConnection(address, timeout=120)
        self._headers = {} if token is None else {"authorization": f"Bearer {token}"}

    def post(self, path: str, body: bytes = b"", headers: dict[str, str] | None = None):
        self._connection.request("POST", path, body, {**self._headers, **(headers or {})})
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise Refused(response.status, content)
        return response.headers, content

    def load(self, model: str) -> None:
        self.post(f"/v2/repository/models/{model}/load")

    def unload(self, model: str) -> None:
        self.post(f"/v2/repository/models/{model}/unload")

    def infer_json(self, model: str, inputs: dict, expected: dict) -> dict:
        """Outputs that JSON cannot carry come as bytes."""
        request = {
            "inputs": [{**describe(name, array), "data": array.ravel().tolist()} for name, array in inputs.items()],
            "outputs": [
                {"name": name, "parameters": {"binary_data": not json_carries(array)}} for name, array in expected.items()
            ],
        }
        body = json.dumps(request).encode()
        return read_response(*self.post(f"/v2/models/{model}/infer", body, {"content-type": "application/json"}))

    def infer_binary(self, model: str, inputs: dict) -> dict:
        contents = [to_bytes(array) for array in inputs.values()]
        described = [
            {**describe(name, array), "parameters": {"binary_data_size": len(content)}}
            for (name, array), content in zip(inputs.items(), contents, strict=True)
        ]
        head = json.dumps({"inputs": described, "parameters": {"binary_data_output": True}}).encode()
        headers = {"content-type": "application/octet-stream", "inference-header-content-length": str(len(head))}
        return read_response(*self.post(f"/v2/models/{model}/infer", head + b"".join(contents), headers))


def describe(name: str, array: numpy.ndarray) -> dict:
    return {"name": name, "shape": list(array.shape), "datatype": datatype_of(array)}


def read_response(headers, content: bytes) -> dict[str, numpy.ndarray]:
    length = int(headers.get("inference-header-content-length", len(content)))
    outputs, position = {}, length
    for output in json.loads(content[:length], parse_int=exact_integer)["outputs"]:
        datatype, shape = output["datatype"], output["shape"]
        if "data" in output:
            outputs[output["name"]] = from_json(output["data"], datatype, shape)
            continue
        size = output["parameters"]["binary_data_size"]
        outputs[output["name"]] = from_bytes(content[position : position + size], datatype, shape)
        position += size
    return outputs


def exact_integer(text: str) -> int | float:
    """Python's own reader takes -0 for an integer and loses its sign."""
    return -0.0 if text == "-0" else int(text)


def from_json(data: list, datatype: str, shape: list[int]) -> numpy.ndarray:
    if datatype == "BYTES":
        return strings(data, shape)
    return numpy.array(data, dtype=DTYPES[datatype]).reshape(shape)
