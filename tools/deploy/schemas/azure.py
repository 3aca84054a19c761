"""Azure Container Apps, by the models of its management client: names, types, words that are known; what only the service sets is no field."""

import enum
import functools
import inspect
import typing

from azure.mgmt.appcontainers import models
from azure.mgmt.appcontainers._utils.model_base import Model, _RestField
from jsonschema import Draft202012Validator

PLAIN = {str: "string", int: "integer", bool: "boolean", float: "number"}


@functools.cache
def validator():
    schemas: dict = {}
    _add_model(models.ContainerApp, schemas)
    app = schemas["ContainerApp"]
    # A descriptor says its type and name, which the client puts into the address.
    app["properties"] |= {
        "type": {"const": "Microsoft.App/containerApps"},
        "name": {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,30}[a-z0-9]$"},
    }
    app["required"] = ["type", "name", "location", "properties"]
    return Draft202012Validator({"$ref": "#/$defs/ContainerApp", "$defs": schemas})


def _add_model(model: type, schemas: dict) -> None:
    if model.__name__ in schemas:
        return
    schemas[model.__name__] = {}
    properties = {}
    for attribute, annotation in _hints(model).items():
        field = inspect.getattr_static(model, attribute, None)
        if not isinstance(field, _RestField) or field._visibility == ["read"]:
            continue
        properties[field._rest_name_input or attribute] = _schema(annotation, schemas)
    schemas[model.__name__] = {"type": "object", "properties": properties, "additionalProperties": False}


def _hints(model: type) -> dict:
    names = {"_models": models, **vars(typing)}
    return {
        attribute: annotation
        for base in reversed(model.__mro__)
        if issubclass(base, Model) and "__annotations__" in vars(base)
        for attribute, annotation in typing.get_type_hints(base, localns=names).items()
    }


def _schema(annotation, schemas: dict) -> dict:
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Union:
        known = [part for part in parts if part is not type(None)]
        words = [part for part in known if isinstance(part, type) and issubclass(part, enum.Enum)]
        return {"enum": [word.value for word in words[0]]} if words else _schema(known[0], schemas)
    if origin is list:
        return {"type": "array", "items": _schema(parts[0], schemas)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(parts[1], schemas)}
    if annotation in PLAIN:
        return {"type": PLAIN[annotation]}
    if isinstance(annotation, type) and issubclass(annotation, Model):
        _add_model(annotation, schemas)
        return {"$ref": f"#/$defs/{annotation.__name__}"}
    return {}
