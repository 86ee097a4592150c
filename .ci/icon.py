"""Draw the program's icon: a sheet with a heading and a tick, in the sizes that Windows shows."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

SIZES = (16, 20, 24, 32, 48, 64, 128, 256)
_SIDE = 1024  # drawn once, large
_BLUE, _WHITE, _PALE, _GREEN = "#1f5fa8", "#ffffff", "#c9dcf2", "#23a55a"


def icon() -> bytes:
    """Return an .ico file; each size is an ordinary bitmap, as the maker of installers asks for."""
    large = drawn()
    sizes = [large.resize((side, side), Image.Resampling.LANCZOS) for side in SIZES]
    file = io.BytesIO()
    sizes[-1].save(
        file,
        format="ICO",
        sizes=[(side, side) for side in SIZES],
        append_images=sizes[:-1],
        bitmap_format="bmp",
    )
    return file.getvalue()


def drawn() -> Image.Image:
    """Draw it."""
    picture = Image.new("RGBA", (_SIDE, _SIDE))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((32, 32, 992, 992), radius=180, fill=_BLUE)
    pen.rounded_rectangle((208, 192, 816, 832), radius=48, fill=_WHITE)
    pen.rounded_rectangle((208, 192, 816, 336), radius=48, fill=_PALE)
    for top in (432, 560, 688):
        pen.rounded_rectangle((288, top, 736, top + 48), radius=24, fill=_PALE)
    pen.ellipse((560, 560, 944, 944), fill=_GREEN, outline=_WHITE, width=36)
    pen.line(((650, 760), (730, 840), (860, 680)), fill=_WHITE, width=64, joint="curve")
    return picture
