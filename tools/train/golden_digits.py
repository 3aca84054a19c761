"""The golden pictures of models/digits: every way in which a PNG, JPEG or WebP can hold a drawing.

Sources: UCI digits and stroke styles that the model was not trained on, and the canvas drawings. Seeded.
"""

import hashlib
import io
import json

import numpy as np
from PIL import Image

import digit_pictures as pictures
from canvas_drawings import DRAWINGS, PEN_WIDTHS, canvas_picture
from digits_preprocessing import trace
from draw_digits import ink_of_style, uci_ink

SIZES = [(64, 64), (280, 280), (600, 400), (400, 600), (120, 300), (33, 47), (320, 240), (28, 28), (90, 61), (200, 200)]
PER_KIND = 5
LIGHT_INK_PER_KIND = 3
# How to turn an upright picture so that the EXIF orientation 2–8 turns it back.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
DARK = [(20, 20, 24), (16, 42, 120), (120, 20, 30), (10, 80, 50)]
LIGHT = [(255, 255, 255), (250, 244, 220), (200, 220, 255), (255, 236, 90)]


def golden_pictures(seed):
    """[(digit, encoded bytes)], ten of them UCI digits of 8 × 8 as they are."""
    _, _, images, labels = pictures.load_uci()
    rows = [int(np.flatnonzero(labels == digit)[0]) for digit in range(10)]
    result = [(digit, _png(Image.fromarray(pictures.plain_uci_picture(images[rows[digit]])))) for digit in range(10)]
    for kind, encode in enumerate(KINDS):
        for number in range(PER_KIND):
            index = kind * PER_KIND + number
            random = np.random.default_rng([seed, index])
            digit, ink = _ink(index, random, images, labels)
            result.append((digit, encode(_on_sheet(ink, SIZES[index % len(SIZES)], random), random)))
    for orientation in TURNS:
        random = np.random.default_rng([seed, 1000 + orientation])
        digit, ink = _ink(orientation, random, images, labels)
        result.append((digit, _jpeg_turned(_on_sheet(ink, SIZES[orientation], random), random, orientation)))
    return result


def light_ink_pictures(seed):
    """[(digit, encoded bytes)]: light ink on a transparent sheet, as a canvas with a white pen saves it."""
    _, _, images, labels = pictures.load_uci()
    result = []
    for kind, encode in enumerate(LIGHT_INK_KINDS):
        for number in range(LIGHT_INK_PER_KIND):
            index = kind * LIGHT_INK_PER_KIND + number
            random = np.random.default_rng([seed, 2000 + index])
            digit, ink = _ink(index, random, images, labels)
            result.append((digit, encode(_on_sheet(ink, SIZES[index % len(SIZES)], random), random)))
    return result


def steps_fixture(files):
    """{file name: bytes} → what each step makes of it: shape and sha256 of the raw little-endian bytes."""
    return {name: [_described(step, array) for step, array in trace(content)] for name, content in files.items()}


def write_steps_fixture(path, files):
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(steps_fixture(files), indent=1) + "\n", encoding="utf-8", newline="\n")


def _described(step, array):
    digest = hashlib.sha256(array.astype(array.dtype.newbyteorder("<")).tobytes()).hexdigest()
    return {"step": step, "dtype": str(array.dtype), "shape": list(array.shape), "sha256": digest}


