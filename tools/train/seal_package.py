"""Writes the digests of a package into its model.yaml: `model.sha256`, and `files:` for everything else in the folder.

    python seal_package.py ../../models/penguins [more packages]

Standard library only. Works on the text of the manifest, so everything else in it stays as it is. `model` may stand on
one line or in a block, `sha256` and `files` may be there or not.
"""

import hashlib
import re
import sys
from pathlib import Path

MANIFEST = "model.yaml"
SCALAR = r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s,{}#"']+)"""
FLOW_MODEL = re.compile(r"^model:[ \t]*(\{[^{}]*\})", flags=re.MULTILINE)
# `model:` and the lines under it, indented ones and empty ones.
BLOCK_MODEL = re.compile(r"^model:[ \t]*(?:#.*)?\n((?:[ \t]+\S.*\n|[ \t]*\n)+)", flags=re.MULTILINE)

# Likewise, or on one line; empty lines and comments before the next key are not part of it.
FILES = re.compile(r"^files:[ \t]*(?:\{[^{}]*\}.*\n|.*\n(?:(?:[ \t]*\n)*[ \t]+\S.*\n)*)", flags=re.MULTILINE)


class ManifestError(ValueError):
    """The manifest does not say what is to be sealed; the message says what is expected."""


def seal_package(package):
    """Writes fresh sha256 digests into <package>/model.yaml and returns {relative path: digest}."""
    package = Path(package)
    manifest = package / MANIFEST
    if not manifest.is_file():
        raise ManifestError(f"{manifest} is missing. Write at least: model: {{ file: model.onnx }}")
    text = manifest.read_text(encoding="utf-8").rstrip("\n") + "\n"
    model_file = _model_file(text, manifest)
    digests = {name: _sha256(package / name) for name in _files_of(package)}
    if model_file not in digests:
        raise ManifestError(f'{manifest}: model file "{model_file}" is not in the package.')
    text = _with_model_digest(text, digests[model_file])
    text = _with_files(text, {name: digest for name, digest in digests.items() if name != model_file})
    manifest.write_bytes(text.encode("utf-8"))
    return digests


def _model_file(text, manifest):
    model = FLOW_MODEL.search(text) or BLOCK_MODEL.search(text)
    found = model and re.search(rf"(?:^|[{{,])\s*file:[ \t]*({SCALAR})", model.group(1), re.MULTILINE)
    if not found:
        raise ManifestError(f"{manifest}: expected a key like: model: {{ file: model.onnx }}")
    return found.group(1).strip("\"'")


def _with_model_digest(text, digest):
    """Replaces `sha256` in `model`, or adds it after `file`, in the style that `model` is written in."""
    model = FLOW_MODEL.search(text) or BLOCK_MODEL.search(text)
    body = model.group(1)
    old = re.compile(rf"((?:^|[{{,])\s*sha256:)[ \t]*{SCALAR}?", re.MULTILINE)
    sealed, replaced = old.subn(rf'\1 "{digest}"', body, count=1)
    if not replaced and body.startswith("{"):
        sealed = re.sub(rf"(\bfile:[ \t]*{SCALAR})", rf'\1, sha256: "{digest}"', body, count=1)
    elif not replaced:
        sealed = re.sub(r"^([ \t]+)file:.*\n", rf'\g<0>\1sha256: "{digest}"\n', body, count=1, flags=re.MULTILINE)
    return text[: model.start(1)] + sealed + text[model.end(1) :]


def _with_files(text, digests):
    """Replaces the key `files` where it stands, or adds it at the end. Other keys stay, before and after it."""
    entries = "".join(f'  {_key(name)}: "{digest}"\n' for name, digest in digests.items())
    block = f"files:\n{entries}" if digests else ""
    files = FILES.search(text)
    return text[: files.start()] + block + text[files.end() :] if files else text + block


def _key(name):
    """A path as a key of YAML, in quotes only where it needs them."""
    return name if re.fullmatch(r"[A-Za-z0-9_./][A-Za-z0-9_./-]*", name) else '"' + name.replace('"', '\\"') + '"'


def _files_of(package):
    """Relative paths of all files but the manifest, sorted as `LC_ALL=C sort` does."""
    files = (p for p in package.rglob("*") if p.is_file() and p != package / MANIFEST)
    return sorted(file.relative_to(package).as_posix() for file in files)


def _sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main(packages):
    if not packages:
        return "Usage: python seal_package.py PACKAGE [more packages]"
    try:
        for folder in packages:
            print(f"{folder}: {len(seal_package(folder))} files sealed")
    except ManifestError as error:
        return str(error)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
