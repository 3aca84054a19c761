"""The table of docs/onnx-node-tests.md."""

import re
from collections import defaultdict
from collections.abc import Iterable

import onnx
import onnxruntime

from .judge import Verdict

ENCODINGS = ("REST JSON", "REST binary", "gRPC typed", "gRPC raw")


def summary(verdicts: list[Verdict]) -> str:
    counts = ", ".join(f"{len(chosen)} {status}" for status, chosen in by_status(verdicts).items())
    return f"{len(verdicts)} models: {counts}"


def by_status(verdicts: list[Verdict]) -> dict[str, list[Verdict]]:
    return {
        status: [verdict for verdict in verdicts if verdict.status == status]
        for status in ("served", "runtime", "random", "refused", "wrong")
    }


def markdown(verdicts: list[Verdict]) -> str:
    groups = by_status(verdicts)
    answered = [*groups["served"], *groups["runtime"], *groups["random"]]
    by_encoding = ", ".join(
        f"{encoding} {sum(encoding in verdict.encodings for verdict in answered)}" for encoding in ENCODINGS
    )
    return "\n".join([
        "# The ONNX standard's own node tests",
        "",
        "<!-- Written by tools/outside/onnx_node_tests.py; do not edit. -->",
        "",
        f"The {len(verdicts)} models that the `onnx` package {onnx.__version__} generates, each loaded into the built server by its",
        f"admin listener, asked in every encoding that carries its values, and unloaded. ONNX Runtime {onnxruntime.__version__}.",
        "",
        "| outcome | models | |",
        "|---|---|---|",
        f"| served | {len(groups['served'])} | with the expected outputs, the encodings equal bit for bit |",
        f"| served, runtime differs | {len(groups['runtime'])} | the runtime itself, under Python too, gives these bits and not the expected ones |",
        f"| served, random | {len(groups['random'])} | names, datatypes and shapes as expected; values are random by design |",
        f"| refused | {len(groups['refused'])} | at load, by name; the runtime under Python cannot serve them as tensors either |",
        f"| wrong | {len(groups['wrong'])} | anything else |",
        "",
        f"Answered by encoding: {by_encoding}. FP16, NaN and infinities do not exist in JSON, FP16 not in typed contents.",
        "",
        "To repeat it: `npx node tools/outside/run.mjs onnx-node-tests --all`.",
        *named("The runtime's own differences", groups["runtime"]),
        *named("Random", groups["random"]),
        *named("Wrong", groups["wrong"]),
        *refusals(groups["refused"]),
        "",
    ])  # fmt: skip


def named(title: str, verdicts: list[Verdict]) -> Iterable[str]:
    if not verdicts:
        return []
    return ["", f"## {title}", *(f"- `{verdict.name}`: {verdict.reason}" for verdict in verdicts)]


def refusals(verdicts: list[Verdict]) -> Iterable[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for verdict in verdicts:
        groups[kind_of(verdict.reason)].append(verdict.name)
    lines = ["", "## Refused"]
    for kind, names in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        lines += ["", f"**{kind}** ({len(names)}): {', '.join(f'`{name}`' for name in names)}"]
    return lines


def kind_of(reason: str) -> str:
    """The datatype, type, operator or opset at fault; a model with several is counted under the first of them."""
    if found := re.search(r"is (\w+), which this runtime cannot bind", reason):
        return f"datatype {found[1]}"
    if found := re.search(r"has type ([\w(),]+), which", reason):
        return f"type {found[1].split('(')[0]}(…)"
    if found := re.search(r"uses (opset \d+)", reason):
        return found[1]
    return re.sub(r"^(version 1: )?model\.onnx: | (Export|Re-export|Set) .*$", "", reason)
