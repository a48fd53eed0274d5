"""Images of runs: arrays and Pillow images to files, and the names that charts of images go by.

numpy and Pillow are loaded when an image is logged, never before. What becomes of the files is not
this module's business.
"""

from __future__ import annotations

import posixpath
import re
import sys
import uuid
import warnings
from pathlib import Path
from typing import Any

from milepost.exceptions import MlflowException

FOLDER = "images"
TABLE_FOLDER = "table_images"
LOGGED_TAG = "mlflow.loggedImages"
# The longer side of the small copy that pages show.
SMALL_PIXELS = 256
KEY = re.compile(r"[A-Za-z0-9_\-./ ]+")
KINDS = "numpy.ndarray, PIL.Image.Image, and milepost.Image"


class Image:
    """An image for `log_image` and for the cells of `log_table`.

    Takes a numpy array, a Pillow image, nested lists, or the path of a file.
    """

    def __init__(self, image: Any) -> None:
        if isinstance(image, str | Path):
            self.image = pillow().open(image)
        elif isinstance(image, list):
            self.image = pillow_of(numpy().array(image))
        else:
            self.image = pillow_of(image)
        self.size = self.image.size

    def to_pil(self) -> Any:
        return self.image

    def to_array(self) -> Any:
        return numpy().array(self.image)

    def to_list(self) -> list[Any]:
        found: list[Any] = self.to_array().tolist()
        return found

    def save(self, path: str | Path) -> None:
        self.image.save(path)

    def resize(self, size: tuple[int, int]) -> Image:
        """A copy of (width, height) pixels."""
        return Image(self.image.resize(size))


def numpy() -> Any:
    try:
        import numpy as np
    except ImportError as error:
        raise MlflowException("Images of lists and arrays need numpy: pip install numpy") from error
    return np


def pillow() -> Any:
    try:
        import PIL.Image
    except ImportError as error:
        raise MlflowException("log_image needs Pillow: pip install pillow") from error
    return PIL.Image


def is_image(value: Any) -> bool:
    """Whether a table's cell is an image; loads nothing."""
    loaded = sys.modules.get("PIL.Image")
    return isinstance(value, Image) or (loaded is not None and isinstance(value, loaded.Image))


def pillow_of(image: Any) -> Any:
    """A Pillow image of an array (H, W), (H, W, 1), (H, W, 3) or (H, W, 4), or of an image.

    Integers are 0 to 255, floats 0 to 1; floats beyond are scaled, with a warning. Raises TypeError
    and ValueError.
    """
    if isinstance(image, Image):
        return image.image
    if is_image(image):
        return image
    if not hasattr(image, "__array__"):
        raise TypeError(
            f"Unsupported image object type: {type(image)}. `image` must be one of {KINDS}."
        )
    np = numpy()
    array = np.asarray(image)
    if array.ndim not in (2, 3):
        raise ValueError(f"`image` must be a 2D or 3D array but got image shape: {array.shape}")
    if array.ndim == 3 and array.shape[2] not in (1, 3, 4):
        raise ValueError(f"Invalid channel length: {array.shape[2]}. Must be one of [1, 3, 4]")
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    return pillow().fromarray(bytes_of(np, array))


def bytes_of(np: Any, array: Any) -> Any:
    """The array as uint8."""
    if array.dtype.kind == "b":
        return array.astype(np.uint8) * 255
    if array.size == 0 or array.dtype.kind not in "iuf":
        raise TypeError(f"An image of {array.dtype} with shape {array.shape} cannot be stored.")
    low, high = array.min(), array.max()
    if array.dtype.kind in "iu":
        if low < 0 or high > 255:
            raise ValueError(
                "Integer pixel values out of acceptable range [0, 255]. Found minimum value"
                f" {low} and maximum value {high}. Ensure all pixel values are within the"
                " specified range."
            )
        return array.astype(np.uint8)
    if not (np.isfinite(low) and np.isfinite(high)):
        raise ValueError("The image holds NaN or infinite values.")
    if low < 0 or high > 1:
        warnings.warn(
            "Float pixel values out of acceptable range [0.0, 1.0]. Found minimum value"
            f" {low} and maximum value {high}. They are scaled.",
            stacklevel=2,
        )
        array = (array - low) / ((high - low) or 1)
    return (array * 255).astype(np.uint8)


def small_copy(image: Any) -> Any:
    width, height = image.size
    longer = max(width, height)
    size = (
        max(1, width * SMALL_PIXELS // longer), max(1, height * SMALL_PIXELS // longer)
    )  # fmt: skip
    return image.resize(size)


def chart_names(key: str, step: int, timestamp: int) -> tuple[str, str]:
    """Of the image and of its small copy, in `images/`; ValueError for a key that cannot be."""
    if not KEY.fullmatch(key):
        raise ValueError(
            "The `key` parameter may only contain alphanumerics, underscores (_), dashes (-),"
            f" periods (.), spaces ( ), and slashes (/). The provided key `{key}` contains invalid"
            " characters."
        )
    name = f"{key.replace('/', '~')}+step+{step}+timestamp+{timestamp}+{uuid.uuid4()}"
    return f"{name}.png", f"{name}+compressed.webp"


def cell_names(artifact_file: str) -> tuple[str, str, str]:
    """For an image in a table: its folder, and the names of the image and its small copy."""
    folder = posixpath.join(TABLE_FOLDER, posixpath.splitext(artifact_file)[0])
    name = str(uuid.uuid4())
    return folder, f"{name}.png", f"{name}.webp"


def save_both(image: Any, folder: Path, names: tuple[str, str]) -> None:
    image.save(folder / names[0])
    small_copy(image).save(folder / names[1])
