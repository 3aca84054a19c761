"""Any picture of one digit → the float32 tensor that models/digits takes. The reference for the steps in TypeScript.

Each function is one step of the manifest, under the step's name. Pictures are numpy uint8 [height, width], 0 black.
Everything but the last step is integer arithmetic, and the last is one rounding of a float64: so two implementations
that follow this file agree bit for bit. Pillow does the decoding and the resizing.
"""

import io

import numpy as np
from PIL import Image, ImageOps

# The parameters, as in models/digits/model.yaml.
MIN_RANGE = 16  # grey levels
CONTENT_THRESHOLD = 64
DIGIT_SIZE = 20  # pixels, longer side of the digit
CANVAS_SIZE = 28  # pixels
FILTER = Image.Resampling.BILINEAR
SCALE, MEAN, STD = 0.00392156862745098, 0.14, 0.28  # mean and deviation of the training pictures


class RejectedImage(ValueError):
    """This picture cannot be a digit; its row is refused, its neighbours are not."""


def decode_image(content):
    """Encoded bytes → grey [height, width], upright, transparency laid on white, or on black behind light ink."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    if image.mode.startswith("I;16"):  # 16-bit grey: the high byte. Pillow's own conversion would clip at 255
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        level = contrast_background(image)
        image = Image.alpha_composite(Image.new("RGBA", image.size, (level, level, level, 255)), image)
    if image.mode != "L":
        # 1-bit grey, too, passes through RGB unchanged. L = (R*19595 + G*38470 + B*7471 + 0x8000) >> 16
        image = image.convert("RGB").convert("L")
    return np.asarray(image)


def contrast_background(image):
    """RGBA picture → 0 for light ink on a transparent sheet, else 255.

    What the picture shows, weighted by alpha, covers less than half of it, and its mean grey is above 191: then white
    would leave less than 64 levels of contrast.
    """
    alpha = np.asarray(image.getchannel("A"), dtype=np.int64)
    grey = np.asarray(image.convert("RGB").convert("L"), dtype=np.int64)
    shown = int(alpha.sum())
    is_drawing = 2 * shown < 255 * alpha.size
    is_light = int((alpha * grey).sum()) > 191 * shown
    return 0 if is_drawing and is_light else 255


def light_on_dark(image):
    """Inverts the picture if its border (each pixel once) is rather light: lower median above 127."""
    is_border = np.ones(image.shape, dtype=bool)
    is_border[1:-1, 1:-1] = False
    border = image[is_border]
    median = np.sort(border)[(len(border) - 1) // 2]
    return 255 - image if median > 127 else image


def stretch_contrast(image):
    """Darkest pixel → 0, lightest → 255, rounded half up."""
    low, high = int(image.min()), int(image.max())
    if high - low < MIN_RANGE:
        raise RejectedImage(f"no drawing found: darkest and lightest pixel differ by {high - low} of 255 grey levels")
    span = high - low
    return (((image.astype(np.int64) - low) * 255 + span // 2) // span).astype(np.uint8)


def crop_to_content(image):
    """Smallest box that holds all pixels at or above the threshold; a stretched picture always has some."""
    rows = np.flatnonzero((image >= CONTENT_THRESHOLD).any(axis=1))
    columns = np.flatnonzero((image >= CONTENT_THRESHOLD).any(axis=0))
    return image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def resize_image(image):
    """Longer side → DIGIT_SIZE, the other in proportion (rounded half up, at least 1)."""
    height, width = image.shape
    longest = max(width, height)
    new_width, new_height = (max(1, (2 * side * DIGIT_SIZE + longest) // (2 * longest)) for side in (width, height))
    return np.asarray(Image.fromarray(image).resize((new_width, new_height), FILTER))


def place_image(image):
    """Puts the picture on a black square so that its centre of mass is in the middle, as far as it fits.

    A centre is computed in doubled pixel coordinates, so that it stays an integer: pixel x spans [2x, 2x + 2]. If all
    pixels are 0 (a speck in a huge picture, resized to nothing) every pixel weighs 1.
    """
    weights = image.astype(np.int64) if image.any() else np.ones(image.shape, dtype=np.int64)
    canvas = np.zeros((CANVAS_SIZE, CANVAS_SIZE), dtype=np.uint8)
    height, width = image.shape
    left = _centred_start(weights.sum(axis=0), CANVAS_SIZE)
    top = _centred_start(weights.sum(axis=1), CANVAS_SIZE)
    canvas[top : top + height, left : left + width] = image
    return canvas


def _centred_start(weights, room):
    """weights int64 [length] → start in [0, room - length]."""
    total = int(weights.sum())
    doubled_centre = int((weights * (2 * np.arange(len(weights)) + 1)).sum())
    start = (room * total - doubled_centre + total) // (2 * total)
    return min(max(start, 0), room - len(weights))


# float32 [256]: computed in float64, rounded once.
NORMALISED = ((np.arange(256, dtype=np.float64) * SCALE - MEAN) / STD).astype(np.float32)


def image_to_tensor(image):
    """uint8 [28, 28] → float32 [1, 28, 28]."""
    return NORMALISED[image][np.newaxis]


STEPS = [light_on_dark, stretch_contrast, crop_to_content, resize_image, place_image, image_to_tensor]


def preprocess(content):
    """Encoded bytes → float32 [1, 28, 28]."""
    return preprocess_decoded(decode_image(content))


def preprocess_decoded(image):
    """uint8 [height, width] → float32 [1, 28, 28]."""
    for step in STEPS:
        image = step(image)
    return image


def trace(content):
    """Encoded bytes → [(step name, array)], the array after each step."""
    results = [("decode-image", decode_image(content))]
    for step in STEPS:
        results.append((step.__name__.replace("_", "-"), step(results[-1][1])))
    return results
