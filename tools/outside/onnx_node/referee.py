"""The same runtime under Python: tells whether a refusal or a difference is the runtime's own or the server's."""

import numpy
import onnx
import onnxruntime

from .cases import Case
from .compare import same_bits

onnxruntime.set_default_logger_severity(4)

NEWEST_IR_VERSION, NEWEST_OPSET = 13, 26

BINDABLE = {f"tensor({name})" for name in (
    "bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float16", "float", "double", "string",
)}  # fmt: skip


def can_serve(case: Case) -> bool:
    """True where the runtime loads the model, takes and gives only tensors that can be bound, and answers its inputs."""
    try:
        session = open_session(case)
        if not {value.type for value in [*session.get_inputs(), *session.get_outputs()]} <= BINDABLE:
            return False
        if case.inputs is not None:
            session.run(None, case.inputs)
        return True
    except Exception:  # The runtime's errors have no common class.
        return False


def gives_the_same(case: Case, got: dict[str, numpy.ndarray]) -> bool:
    session = open_session(case)
    names = [value.name for value in session.get_outputs()]
    outputs = dict(zip(names, session.run(None, case.inputs), strict=True))
    return same_bits(got, {name: numpy.asarray(value) for name, value in outputs.items()})


def open_session(case: Case) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(with_known_versions(case.model), options, providers=["CPUExecutionProvider"])


def with_known_versions(content: bytes) -> bytes:
    """A stamp newer than the runtime is no reason to refuse what it has types and kernels for."""
    model = onnx.load_from_string(content)
    model.ir_version = min(model.ir_version, NEWEST_IR_VERSION)
    for opset in model.opset_import:
        if opset.domain in ("", "ai.onnx"):
            opset.version = min(opset.version, NEWEST_OPSET)
    return model.SerializeToString()
