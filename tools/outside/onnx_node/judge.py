"""One case against the server: loaded, asked in all encodings, unloaded; and what to think of it."""

from dataclasses import dataclass, field

from . import referee
from .cases import Case
from .compare import difference, same_bits
from .datatypes import json_carries
from .grpc_calls import Grpc, carries
from .rest_calls import Refused, Rest

GENERIC = (
    "damaged, or it breaks the rules of ONNX",
    "an operator that this runtime does not have",
    "The engine process ended",
    "The server failed",
)
"""Words of a refusal that names no reason."""


@dataclass
class Verdict:
    name: str
    status: str
    """served, refused, runtime (its own answer differs from the standard's), random, or wrong."""
    reason: str = ""
    encodings: list[str] = field(default_factory=list)


class Judge:
    """One thread's connections."""

    def __init__(self, http: str, grpc: str, admin: str, token: str):
        self._rest = Rest(http)
        self._grpc = Grpc(grpc)
        self._admin = Rest(admin, token)

    def judge(self, case: Case) -> Verdict:
        try:
            self._admin.load(case.model_name)
        except Refused as refusal:
            return judge_refusal(case, refusal)
        try:
            return self._judge_answers(case)
        except Exception as error:  # Whatever it is, it belongs to this case.
            return Verdict(case.name, "wrong", f"{type(error).__name__}: {error}")
        finally:
            self._admin.unload(case.model_name)

    def _judge_answers(self, case: Case) -> Verdict:
        if case.inputs is None or case.outputs is None:
            return Verdict(case.name, "wrong", "was loaded although a value of it is no tensor that can be bound")
        answers = self._ask(case, case.inputs, case.outputs)
        raw = answers["gRPC raw"]
        encodings = list(answers)
        differing = [name for name, answer in answers.items() if not same_bits(answer, raw)]
        if differing and not same_bits(self._grpc.infer_raw(case.model_name, case.inputs), raw):
            return judge_random(case, answers)
        if differing:
            return Verdict(case.name, "wrong", f"{', '.join(differing)} and gRPC raw differ", encodings)
        found = difference(raw, case.outputs)
        if found is None:
            return Verdict(case.name, "served", encodings=encodings)
        if referee.gives_the_same(case, raw):
            return Verdict(case.name, "runtime", found, encodings)
        return Verdict(case.name, "wrong", found, encodings)

    def _ask(self, case: Case, inputs: dict, outputs: dict) -> dict[str, dict]:
        answers = {"gRPC raw": self._grpc.infer_raw(case.model_name, inputs)}
        answers["REST binary"] = self._rest.infer_binary(case.model_name, inputs)
        if all(map(json_carries, inputs.values())):
            answers["REST JSON"] = self._rest.infer_json(case.model_name, inputs, outputs)
        if carries(inputs) and carries(outputs):
            answers["gRPC typed"] = self._grpc.infer_typed(case.model_name, inputs)
        return answers


def judge_refusal(case: Case, refusal: Refused) -> Verdict:
    reason = str(refusal.answer.get("error"))
    if refusal.status != 422 or any(words in reason for words in GENERIC):
        return Verdict(case.name, "wrong", f"refused without a name: {refusal}")
    if referee.can_serve(case):
        return Verdict(case.name, "wrong", f"refused although the runtime can serve it: {reason}")
    return Verdict(case.name, "refused", reason.split(", ", 1)[-1])


def judge_random(case: Case, answers: dict[str, dict]) -> Verdict:
    """Two equal requests are answered differently: only names, datatypes and shapes can be expected."""
    shapes = {name: (array.dtype, array.shape) for name, array in case.outputs.items()}
    is_expected = all(
        {name: (array.dtype, array.shape) for name, array in answer.items()} == shapes for answer in answers.values()
    )
    return Verdict(case.name, "random" if is_expected else "wrong", "answers differ from call to call", list(answers))
