"""Where the macros of the ribbon call in: `addin.check()` clicks the button of that name. Installed add-ins rely on it.

What a click does stands in `frontends.ribbon`; which buttons there are, in `actions`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from dealer_xl.actions import Place, actions_in


def __getattr__(name: str) -> Callable[[], None]:
    """Return the function of a button."""
    from dealer_xl.frontends.ribbon import click  # noqa: PLC0415 - a name that is no button's needs none of it

    for action in actions_in(Place.BUTTON):
        if action.name == name:
            return partial(click, action)
    raise AttributeError(name)
