"""Triton's Python client, as it is on PyPI, against a running server. Usage: triton_client.py <http host:port> <grpc host:port>"""

import sys

import triton_grpc  # noqa: F401  Importing a module adds its checks.
import triton_http  # noqa: F401
from checks import run_checks

if __name__ == "__main__":
    sys.exit(run_checks(sys.argv[1], sys.argv[2]))
