"""Do two pictures look the same? Another kind of processor may round the edge of a letter otherwise."""

from __future__ import annotations

import io

_NEAR = 16  # levels of 256 that a colour of a dot may differ by


def same_picture(one: bytes, other: bytes) -> bool:
    """Whether two .png are as large as each other and no dot differs to the eye."""
    from PIL import Image, ImageChops, UnidentifiedImageError  # only who compares waits for it

    try:
        with Image.open(io.BytesIO(one)) as a, Image.open(io.BytesIO(other)) as b:
            if a.size != b.size or a.mode != b.mode:
                return False
            apart = ImageChops.difference(a.convert("RGBA"), b.convert("RGBA"))
            furthest = max(apart.tobytes(), default=0)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return False
    return furthest <= _NEAR
