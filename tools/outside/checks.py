"""A list of named checks, run in order, and what came of them."""

import traceback
from collections.abc import Callable

CHECKS: list[tuple[str, Callable]] = []


def check(function: Callable) -> Callable:
    """The function's name, in words, is the check's."""
    CHECKS.append((function.__name__.replace("_", " "), function))
    return function


def run_checks(*arguments) -> int:
    """Exit code: 0 where there are checks and all hold."""
    failed = 0
    for name, function in CHECKS:
        try:
            function(*arguments)
            print(f"ok {name}")
        except Exception:  # A check may fail in any way; the others go on.
            failed += 1
            print(f"FAILED {name}\n{traceback.format_exc()}")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed > 0 or not CHECKS else 0


def raises(expected: type[Exception], call: Callable) -> str:
    """The message of the error that must come."""
    try:
        call()
    except expected as error:
        return error.message() if hasattr(error, "message") else str(error)
    raise AssertionError(f"{expected.__name__} was expected, nothing was raised")
