"""Cloud Run's Service, by the description of its Admin API v1 that Google's client carries. Fields that say "Not supported by Cloud Run" are none."""

import functools
import importlib.util
import json
from pathlib import Path

from jsonschema import Draft202012Validator


@functools.cache
def validator():
    folder = Path(importlib.util.find_spec("googleapiclient").origin).parent
    description = json.loads((folder / "discovery_cache/documents/run.v1.json").read_text())
    schemas = {name: _schema(schema) for name, schema in description["schemas"].items()}
    schemas["Service"]["required"] = ["apiVersion", "kind", "metadata", "spec"]
    schemas["Service"]["properties"]["apiVersion"] = {"const": "serving.knative.dev/v1"}
    schemas["Service"]["properties"]["kind"] = {"const": "Service"}
    return Draft202012Validator({"$ref": "#/$defs/Service", "$defs": schemas})


def _schema(schema: dict) -> dict:
    if "$ref" in schema:
        return {"$ref": f"#/$defs/{schema['$ref']}"}
    result = {"type": schema["type"]} if schema.get("type") not in (None, "any") else {}
    if "enum" in schema:
        result["enum"] = schema["enum"]
    if "items" in schema:
        result["items"] = _schema(schema["items"])
    if "properties" in schema:
        result["properties"] = {
            name: _schema(part)
            for name, part in schema["properties"].items()
            if not part.get("description", "").startswith("Not supported by Cloud Run")
        }
        result["additionalProperties"] = False
    elif isinstance(schema.get("additionalProperties"), dict):
        result["additionalProperties"] = _schema(schema["additionalProperties"])
    return result
