"""A person's photo, cut and scaled for the box that it is printed in."""

import io
from typing import IO

from PIL import Image, ImageOps

from printing.refusals import UnreadablePhoto

_MAX_PIXELS = 50_000_000
_PRINT_DPI = 400
_JPEG_QUALITY = 90


def fitted_jpeg(photo: bytes, width_mm: float, height_mm: float) -> bytes:
    """`photo` (PNG or JPEG, turned as its EXIF says) cut around its middle to the box's proportions, as JPEG
    of print resolution.

    Raises UnreadablePhoto for anything else, for a cut-off file and for more than 50 million pixels. No
    metadata is kept.
    """
    size = (round(width_mm / 25.4 * _PRINT_DPI), round(height_mm / 25.4 * _PRINT_DPI))
    picture = ImageOps.fit(_decoded(io.BytesIO(photo)), size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()


def _decoded(file: IO[bytes]) -> Image.Image:
    try:
        with Image.open(file, formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                raise UnreadablePhoto("too many pixels")
            return _on_white(ImageOps.exif_transpose(picture))
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise UnreadablePhoto(type(error).__name__) from error


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    whole = picture.convert("RGBA")
    paper = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(paper, whole).convert("RGB")
