"""Prints Kubernetes' strict definitions for the values that are Kubernetes' own structures. Arguments: version, names."""

import json
import sys

from schemas import kubernetes

json.dump(kubernetes.closure(sys.argv[2:], sys.argv[1]), sys.stdout)
