"""Everything that repeats the buttons, made from the table of actions: ribbon, macros, and the tables in the docs.

`make build` writes them: python -m dealer_xl.frontends.button_files HOUSE
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

from dealer_xl.actions import TAB, TAB_KEY, Action, Group, Look, Place, actions_in

_RIBBON_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui">
  <ribbon>
    <tabs>
"""
_RIBBON_FOOT = """\
    </tabs>
  </ribbon>
</customUI>
"""
_MACROS_HEAD = """\
Attribute VB_Name = "DealerRibbon"
Option Explicit

' One line a button: each calls the function of dealer_xl/addin.py that bears its name.
' The ribbon hands over the clicked control; Alt+F8, a key and Calc hand over nothing, so it is optional.
' It is As Object, since only Excel knows IRibbonControl.
' ASCII only: VBA source is kept in the code page of the machine, Chinese belongs into ribbon.xml and Python.
"""
_MACRO = """
Public Sub {macro}(Optional control As Object)
    RunPython "from dealer_xl import addin; addin.{name}()"
End Sub
"""
BEGIN, END = "<!-- buttons: written by `make build` -->\n", "<!-- end of buttons -->\n"


def buttons() -> Iterator[tuple[Action, Look]]:
    """Yield the actions that are buttons, in their order, each with its look.

    Raises ValueError when one has no look.
    """
    for action in actions_in(Place.BUTTON):
        if action.look is None:
            raise ValueError(f"the button {action.name} has no look")
        yield action, action.look


def ribbon() -> str:
    """Return macros/ribbon.xml, as Excel from 2010 on reads it."""
    tab = f'      <tab id="dealerTab" label={quoteattr(TAB)} keytip={quoteattr(TAB_KEY)}>\n'
    return f"{_RIBBON_HEAD}{tab}{''.join(map(_group, Group))}      </tab>\n{_RIBBON_FOOT}"


def _group(group: Group) -> str:
    inside = "".join(_button(action, look) for action, look in buttons() if look.group is group)
    head = f'        <group id="dealer{group.name.title()}" label={quoteattr(group.value)}>\n'
    return f"{head}{inside}        </group>\n"


def _button(action: Action, look: Look) -> str:
    attributes = {
        "id": f"dealer{action.name.title()}",
        "label": action.label,
        "size": look.size,
        "imageMso": look.icon,
        "keytip": look.key_tip,
        "onAction": _macro_name(action),
        "screentip": action.sentence,
        "supertip": look.tip,
    }
    words = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return f"          <button {words}/>\n"


def macros() -> str:
    """Return macros/dealer_ribbon.bas, in ASCII."""
    return _MACROS_HEAD + "".join(
        _MACRO.format(macro=_macro_name(action), name=action.name) for action, _ in buttons()
    )


def _macro_name(action: Action) -> str:
    return f"Dealer{action.name.title()}"


def readme(before: str) -> str:
    """Return the README with its table of buttons as they are today.

    Raises ValueError when it has no place for them.
    """
    rows = [f"| {action.label} | {action.sentence}。{look.tip} |\n" for action, look in buttons()]
    return _between_marks(before, "".join(["| 按钮 | 做什么 |\n|---|---|\n", *rows]))


def checklist(before: str) -> str:
    """Return docs/excel-checklist.md with its table of buttons as they are today.

    Raises ValueError when it has no place for them.
    """
    rows = [
        f"| {look.group.value} | {action.label} | Alt, {TAB_KEY}, {look.key_tip} | {look.icon} | {action.sentence} |\n"
        for action, look in buttons()
    ]
    return _between_marks(
        before, "".join(["| Group | Button | Keys | Picture | Tip |\n|---|---|---|---|---|\n", *rows])
    )


def _between_marks(before: str, table: str) -> str:
    head, begin, rest = before.partition(BEGIN)
    _, end, foot = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"nowhere between {BEGIN!r} and {END!r}")
    return f"{head}{BEGIN}{table}{END}{foot}"


FILES: Mapping[str, Callable[[str], str]] = {
    "macros/ribbon.xml": lambda _: ribbon(),
    "macros/dealer_ribbon.bas": lambda _: macros(),
    "README.md": readme,
    "docs/excel-checklist.md": checklist,
}
"""Each file that repeats the buttons, and what it must hold, given what it holds."""


def main(house: Path) -> None:
    """Write all of them anew."""
    for name, content in FILES.items():
        file = house / name
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(content(before), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
