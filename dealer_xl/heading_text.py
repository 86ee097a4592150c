"""The form in which two headings, sheet names or words of a list are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dealer_xl.simplified import SIMPLIFIED, TRADITIONAL

_TO_SIMPLIFIED = str.maketrans(TRADITIONAL, SIMPLIFIED)
_DECORATION = re.compile(r"[\s*※★]|:$")


def simplified(text: str) -> str:
    """Return a text with simplified characters for traditional ones."""
    return text.translate(_TO_SIMPLIFIED)


@lru_cache(maxsize=4096)
def normal(heading: str) -> str:
    """Return a heading without width, case, script and decoration."""
    text = unicodedata.normalize("NFKC", heading).translate(_TO_SIMPLIFIED).casefold()
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return _DECORATION.sub("", _DECORATION.sub("", seen))
