"""What COM and UNO need for a call: values, an error as Excel raises it, and named arguments."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from xlwings_calc.program import Uno, load_uno

Value: TypeAlias = str | float | bool | datetime | Decimal | None
Place: TypeAlias = tuple[int, int]  # row and column inside the block, from 0


class ComError(Exception):
    """What Excel refuses; pywin32 raises pywintypes.com_error, which is made of the same four arguments."""

    def __init__(self, told: str, hresult: int = -2147352567) -> None:
        self.hresult, self.strerror, self.argerror = hresult, "Exception occurred.", None
        self.excepinfo = (0, "Microsoft Excel", told, None, 0, -2146827284)
        super().__init__(self.hresult, self.strerror, self.excepinfo, self.argerror)


class com_errors:  # noqa: N801 - used like a function
    """Turn what UNO refuses into what COM raises; its exceptions cannot pass through contextlib's own managers."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, reason: object, trace: object) -> None:
        if kind is not None and issubclass(kind, load_uno().getClass("com.sun.star.uno.Exception")):
            raise ComError(f"{kind.__name__}: {reason}") from None


def load_properties(**named: object) -> tuple[Uno, ...]:
    """Name arguments as UNO wants them."""
    made = []
    for name, value in named.items():
        each = load_uno().createUnoStruct("com.sun.star.beans.PropertyValue")
        each.Name, each.Value = name, value
        made.append(each)
    return tuple(made)
