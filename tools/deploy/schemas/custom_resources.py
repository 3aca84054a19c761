"""Custom resources, by the schemas of their definitions made strict: a field that the definition does not name is a problem."""

import json
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator


def validators(files: list[str]) -> dict:
    """Validators by (apiVersion, kind), of files that hold CustomResourceDefinitions."""
    found = {}
    for file in files:
        text = Path(file).read_text()
        documents = [json.loads(text)] if file.endswith(".json") else yaml.load_all(text, yaml.CSafeLoader)
        for document in documents:
            if document is None or document.get("kind") != "CustomResourceDefinition":
                continue
            spec = document["spec"]
            for version in spec["versions"]:
                key = (f"{spec['group']}/{version['name']}", spec["names"]["kind"])
                found[key] = Draft202012Validator(strict(version["schema"]["openAPIV3Schema"], top=True))
    return found


def strict(schema: dict, top: bool = False) -> dict:
    """The schema with additionalProperties false wherever fields are named, unless the API server keeps unknown ones there."""
    result = {}
    for key, value in schema.items():
        if key == "properties":
            result[key] = {name: NESTED_METADATA if _is_open_metadata(name, part) else strict(part) for name, part in value.items()}
        elif key in ("items", "not") or (key == "additionalProperties" and isinstance(value, dict)):
            result[key] = strict(value)
        elif key in ("allOf", "anyOf", "oneOf"):
            # They constrain the fields named beside them; they name no fields of their own.
            result[key] = value
        elif key in ("description", "format", "default") or key.startswith("x-"):
            continue
        else:
            result[key] = value
    if top:
        result["required"] = sorted({"apiVersion", "kind", "metadata", *result.get("required", [])})
        result["properties"]["metadata"] = METADATA
    keeps_unknown = schema.get("x-kubernetes-preserve-unknown-fields") is True
    if "properties" in result and "additionalProperties" not in result and not keeps_unknown:
        result["additionalProperties"] = False
    if schema.get("x-kubernetes-int-or-string") is True:
        result = {"anyOf": [{"type": "integer"}, {"type": "string"}]}
    if schema.get("nullable") is True and "type" in result:
        result["type"] = [result["type"], "null"]
    return result


def _is_open_metadata(name: str, schema: dict) -> bool:
    """Metadata of a template: definitions leave it open, and the API server knows it."""
    return name == "metadata" and schema.get("type") == "object" and schema.get("x-kubernetes-preserve-unknown-fields") is True


TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
METADATA = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "namespace": {"type": "string"}, "labels": TEXTS, "annotations": TEXTS},
    "required": ["name"],
    "additionalProperties": False,
}
NESTED_METADATA = {**METADATA, "required": []}
