"""Kubernetes' own objects, by the strict schemas of kubernetes-validate: a field that an object does not have is a problem."""

import functools
import json

import importlib_resources
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = importlib_resources.files("kubernetes_validate").joinpath("kubernetes-json-schema")


@functools.cache
def definitions(version: str) -> dict:
    """Every definition of a version ("1.37"), by its full name, references as "#/$defs/<name>"."""
    return json.loads(FOLDER.joinpath(f"v{version}.0-local-strict", "_definitions.json").read_text())["$defs"]


@functools.cache
def _registry(version: str) -> Registry:
    text = FOLDER.joinpath(f"v{version}.0-local-strict", "_definitions.json").read_text()
    return Resource.from_contents(json.loads(text)) @ Registry()


@functools.cache
def validator(version: str, api_version: str, kind: str):
    """The validator of a kind, or None where this version does not have it."""
    group, _, api = api_version.rpartition("/")
    prefix = group.split(".")[0] + "-" if group else ""
    file = FOLDER.joinpath(f"v{version}.0-local-strict", f"{kind.lower()}-{prefix}{api}.json")
    if not file.is_file():
        return None
    return Draft202012Validator(json.loads(file.read_text()), registry=_registry(version))


def closure(names: list[str], version: str) -> dict:
    """The named definitions and all they refer to, without descriptions, and without null: an empty rule means another thing than none."""
    found: dict = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = _bare(definitions(version)[name])
        waiting.extend(_references(found[name]))
    return {name: found[name] for name in sorted(found)}


def _bare(schema):
    if isinstance(schema, list):
        return [_bare(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    bare = {
        key: {name: _bare(part) for name, part in value.items()} if key == "properties" else _bare(value)
        for key, value in schema.items()
        if key != "description" and not key.startswith("x-")
    }
    if isinstance(bare.get("type"), list):
        (bare["type"],) = [kind for kind in bare["type"] if kind != "null"]
    return bare


def _references(schema) -> list[str]:
    if isinstance(schema, list):
        return [name for part in schema for name in _references(part)]
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"].removeprefix("#/$defs/")] if isinstance(schema.get("$ref"), str) else []
    return own + [name for part in schema.values() for name in _references(part)]
