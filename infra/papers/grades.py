"""What scanners and phones do to a sheet: turned, seen from the side, unevenly lit, blurred, noisy, packed as JPEG."""

import math
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

type Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Grade:
    """One way of copying.

    Attributes:
        skew: degrees, to either side.
        noise: standard deviation in grey levels.
        quality: of the JPEG.
        blur: radius in pixels at 200 dpi.
        shade: share of the light that is missing in the darkest corner.
        lean: share of the width that the upper edge seems shorter.
        dpi: resolution of the picture.
        states_dpi: whether the file says so; a phone does not.
    """

    skew: float = 0.0
    noise: float = 2.0
    quality: int = 92
    blur: float = 0.2
    shade: float = 0.0
    lean: float = 0.0
    dpi: int = 200
    states_dpi: bool = True


GRADES: Final = {
    "clean": Grade(),
    "typical": Grade(skew=1.3, noise=6, quality=75, blur=0.45),
    "hard": Grade(skew=2.8, noise=13, quality=45, blur=0.85, shade=0.25),
    "phone": Grade(skew=1.8, noise=7, quality=65, blur=0.6, shade=0.42, lean=0.02, dpi=175, states_dpi=False),
}


def copied(sheet: Image.Image, grade: Grade, seed: int) -> tuple[bytes, Matrix]:
    """A sheet as JPEG, and the matrix that takes a place on the picture to its place on the sheet."""
    random = np.random.default_rng(seed)
    matrix = _seen(sheet.size, grade, int(random.choice((1, -1))))
    picture = sheet
    if grade.skew or grade.lean:
        picture = sheet.transform(
            sheet.size, Image.Transform.PERSPECTIVE, tuple(matrix.ravel()[:8]), Image.Resampling.BICUBIC,
            fillcolor=(238, 236, 232) if grade.lean else (255, 255, 255),
        )  # fmt: skip
    pixels = np.asarray(picture, np.float32)
    if grade.shade:
        height, width = pixels.shape[:2]
        light = 1 - grade.shade * (
            np.linspace(0, 0.6, width, dtype=np.float32)[None, :]
            + np.linspace(0, 0.4, height, dtype=np.float32)[:, None]
        )
        pixels = pixels * light[:, :, None]
    noise = random.standard_normal(pixels.shape[:2], np.float32)[:, :, None] * np.float32(grade.noise)
    made = Image.fromarray(np.clip(pixels * np.float32(0.97) + noise, 0, 255).astype(np.uint8))
    out = BytesIO()
    stated = {"dpi": (grade.dpi, grade.dpi)} if grade.states_dpi else {}
    made.filter(ImageFilter.GaussianBlur(grade.blur * grade.dpi / 200)).save(
        out, "JPEG", quality=grade.quality, **stated
    )
    return out.getvalue(), matrix


def _seen(size: tuple[int, int], grade: Grade, side: int) -> Matrix:
    width, height = size
    angle = math.radians(grade.skew * side)
    middle = np.array([[1, 0, width / 2], [0, 1, height / 2], [0, 0, 1]])
    turn = np.array([[math.cos(angle), -math.sin(angle), 0], [math.sin(angle), math.cos(angle), 0], [0, 0, 1.0]])
    leaning = np.eye(3)
    if grade.lean:
        leaning[2, 1] = -grade.lean * 2 / height * side
        leaning[0, 0] = leaning[1, 1] = 1.04
    matrix: Matrix = middle @ turn @ leaning @ np.linalg.inv(middle)
    matrix /= matrix[2, 2]
    return matrix
