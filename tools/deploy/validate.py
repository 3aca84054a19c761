"""Validates documents. Reads {"customResources": [files], "requests": [{"schema", "document", …}]} and writes one list of problems per request.

Schemas: kubernetes (with "version"; custom resources too), knative, kserve, cloud-run, azure, aws (with "service" and "operation")."""

import json
import sys

from schemas import aws, azure, cloud_run, custom_resources, kserve, kubernetes


def main() -> None:
    order = json.load(sys.stdin)
    definitions = custom_resources.validators(order["customResources"])
    seen: dict = {}
    answers = []
    for request in order["requests"]:
        # Many value sets render the same objects.
        key = json.dumps(request, sort_keys=True)
        if key not in seen:
            seen[key] = problems(request, definitions)
        answers.append(seen[key])
    json.dump(answers, sys.stdout)


def problems(request: dict, definitions: dict) -> list[str]:
    document = request["document"]
    if request["schema"] == "aws":
        return aws.problems(request["service"], request["operation"], document)
    validator = validator_for(request, definitions)
    if validator is None:
        return [f"no schema for {document.get('apiVersion')} {document.get('kind')}"]
    return [describe(error) for error in validator.iter_errors(document)]


def validator_for(request: dict, definitions: dict):
    kind, api_version = request["document"].get("kind", ""), request["document"].get("apiVersion", "")
    match request["schema"]:
        case "kubernetes":
            own = definitions.get((api_version, kind))
            return own or kubernetes.validator(request["version"], api_version, kind)
        case "knative":
            return definitions[("serving.knative.dev/v1", "Service")]
        case "kserve":
            return kserve.validator(api_version, kind)
        case "cloud-run":
            return cloud_run.validator()
        case "azure":
            return azure.validator()
    raise LookupError(f"There is no schema {request['schema']}.")


def describe(error) -> str:
    """Where and what; for alternatives, what the closest one says."""
    closest = min(error.context, key=lambda part: -len(part.absolute_path)) if error.context else error
    return f"/{'/'.join(str(part) for part in closest.absolute_path)}: {closest.message[:300]}"


if __name__ == "__main__":
    main()
