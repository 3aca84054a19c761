"""Pictures of digits to train and to test on: drawn from stroke templates, or made from the 8 × 8 UCI digits.

Every function takes a numpy random generator, so a picture is a function of its seed. Pictures are uint8
[height, width], grey, dark on light or light on dark.
"""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

POINTS_PER_CURVE = 14  # between two control points
FILTERS = [Image.Resampling.NEAREST, Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS]


def draw_style(style, random):
    """A style, as some hand would draw it and some camera see it → picture."""
    return photograph(ink_of_style(style, random), random)


def ink_of_style(style, random):
    """A style's strokes, as one person would draw them this time → ink uint8 [height, width]."""
    strokes = _affine(_wobbled([_trace_stroke(stroke, random) for stroke in style], random), random)
    height = int(random.integers(36, 150))
    pen = height * random.choice([random.uniform(.04, .12), random.uniform(.08, .2), random.uniform(.16, .25)])
    return render_strokes(strokes, height, pen, random)


def draw_uci(pixels, random):
    """A UCI digit, [8, 8] of 0–16 → larger, turned, sheared, thicker or thinner, photographed → picture."""
    side = int(random.integers(24, 110))
    ink = Image.fromarray(uci_ink(pixels)).resize((side, side), FILTERS[random.integers(4)])
    margin = int(side * random.uniform(.1, .5))
    canvas = Image.new("L", (side + 2 * margin, side + 2 * margin))
    canvas.paste(ink, (margin, margin))
    canvas = _turned(canvas, random)
    if side > 40 and random.random() < .35:
        stroke_filter = ImageFilter.MaxFilter if random.random() < .6 else ImageFilter.MinFilter
        canvas = canvas.filter(stroke_filter(int(random.choice([3, 5]))))
    ink = 255 * (np.asarray(canvas) / 255) ** random.uniform(.55, 1.6)
    return photograph(ink.astype(np.uint8), random)


def uci_ink(pixels):
    """[8, 8] of 0–16 → uint8 ink, 0 paper to 255 full."""
    return np.rint(pixels * (255 / 16)).astype(np.uint8)


def photograph(ink, random):
    """Ink uint8 [height, width] on some paper, by some camera: shades, polarity, blur, noise, JPEG → picture."""
    paper, darkness = random.uniform(0, 70), random.uniform(110, 255)
    levels = paper + (ink / 255) * (min(darkness, 255 - paper))
    if random.random() < .3:
        height, width = ink.shape
        down, across = random.uniform(-25, 25, size=2)  # grey levels from edge to edge
        levels = levels + down * np.linspace(-.5, .5, height)[:, None] + across * np.linspace(-.5, .5, width)
    if random.random() < .35:
        levels = levels + random.normal(0, random.uniform(1, 9), size=ink.shape)
    picture = np.clip(levels if random.random() < .5 else 255 - levels, 0, 255).astype(np.uint8)
    if random.random() < .25:
        blurred = Image.fromarray(picture).filter(ImageFilter.GaussianBlur(random.uniform(.3, .03 * min(ink.shape))))
        picture = np.asarray(blurred)
    return _through_jpeg(picture, random) if random.random() < .25 else picture


def render_strokes(strokes, height, pen, random):
    """Strokes in a box of 1 × 1 → ink uint8, the digit `height` and the round pen `pen` pixels, margins."""
    everything = np.concatenate(strokes)
    low, span = everything.min(axis=0), np.ptp(everything, axis=0)
    scale = height / max(span[1], span[0] * .6)
    margins = pen + random.uniform(1, height * .6, size=(2, 2))
    size = np.ceil(span * scale + margins.sum(axis=0)).astype(int)
    placed = [(stroke - low) * scale + margins[0] for stroke in strokes]
    return draw_with_round_pen(placed, tuple(size), pen, smooth=random.random() < .85)


def draw_with_round_pen(strokes, size, pen, smooth=True):
    """Strokes in pixels → ink uint8 [height, width], as a canvas draws them with round caps and joins."""
    factor = 3 if smooth else 1
    image = Image.new("L", (size[0] * factor, size[1] * factor))
    draw = ImageDraw.Draw(image)
    radius = pen * factor / 2
    for stroke in strokes:
        points = [(x * factor, y * factor) for x, y in stroke]
        draw.line(points, fill=255, width=max(1, round(2 * radius)))
        for x, y in points:
            draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=255)
    return np.asarray(image.reduce(factor) if smooth else image)


def _trace_stroke(segments, random):
    """Control points, each a little off → points along the stroke [n, 2]."""
    sloppiness = random.uniform(.005, .045)
    parts = []
    for kind, points in segments:
        points = np.array(points) + random.normal(0, sloppiness, size=(len(points), 2))
        parts.append(_catmull_rom(points) if kind == "curve" else _interpolated(points))
    return np.concatenate(parts)


def _interpolated(points):
    steps = np.linspace(0, len(points) - 1, POINTS_PER_CURVE * (len(points) - 1) + 1)
    return np.stack([np.interp(steps, np.arange(len(points)), points[:, axis]) for axis in (0, 1)], axis=1)


def _catmull_rom(points):
    """Smooth curve through all points (centripetal form left out: the points are evenly spaced enough)."""
    padded = np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])
    before, start, end, after = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    t = np.linspace(0, 1, POINTS_PER_CURVE)[:, None, None]
    curve = .5 * (2 * start + (end - before) * t + (2 * before - 5 * start + 4 * end - after) * t**2
                  + (3 * start - before - 3 * end + after) * t**3)
    return curve.transpose(1, 0, 2).reshape(-1, 2)


def _wobbled(strokes, random):
    """Bends the whole plane gently (sum of three waves), then shakes the hand along each stroke."""
    strength = random.uniform(0, .035)
    directions, phases = random.uniform(-7, 7, size=(3, 2)), random.uniform(0, 6.28, size=3)
    waves = list(zip(directions, phases, random.normal(0, strength, size=(3, 2))))
    tremble = random.uniform(0, .012)
    result = []
    for stroke in strokes:
        bend = sum(np.sin(stroke @ direction + phase)[:, None] * shift for direction, phase, shift in waves)
        shake = np.cumsum(random.normal(0, tremble * .35, size=stroke.shape), axis=0)
        shake -= np.linspace(0, 1, len(shake))[:, None] * shake[-1]
        result.append(stroke + bend + shake)
    return result


def _affine(strokes, random):
    """Width, slant and turn of the handwriting."""
    angle, shear = np.radians(random.normal(0, 6.5)), random.normal(.08, .2)
    width = random.uniform(.45, 1.15)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    shape = np.array([[width, 0], [-np.clip(shear, -.4, .55), 1]])
    return [(stroke - .5) @ shape @ turn for stroke in strokes]


def _turned(image, random):
    angle, shear = np.radians(random.normal(0, 6)), random.normal(0, .14)
    width, height = image.size
    stretch = random.uniform(.8, 1.25)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    matrix = np.array([[stretch, shear], [0, 1]]) @ turn
    centre = np.array([width, height]) / 2
    shift = centre - matrix @ centre
    coefficients = (*matrix[0], shift[0], *matrix[1], shift[1])
    return image.transform(image.size, Image.Transform.AFFINE, coefficients, Image.Resampling.BICUBIC)


def _through_jpeg(picture, random):
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=int(random.integers(25, 90)))
    return np.asarray(Image.open(buffer))
