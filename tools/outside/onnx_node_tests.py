"""
Every node test of the ONNX standard against a running server that serves from the repository made here and has loaded nothing.
Fails where a model is neither answered as expected nor refused by name.
"""

import argparse
import random
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from onnx_node.cases import Case, cases_in
from onnx_node.judge import Judge, Verdict
from onnx_node.report import by_status, markdown, summary


def main() -> int:
    options = read_options()
    cases = cases_in(options.repository)
    if options.http is None:
        return 0
    verdicts = judge_all(choose(cases, options), options)
    for verdict in by_status(verdicts)["wrong"]:
        print(f"FAILED {verdict.name}: {verdict.reason}")
    if options.report is not None:
        options.report.write_text(markdown(verdicts))
    print(summary(verdicts))
    failed = len(by_status(verdicts)["wrong"])
    print(f"{len(verdicts) - failed} passed, {failed} failed")
    return 1 if failed > 0 or not verdicts else 0


def choose(cases: list[Case], options) -> list[Case]:
    if options.share == 1:
        return cases
    return random.Random(options.seed).sample(cases, round(len(cases) * options.share))


def judge_all(cases: list[Case], options) -> list[Verdict]:
    local = threading.local()

    def judge(case: Case) -> Verdict:
        if not hasattr(local, "judge"):
            local.judge = Judge(options.http, options.grpc, options.admin, options.token)
        return local.judge.judge(case)

    verdicts = []
    with ThreadPoolExecutor(options.workers) as pool:
        for verdict in pool.map(judge, cases):
            verdicts.append(verdict)
            if len(verdicts) % 200 == 0:
                print(f"{len(verdicts)} of {len(cases)} models", flush=True)
    return sorted(verdicts, key=lambda verdict: verdict.name)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repository", type=Path, required=True, help="folder for the models; made where it is missing")
    parser.add_argument("--http", help="host:port; left out: only the repository is made")
    parser.add_argument("--grpc", help="host:port")
    parser.add_argument("--admin", help="host:port")
    parser.add_argument("--token", help="of the admin listener")
    parser.add_argument("--share", type=float, default=1, help="of the models, chosen by --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--report", type=Path, help="Markdown file to write")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
