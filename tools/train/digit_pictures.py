"""The picture sets of models/digits: what it is trained on, and the held-out ones it is measured on.

Each set is (pixels uint8 [n, 28, 28] after the preprocessing's place-image step, labels int64 [n]).
"""

from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np
from sklearn.datasets import load_digits

from digit_strokes import HELD_OUT_STYLES, STYLES
from digits_preprocessing import STEPS, RejectedImage
from draw_digits import draw_style, draw_uci, uci_ink

# Split in the order of the file, not at random: it does not name its writers, and neighbours may be by the same one.
UCI_TRAIN_ROWS = 1347  # of 1797: three quarters
PROCESSES = 2
CHUNK = 500


def place(picture):
    """uint8 [height, width] → uint8 [28, 28]: every step of the preprocessing but the last."""
    for step in STEPS[:-1]:
        picture = step(picture)
    return picture


def load_uci():
    """(train images, train labels, held-out images, held-out labels); images [n, 8, 8] of 0–16."""
    digits = load_digits()
    cut = UCI_TRAIN_ROWS
    return digits.images[:cut], digits.target[:cut], digits.images[cut:], digits.target[cut:]


def plain_uci_picture(pixels):
    """A UCI digit as a picture of 8 × 8, dark on light."""
    return 255 - uci_ink(pixels)


def train_styles():
    return {d: [s for name, s in styles.items() if name not in HELD_OUT_STYLES[d]] for d, styles in STYLES.items()}


def held_out_styles():
    return {digit: [STYLES[digit][name] for name in names] for digit, names in HELD_OUT_STYLES.items()}


def drawn_set(styles, count, seed):
    """`count` pictures drawn in the given styles."""
    return _made_in_parallel(partial(_one_drawn, styles), count, seed)


def photographed_uci_set(images, labels, count, seed):
    """`count` pictures made from the given UCI digits."""
    return _made_in_parallel(partial(_one_uci, images, labels), count, seed)


def plain_uci_set(images, labels):
    return np.stack([place(plain_uci_picture(pixels)) for pixels in images]), labels.astype(np.int64)


def join(*sets):
    return np.concatenate([pixels for pixels, _ in sets]), np.concatenate([labels for _, labels in sets])


def _one_drawn(styles, random):
    digit = int(random.integers(10))
    return draw_style(styles[digit][random.integers(len(styles[digit]))], random), digit


def _one_uci(images, labels, random):
    row = int(random.integers(len(images)))
    return draw_uci(images[row], random), int(labels[row])


def _made_in_parallel(make, count, seed):
    starts = range(0, count, CHUNK)
    with ProcessPoolExecutor(PROCESSES) as pool:
        chunks = pool.map(partial(_make_chunk, make, seed, count), starts)
        return join(*chunks)


def _make_chunk(make, seed, count, start):
    examples = [_accepted(make, [seed, index]) for index in range(start, min(start + CHUNK, count))]
    return np.stack([pixels for pixels, _ in examples]), np.array([label for _, label in examples], dtype=np.int64)


def _accepted(make, seed):
    """Draws until the preprocessing finds a drawing in it."""
    random = np.random.default_rng(seed)
    while True:
        picture, label = make(random)
        try:
            return place(picture), label
        except RejectedImage:
            continue
