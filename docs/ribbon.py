"""Draw the tab 客户服务 from macros/ribbon.xml as a picture: a sketch, since no Excel can be photographed here.

Usage: ribbon.py FILE.png. The icons are our own; Excel shows its own above the same words.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree
from to_pdf import print_html

RIBBON = Path(__file__).resolve().parents[1] / "macros" / "ribbon.xml"
NAME = "{http://schemas.microsoft.com/office/2009/07/customui}"
BUTTON, GAP, TABS, HEIGHT = 84, 14, 30, 158
OTHER_TABS = ("文件", "开始", "插入", "页面布局", "公式", "数据", "审阅", "视图")
PLAIN = {"text_anchor": "middle", "font_family": "Noto Sans CJK SC", "font_size": 15, "fill": "#222222"}
OWN = {"fill": "#217346", "font_weight": "bold"}
STROKE = 'fill="none" stroke="#217346" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"'
# What each icon of Excel shows, in a square of 32; a button with another icon gets its first word.
ICONS = {
    "DataValidationCircleInvalid": "M4 9h17v17H4z M8 17l4 4 8-11 M24 24l6 6 M30 24l-6 6",
    "CalendarToolSelectDate": "M4 7h24v21H4z M4 13h24 M10 4v5 M22 4v5 M11 20l3 3 6-6",
    "ChartInsert": "M4 4v24h25 M10 27v-9 M16 27V12 M22 27v-6 M28 27V8",
    "MailMergeStartLetters": "M3 8h26v17H3z M3 8l13 10L29 8",
    "WhatIfAnalysisMenu": "M4 5h24v22H4z M4 12h24 M4 19h24 M12 5v22 M20 5v22",
    "Undo": "M11 6l-7 7 7 7 M4 13h15a8 7 0 0 1 0 14h-5",
    "FileOpen": "M3 26V7h9l3 4h12v4 M3 26l5-11h22l-5 11z",
    "Help": "M16 3a13 13 0 1 0 .1 0z M12 13a4 4 0 1 1 5 4c-1 .5-1 1.500-1 3 M16 24v.5",
}


@dataclass(frozen=True)
class Group:
    """A group of the tab: its words below, and its buttons as label and icon."""

    label: str
    buttons: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, group: etree._Element) -> Group:
        """Read it from the ribbon's XML."""
        buttons = group.iter(f"{NAME}button")
        return cls(
            group.get("label", ""),
            tuple((each.get("label", ""), each.get("imageMso", "")) for each in buttons),
        )

    @property
    def width(self) -> int:
        """Return the width in pixels."""
        return BUTTON * len(self.buttons) + GAP


def main(picture: Path) -> None:
    """Draw it, and take the picture of the printed page."""
    width, drawing = drawn(*read())
    with tempfile.TemporaryDirectory() as place:
        svg, pdf = Path(place) / "ribbon.svg", Path(place) / "ribbon.pdf"
        svg.write_text(drawing, encoding="utf-8")
        size = f"{width / 96 + 0.1:.2f}in {HEIGHT / 96 + 0.3:.2f}in"  # too narrow a page would push it onto the next
        page = f"@page {{ size: {size}; margin: 0.05in }} p {{ margin: 0 }}"
        print_html(f'<p><img src="{svg.as_uri()}" width="{width}" height="{HEIGHT}"></p>', page, pdf)
        subprocess.run(
            ["pdftoppm", "-r", "110", "-png", "-singlefile", "-l", "1", pdf, picture.with_suffix("")],
            check=True,
        )


def read() -> tuple[str, list[Group]]:
    """Return the tab's name and its groups."""
    (tab,) = etree.parse(RIBBON).getroot().iter(f"{NAME}tab")
    return tab.get("label", ""), [Group.read(group) for group in tab.iter(f"{NAME}group")]


def drawn(label: str, groups: list[Group]) -> tuple[int, str]:
    """Draw the tab's name among Excel's own, its groups and the word 示意图; return the width in pixels and the SVG."""
    parts, left, right = [], GAP, sum(group.width for group in groups) + 2 * GAP
    for word in (*OTHER_TABS, label):
        own = word == label
        parts.append(text(left, 21, word, text_anchor="start", **(OWN if own else {})))
        wide = 15 * len(word)
        if own:
            parts.append(f'<rect x="{left}" y="{TABS - 4}" width="{wide}" height="3" fill="#217346"/>')
        left += wide + 22
    width = max(right, left) + 70
    parts.append(text(width - GAP, 21, "示意图", text_anchor="end", fill="#b00020", font_weight="bold"))
    left = GAP
    for group in groups:
        parts.append(one_group(group, left))
        left += group.width
    parts.insert(0, f'<rect width="{width}" height="{HEIGHT}" fill="#f3f3f3"/>')
    parts.insert(
        1, f'<rect y="{TABS}" width="{width}" height="{HEIGHT - TABS}" fill="#ffffff" stroke="#d0d0d0"/>'
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}">'
    return width, "\n".join([head, *parts, "</svg>"])


def one_group(group: Group, left: int) -> str:
    """Draw the buttons, the group's words below, and the line to its right."""
    parts = []
    for place, (label, icon) in enumerate(group.buttons):
        middle = left + BUTTON * place + BUTTON // 2
        parts += [picture(icon, label, middle), text(middle, TABS + 70, label, font_size=15)]
    parts.append(
        text(left + group.width // 2 - GAP // 2, HEIGHT - 10, group.label, font_size=12, fill="#777777")
    )
    line = left + group.width - GAP // 2
    parts.append(f'<line x1="{line}" y1="{TABS + 8}" x2="{line}" y2="{HEIGHT - 8}" stroke="#d0d0d0"/>')
    return "\n".join(parts)


def picture(icon: str, label: str, middle: int) -> str:
    """Draw the icon, or the first word of the label in its place."""
    if icon not in ICONS:
        return text(middle, TABS + 42, label[0], font_size=28, **OWN)
    return f'<path transform="translate({middle - 16} {TABS + 12})" d="{ICONS[icon]}" {STROKE}/>'


def text(x: int, y: int, words: str, **look: object) -> str:
    """Write words at a place, their middle there unless `look` says otherwise."""
    attributes = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in (PLAIN | look).items())
    return f'<text x="{x}" y="{y}" {attributes}>{escape(words)}</text>'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