def _ink(index, random, images, labels):
    """The next digit from one of the three sources, in turn → (digit, ink uint8 [height, width])."""
    digit = (index * 7 + index // 10) % 10
    if index % 3 == 0:
        row = random.choice(np.flatnonzero(labels == digit))
        ink = Image.fromarray(uci_ink(images[row])).resize((64, 64), Image.Resampling.BICUBIC)
        return digit, np.asarray(ink)
    if index % 3 == 1:
        styles = pictures.held_out_styles()[digit]
        return digit, ink_of_style(styles[random.integers(len(styles))], random)
    drawings = DRAWINGS[digit][:3]  # large ones, which any pen fits
    return digit, 255 - canvas_picture(drawings[random.integers(3)], int(random.choice(PEN_WIDTHS)))


def _on_sheet(ink, size, random):
    """Ink, scaled to fit, somewhere on a sheet of the given (width, height)."""
    image = Image.fromarray(ink)
    image = image.crop(image.getbbox())
    room = np.array(size) * random.uniform(.6, .92)
    scale = min(room / image.size)
    image = image.resize([max(1, int(side * scale)) for side in image.size], Image.Resampling.LANCZOS)
    sheet = Image.new("L", size)
    sheet.paste(image, [int(random.uniform(.15, .85) * (a - b)) for a, b in zip(size, image.size)])
    return np.asarray(sheet)


def _coloured(ink, paper, pen):
    """Ink as coverage: paper where 0, pen where 255 → uint8 [height, width, channel] or [height, width]."""
    share = ink.astype(float) / 255
    share = share[..., np.newaxis] if np.ndim(paper) else share
    return np.rint(np.asarray(paper) * (1 - share) + np.asarray(pen) * share).astype(np.uint8)


def _colours(random):
    paper, pen = LIGHT[random.integers(4)], DARK[random.integers(4)]
    return (paper, pen) if random.random() < .5 else (pen, paper)


def _rgb(ink, random):
    return Image.fromarray(_coloured(ink, *_colours(random)))


def _png_grey_dark_on_light(ink, random):
    return _png(Image.fromarray(_coloured(ink, int(random.integers(200, 256)), int(random.integers(0, 60)))))


def _png_grey_light_on_dark(ink, random):
    return _png(Image.fromarray(_coloured(ink, int(random.integers(0, 60)), int(random.integers(180, 256)))))


def _png_grey_faint(ink, random):
    noise = random.integers(0, 3, size=ink.shape)
    return _png(Image.fromarray((_coloured(ink, 170, 100) + noise).astype(np.uint8)))


def _png_rgb(ink, random):
    return _png(_rgb(ink, random))


def _png_rgba(ink, random):
    """A transparent sheet; what its invisible pixels hold must not matter."""
    pen = np.broadcast_to(np.array(DARK[random.integers(4)], dtype=np.uint8), (*ink.shape, 3))
    return _png(Image.fromarray(np.dstack([pen, ink])))


def _png_rgba_translucent(ink, random):
    colour = _coloured(ink, *_colours(random))
    return _png(Image.fromarray(np.dstack([colour, np.full(ink.shape, random.integers(200, 255), dtype=np.uint8)])))


def _png_grey_alpha(ink, random):
    return _png(Image.fromarray(np.dstack([np.full_like(ink, random.integers(0, 90)), ink])))


def _png_palette(ink, random):
    return _png(_rgb(ink, random).quantize(16, dither=Image.Dither.NONE))


def _png_palette_transparent(ink, random):
    image = Image.fromarray(_coloured(ink, LIGHT[3], DARK[random.integers(4)])).quantize(16, dither=Image.Dither.NONE)
    return _png(image, transparency=image.getpixel((0, 0)))


def _png_transparent_colour(ink, random):
    """One colour of an RGB or grey PNG declared transparent; hard edges, as no other colour goes with it."""
    ink = np.where(ink > 127, 255, 0)
    if random.random() < .5:
        return _png(Image.fromarray(_coloured(ink, (255, 0, 255), (0, 40, 0))), transparency=(255, 0, 255))
    return _png(Image.fromarray(_coloured(ink, 130, 0)), transparency=130)


def _png_one_bit(ink, random):
    picture = ink > 127 if random.random() < .5 else ink <= 127
    return _png(Image.fromarray(picture))


def _png_rgba_light(ink, random):
    """What a canvas holds where nothing was drawn: black, and transparent."""
    colour = np.where(ink[..., np.newaxis] > 0, np.array(LIGHT[random.integers(4)]), 0).astype(np.uint8)
    return _png(Image.fromarray(np.dstack([colour, ink])))


def _png_grey_alpha_light(ink, random):
    return _png(Image.fromarray(np.dstack([np.full_like(ink, random.integers(215, 256)), ink])))


def _png_palette_light(ink, random):
    image = Image.fromarray((ink > 127).astype(np.uint8)).convert("P")
    image.putpalette([0, 0, 0, *LIGHT[random.integers(4)]])
    return _png(image, transparency=0)


def _webp_rgba_light(ink, random):
    colour = np.broadcast_to(np.array(LIGHT[random.integers(4)], dtype=np.uint8), (*ink.shape, 3))
    return _encoded(Image.fromarray(np.dstack([colour, ink])), "WEBP", lossless=True)


def _jpeg_grey(ink, random):
    paper, pen = (240, 30) if random.random() < .5 else (20, 230)
    return _jpeg(Image.fromarray(_coloured(ink, paper, pen)), quality=80)


def _jpeg_rgb(ink, random):
    return _jpeg(_rgb(ink, random), quality=int(random.integers(40, 95)), subsampling=int(random.integers(3)))


def _jpeg_rgb_progressive(ink, random):
    return _jpeg(_rgb(ink, random), quality=70, progressive=True)


def _jpeg_turned(ink, random, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return _jpeg(_rgb(ink, random).transpose(TURNS[orientation]), quality=75, exif=exif)


def _png(image, **options):
    return _encoded(image, "PNG", optimize=True, **options)


def _jpeg(image, **options):
    return _encoded(image, "JPEG", **options)


def _encoded(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


KINDS = [
    _png_grey_dark_on_light, _png_grey_light_on_dark, _png_grey_faint, _png_rgb, _png_rgba, _png_rgba_translucent,
    _png_grey_alpha, _png_palette, _png_palette_transparent, _png_transparent_colour, _png_one_bit, _jpeg_grey,
    _jpeg_rgb, _jpeg_rgb_progressive,
]
LIGHT_INK_KINDS = [_png_rgba_light, _png_grey_alpha_light, _png_palette_light, _webp_rgba_light]
