"""Holds a CycloneDX 1.6 file against the strict JSON schema. Usage: validate_sbom.py FILE; prints what is wrong, exits 1."""

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(Path(sys.argv[1]).read_text())
print("valid" if error is None else str(error)[:2000])
sys.exit(0 if error is None else 1)
