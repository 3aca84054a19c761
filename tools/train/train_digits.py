"""Trains models/digits: which digit is in the picture?

    python train_digits.py
    python train_digits.py --add-golden   # trains nothing; adds golden pictures that the package does not have yet

Writes model.onnx, golden.jsonl and golden/ into the package and digits-steps.json into fixtures/, and prints the
metrics that the package's README.md quotes. Seeded; about seven minutes on two idle cores.
"""

import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
import PIL
import torch
from torch.nn.functional import cross_entropy

import digit_pictures as pictures
from canvas_drawings import PEN_WIDTHS, canvas_set
from digit_network import DigitNetwork, export_onnx, import_onnx
from digits_preprocessing import NORMALISED, preprocess
from golden_digits import golden_pictures, light_ink_pictures, write_steps_fixture
from record_golden import add, image_case, record
from seal_package import seal_package

PACKAGE = Path(__file__).resolve().parents[2] / "models" / "digits"
STEPS_FIXTURE = Path(__file__).resolve().parent / "fixtures" / "digits-steps.json"
SEED = 8
THREADS = 2
DRAWN, UCI_COPIES = 60_000, 50_000
EPOCHS, BATCH, PEAK_LEARNING_RATE = 10, 256, 4e-3
# Two correct float32 runtimes add in different orders; probabilities then differ by about 1e-6, a wrong pixel by more.
GOLDEN_TOLERANCE = {"absolute": 1e-5, "relative": 1e-5}
STEPS_FIXTURE_FILES = 9


def train_set():
    images, labels, _, _ = pictures.load_uci()
    plain = pictures.plain_uci_set(images, labels)
    return pictures.join(
        pictures.drawn_set(pictures.train_styles(), DRAWN, seed=SEED),
        pictures.photographed_uci_set(images, labels, UCI_COPIES, seed=SEED + 1),
        *[plain] * 6,  # as they are, too: so many times that they weigh about as much as one style
    )


def held_out_sets():
    _, _, images, labels = pictures.load_uci()
    return {
        "UCI digits, 8 × 8": pictures.plain_uci_set(images, labels),
        "UCI digits, photographed": pictures.photographed_uci_set(images, labels, 4000, seed=SEED + 2),
        "drawn, new hands": pictures.drawn_set(pictures.train_styles(), 4000, seed=SEED + 3),
        "drawn, styles never seen": pictures.drawn_set(pictures.held_out_styles(), 4000, seed=SEED + 4),
        **{f"canvas drawings, pen {width}": canvas_set(width) for width in PEN_WIDTHS},
    }


def to_tensor(pixels):
    """uint8 [n, 28, 28] → float32 [n, 1, 28, 28]."""
    return NORMALISED[pixels][:, np.newaxis]


def train(pixels, labels):
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    network = DigitNetwork()
    inputs, targets = torch.from_numpy(to_tensor(pixels)), torch.from_numpy(labels)
    steps = -(-len(targets) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_LEARNING_RATE, epochs=EPOCHS, steps_per_epoch=steps)
    for epoch in range(EPOCHS):
        started, losses = time.monotonic(), []
        for batch in torch.randperm(len(targets)).split(BATCH):
            loss = cross_entropy(network(inputs[batch]), targets[batch], label_smoothing=.02)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, {time.monotonic() - started:.0f} s", flush=True)
    return network.eval()


def accuracy(session, pixels, labels):
    logits = session.run(["logits"], {"image": to_tensor(pixels)})[0]
    return float((logits.argmax(axis=1) == labels).mean()), int((logits.argmax(axis=1) != labels).sum())


def softmax(logits):
    """float32 [10] → float64 [10]."""
    powers = np.exp(logits.astype(np.float64) - logits.max())
    return powers / powers.sum()


def all_pictures():
    return [*golden_pictures(SEED), *light_ink_pictures(SEED)]


def golden_cases(network, digits_and_pictures):
    """torch's answers to the golden pictures. Those that it gets wrong make no good examples and are left out."""
    cases = []
    for digit, content in digits_and_pictures:
        with torch.no_grad():
            logits = network(torch.from_numpy(preprocess(content)[np.newaxis]))[0].numpy()
        if logits.argmax() == digit:
            probabilities = {str(label): score for label, score in enumerate(softmax(logits))}
            cases.append(image_case("image", content, {"label": digit, "probabilities": probabilities}))
        else:
            print(f"golden picture of a {digit} is taken for a {logits.argmax()}: left out")
    return cases


def largest_difference(session, cases):
    """Largest |torch - ONNX| over all golden probabilities."""
    differences = []
    for golden in cases:
        image = preprocess(golden["input"]["image"].content)[np.newaxis]
        scores = softmax(session.run(["logits"], {"image": image})[0][0])
        differences.append(np.abs(scores - list(golden["output"]["probabilities"].values())).max())
    return max(differences)


def write_package(model, cases):
    (PACKAGE / "model.onnx").write_bytes(model)
    producer = {"library": f"torch {torch.__version__.split('+')[0]}", "script": "tools/train/train_digits.py",
                "preprocessing": f"Pillow {PIL.__version__}, numpy {np.__version__}"}
    record(PACKAGE / "golden.jsonl", cases, producer=producer, tolerance=GOLDEN_TOLERANCE)
    finish_package()


def finish_package():
    """What follows from the files: the fixture of the steps (all cases of light ink, some others) and the digests."""
    files = {f"golden/{file.name}": file.read_bytes() for file in (PACKAGE / "golden").iterdir()}
    light_ink = {content for _, content in light_ink_pictures(SEED)}
    names = sorted(files, key=lambda name: int(Path(name).stem))
    others = [name for name in names if files[name] not in light_ink]
    chosen = np.linspace(0, len(others) - 1, STEPS_FIXTURE_FILES).astype(int)
    wanted = {others[i] for i in chosen} | {name for name in names if files[name] in light_ink}
    write_steps_fixture(STEPS_FIXTURE, {name: files[name] for name in names if name in wanted})
    seal_package(PACKAGE)


def add_golden():
    """Appends the golden pictures that the package lacks, with the answers of torch with the package's weights."""
    model = (PACKAGE / "model.onnx").read_bytes()
    held = {file.read_bytes() for file in (PACKAGE / "golden").iterdir()}
    cases = golden_cases(import_onnx(model), [picture for picture in all_pictures() if picture[1] not in held])
    difference = largest_difference(onnxruntime.InferenceSession(model), cases) if cases else 0
    print(f"{len(cases)} cases added; largest difference between torch and ONNX: {difference:.1e}")
    add(PACKAGE / "golden.jsonl", cases)
    finish_package()


def main():
    pixels, labels = train_set()
    print(f"{len(labels)} pictures to train on")
    network = train(pixels, labels)
    model = export_onnx(network)
    session = onnxruntime.InferenceSession(model)
    cases = golden_cases(network, all_pictures())
    print(f"largest difference between torch and ONNX: {largest_difference(session, cases):.1e}")
    write_package(model, cases)
    print(f"{PACKAGE.name}: {len(cases)} golden cases, model {len(model)} bytes")
    for name, (pixels, labels) in held_out_sets().items():
        share, wrong = accuracy(session, pixels, labels)
        print(f"{name}: {share:.2%} of {len(labels)} ({wrong} wrong)")


if __name__ == "__main__":
    add_golden() if "--add-golden" in sys.argv else main()
