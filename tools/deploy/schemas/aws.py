"""Amazon's services: parameters of an operation, by the service's description that Amazon's client carries."""

import functools

import botocore.loaders
import botocore.model
import botocore.validate


@functools.cache
def _service(name: str) -> botocore.model.ServiceModel:
    return botocore.model.ServiceModel(botocore.loaders.Loader().load_service_model(name, "service-2"))


def problems(service: str, operation: str, parameters: dict) -> list[str]:
    """Unknown, missing and wrongly typed parameters; words that the description does not list."""
    shape = _service(service).operation_model(operation).input_shape
    report = botocore.validate.ParamValidator().validate(parameters, shape).generate_report()
    return [*report.splitlines(), *_unknown_words(parameters, shape, operation)]


def _unknown_words(value, shape, path: str) -> list[str]:
    if shape.type_name == "structure" and isinstance(value, dict):
        members = [(value[name], member, f"{path}.{name}") for name, member in shape.members.items() if name in value]
    elif shape.type_name == "list" and isinstance(value, list):
        members = [(part, shape.member, f"{path}[{index}]") for index, part in enumerate(value)]
    else:
        words = getattr(shape, "enum", [])
        return [f"{path}: {value!r} is none of {', '.join(words)}"] if words and value not in words else []
    return [problem for part, member, place in members for problem in _unknown_words(part, member, place)]
