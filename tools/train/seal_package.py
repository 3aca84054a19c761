"""Rewrites the digests in a package's model.yaml: the model's own, and `files:` for everything else in the folder.

    python seal_package.py ../../models/penguins [more packages]

Standard library only. Works on the text of the manifest, so comments and layout stay. `files:` must be its last key.
"""

import hashlib
import re
import sys
from pathlib import Path

MANIFEST = "model.yaml"


def seal_package(package):
    """Writes fresh sha256 digests into <package>/model.yaml and returns {relative path: digest}."""
    package = Path(package)
    manifest = package / MANIFEST
    text = manifest.read_text(encoding="utf-8")
    model_line = re.search(r'^model: \{ file: (\S+), sha256: "[^"]*" \}$', text, flags=re.MULTILINE)
    if model_line is None:
        raise ValueError(f'{manifest}: expected a line like: model: {{ file: model.onnx, sha256: "" }}')
    digests = {name: _sha256(package / name) for name in _files_of(package)}
    model_file = model_line.group(1)
    text = text.replace(model_line.group(0), f'model: {{ file: {model_file}, sha256: "{digests[model_file]}" }}')
    text = re.sub(r"^files:.*\Z", "", text, flags=re.MULTILINE | re.DOTALL).rstrip("\n") + "\nfiles:\n"
    text += "".join(f'  {name}: "{digest}"\n' for name, digest in digests.items() if name != model_file)
    manifest.write_bytes(text.encode("utf-8"))
    return digests


def _files_of(package):
    """Relative paths of all files but the manifest, sorted as `LC_ALL=C sort` does."""
    return sorted(p.relative_to(package).as_posix() for p in package.rglob("*") if p.is_file() and p.name != MANIFEST)


def _sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        print(f"{folder}: {len(seal_package(folder))} files sealed")
