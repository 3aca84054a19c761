"""KServe's objects, by the fields and types of its published client's models, with Kubernetes' own strict definitions where they refer to them."""

import ast
import functools
import importlib.util
import re
from pathlib import Path

from jsonschema import Draft202012Validator

from . import kubernetes
from .custom_resources import METADATA

VERSION = "1.37"
PLAIN = {"str": "string", "int": "integer", "bool": "boolean", "float": "number", "object": None}


@functools.cache
def validator(api_version: str, kind: str):
    """The validator of a kind, or None where the client has no model of it."""
    model = api_version.removeprefix("serving.kserve.io/").capitalize() + kind
    if not (_models() / _file_name(model)).exists():
        return None
    schemas: dict = {}
    _add_model(model, schemas)
    schemas[model]["properties"] |= {"metadata": METADATA, "apiVersion": {"const": api_version}, "kind": {"const": kind}}
    schemas[model]["required"] = ["apiVersion", "kind", "metadata", "spec"]
    referred = [name for name in schemas if name.startswith("io.k8s.")]
    return Draft202012Validator(
        {"$ref": f"#/$defs/{model}", "$defs": {**schemas, **kubernetes.closure(referred, VERSION)}}
    )


@functools.cache
def _models() -> Path:
    # Found, not imported: the client's imports want a web framework.
    return Path(importlib.util.find_spec("kserve").origin).parent / "models"


def _add_model(name: str, schemas: dict) -> None:
    if name in schemas:
        return
    schemas[name] = {}
    text = (_models() / _file_name(name)).read_text()
    tree = ast.parse(text)
    tables = {
        statement.targets[0].id: ast.literal_eval(statement.value)
        for statement in ast.walk(tree)
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and statement.targets[0].id in ("openapi_types", "attribute_map")
    }
    required = [
        tables["attribute_map"][attribute]
        for attribute in tables["openapi_types"]
        if re.search(rf"`{attribute}`, must not be `None`", text)
    ]
    properties = {
        tables["attribute_map"][attribute]: _schema(kind, schemas)
        for attribute, kind in tables["openapi_types"].items()
    }
    schemas[name] = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _schema(kind: str, schemas: dict) -> dict:
    if kind in PLAIN:
        return {} if PLAIN[kind] is None else {"type": PLAIN[kind]}
    if match := re.fullmatch(r"list\[(.+)\]", kind):
        return {"type": "array", "items": _schema(match[1], schemas)}
    if match := re.fullmatch(r"dict\(str, (.+)\)", kind):
        return {"type": "object", "additionalProperties": _schema(match[1], schemas)}
    if kind == "ResourceQuantity":
        return {"type": ["string", "number"]}
    if (_models() / _file_name(kind)).exists():
        _add_model(kind, schemas)
        return {"$ref": f"#/$defs/{kind}"}
    name = _kubernetes_name(kind)
    if name is None:
        # The client names the type and does not have it: such a field cannot be checked, so it is not allowed.
        return {"not": {}}
    schemas.setdefault(name, {})
    return {"$ref": f"#/$defs/{name}"}


def _file_name(kind: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", kind).lower() + ".py"


def _kubernetes_name(kind: str) -> str | None:
    """V1Container → io.k8s.api.core.v1.Container."""
    bare = re.sub(r"^K8sIoApi(Core|Apps)V1|^V1", "", kind)
    for group in ("core.v1", "apps.v1", "autoscaling.v2", "meta.v1"):
        for root in ("io.k8s.api", "io.k8s.apimachinery.pkg.apis"):
            if f"{root}.{group}.{bare}" in kubernetes.definitions(VERSION):
                return f"{root}.{group}.{bare}"
    return None
