"""Mutants that somebody looked at and that change nothing anybody could see, each with the reason.

They count as survivors all the same; the last line of `mutants.py` gives the score without them, too.
"""

from __future__ import annotations

_ROWS = "office/xlsx/sheet_rows.py"
_FORMULAS = "office/xlsx/sheet_formulas.py"
_FORMATS = "office/xlsx/cell_formats.py"
_MARKUP = "office/xlsx/markup.py"
_START = "a search from before the start begins at the start"
_GROUP = "group 1 of a start tag holds all its attributes"
_QUICK = "a quick look that is only to save time; the exact one follows"

_MARKUP_TAIL = "  # the only one stands at the start and tells the version"
_MASKED = "to blank out the line that tells the version changes nothing"

# The module and the changed line.
REASONS: dict[tuple[str, str], str] = {
    (_ROWS, 'for tag in start_tag(self.prefix, b"col").finditer(self.seen, (-1), self.data_tag):'): _START,
    (
        _ROWS,
        'closing = end_tag(self.prefix, b"sheetData").match(self.seen, max(self.data_end, (-1)))',
    ): _START,
    (_ROWS, 'closing = end_tag(self.prefix, b"row").match(self.seen, max(content_end, (-1)))'): _START,
    (_ROWS, "before, column = column, _column(tag[(1)], column)"): _GROUP,
    (_ROWS, "told = attributes(tag[(1)])"): _GROUP,
    (_ROWS, "if (letters):"): _QUICK,
    (_FORMULAS, 'if rows.seen.find(b"shared", start, content_end) < (-1):'): _QUICK,
    (_FORMULAS, "if (rows.seen.find(b'shared', start, content_end) <= 0):"): _QUICK,
    (_FORMULAS, "told = attributes(tag[(1)])"): _GROUP,
    (_FORMULAS, "if not closes_itself(tag[(1)]):"): "what closes itself has no end tag to be found",
    (_FORMATS, "return (), (-1)"): "where there are no formats nothing is added",
    (_FORMATS, "return (), (1)"): "where there are no formats nothing is added",
    (_FORMATS, "if (not self._added and tag is None):"): "what was added stands in a list that was found",
    (
        _FORMATS,
        'number = attributes(form[: form.index(b">") + (0)]).get(b"numFmtId", b"0")',
    ): "the bracket is no attribute",
    (
        "office/xlsx/obstacles.py",
        "return [area for area in areas if (area.top <= bottom or area.bottom >= top)]",
    ): ("areas of other rows bar no cell of these"),
    (
        "office/xlsx/package.py",
        "ends = dict(zip(starts, [*starts[1:], directory], strict=False))",
    ): "both lists are as long",
    ("office/xlsx/package.py", "_HAS_DESCRIPTOR = (9)"): "what is encrypted was refused before",
    ("office/xlsx/row_xml.py", 'first, _, last = told[(-1)].partition(b":")'): "the list has one member",
    ("office/xlsx/row_styles.py", "pass"): "an empty dict is one without being made so",
    (_MARKUP, f"if b\"<!\" not in xml and (xml.rfind(b'<?') < 0):{_MARKUP_TAIL}"): _MASKED,
    (_MARKUP, f'if b"<!" not in xml and xml.rfind(b"<?") <= (-1):{_MARKUP_TAIL}'): _MASKED,
    (
        _MARKUP,
        f'if b"<!" not in xml and xml.rfind(b"<?") <= (1):{_MARKUP_TAIL}',
    ): "no part has `<?` as its second sign",
    ("office/folder/disk.py", "_CHUNK = (2) << 20"): "the file is read to its end in any case",
    ("office/folder/disk.py", "_CHUNK = 1 << (21)"): "the file is read to its end in any case",
    ("office/folder/disk.py", "_CHUNK = 1 << (19)"): "the file is read to its end in any case",
    (
        "office/folder/backups.py",
        "left: int = (1)  # cells of workbooks that were open, which were changed since and left alone",
    ): ("nobody makes one without it"),
    (
        "office/folder/backups.py",
        "left: int = (-1)  # cells of workbooks that were open, which were changed since and left alone",
    ): ("nobody makes one without it"),
}
