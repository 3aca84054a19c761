"""python -m unittest discover tools/train: standard library only."""

import hashlib
import tempfile
import unittest
from pathlib import Path

from seal_package import ManifestError, seal_package

MODEL = hashlib.sha256(b"model").hexdigest()
CARD = hashlib.sha256(b"card").hexdigest()
FILES = f'files:\n  README.md: "{CARD}"\n'


def sealed(manifest, other_files=None):
    """The manifest's text after sealing a package of it, model.onnx and README.md."""
    with tempfile.TemporaryDirectory() as folder:
        contents = {"model.yaml": manifest.encode(), "model.onnx": b"model", "README.md": b"card"}
        contents.update(other_files or {})
        for name, content in contents.items():
            (Path(folder) / name).write_bytes(content)
        seal_package(folder)
        first = (Path(folder) / "model.yaml").read_text()
        seal_package(folder)
        assert (Path(folder) / "model.yaml").read_text() == first, "a second seal changes nothing"
        return first


class SealPackage(unittest.TestCase):
    def test_adds_the_digests_to_a_manifest_that_has_none(self):
        expected = f'model: {{ file: model.onnx, sha256: "{MODEL}" }}\n{FILES}'
        self.assertEqual(sealed("model: { file: model.onnx }\n"), expected)
        self.assertEqual(sealed("model: { file: model.onnx }"), expected)
        expected = f'model: {{file: "model.onnx", sha256: "{MODEL}"}}\n{FILES}'
        self.assertEqual(sealed('model: {file: "model.onnx"}\n'), expected)

    def test_replaces_old_digests_empty_ones_and_any_order(self):
        for old in ('""', "''", "", "0" * 64, f'"{"0" * 64}"'):
            manifest = f"model: {{ sha256: {old}, file: model.onnx }} # ours\nfiles: {{}}\n"
            self.assertEqual(sealed(manifest), f'model: {{ sha256: "{MODEL}", file: model.onnx }} # ours\n{FILES}')

    def test_takes_a_block(self):
        block = "name: birds\nmodel:\n  # not file: old.onnx\n  file: model.onnx\n"
        self.assertEqual(sealed(f"{block}golden: g\n"), f'{block}  sha256: "{MODEL}"\ngolden: g\n{FILES}')
        self.assertEqual(sealed(f"{block}  sha256: old\n"), f'{block}  sha256: "{MODEL}"\n{FILES}')

    def test_keeps_the_keys_after_files(self):
        after = "\n# what runs it\nengine: { placement: process }\nfilesystem: none\n"
        model = f'model: {{ file: model.onnx, sha256: "{MODEL}" }}\n'
        block = f'files:\n  gone.txt: "{CARD}"\n\n  # a note\n  README.md: ""\n'
        for files in (block, "files: {\n  a: b\n}\n", "files: {}\n"):
            self.assertEqual(sealed(f"{model}{files}{after}"), f"{model}{FILES}{after}")

    def test_quotes_names_that_yaml_would_read_otherwise(self):
        self.assertIn('  "- a: #1.txt": "', sealed("model: { file: model.onnx }\n", {"- a: #1.txt": b"x"}))

    def test_says_what_it_expects(self):
        for manifest in ("name: birds\n", "model:\n  sha256: x\n", "model: { file: other.onnx }\n"):
            with self.assertRaises(ManifestError):
                sealed(manifest)


if __name__ == "__main__":
    unittest.main()
