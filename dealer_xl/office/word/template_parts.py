"""A template's package made ready before its fields are looked at: no comments, no changes that wait to be accepted."""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from dealer_xl.office.word.template_faults import TrackedChangesError
from dealer_xl.office.word.word_package import CONTENT_TYPES, PLACES, W, parsed, text_parts, written

_CHANGES = frozenset(
    f"{W}{name}"
    for name in (
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "cellIns",
        "cellDel",
        "cellMerge",
        "numberingChange",
        "delText",
    )
)
_MARKS = tuple(f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))
_OF_COMMENTS = re.compile(r"/(?:comments\w*|people)$", re.IGNORECASE)  # the types of the parts' relationships


def made_ready(name: str, parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts without comments, which are the shop's own and reach no letter.

    Raises TrackedChangesError.
    """
    ready = dict(parts)
    for path, kind in text_parts(parts).items():
        root = parsed(parts[path])
        if any(
            element.tag in _CHANGES or str(element.tag).endswith("Change") for element in root.iter(f"{W}*")
        ):
            raise TrackedChangesError(name, PLACES[kind])
        marks = list(root.iter(*_MARKS))
        for mark in marks:
            mark.getparent().remove(mark)  # type: ignore[union-attr]  # a mark is never the root
        if marks:
            ready[path] = written(root)
        _drop_comments(ready, path)
    return ready


def _drop_comments(parts: dict[str, bytes], path: str) -> None:
    """Take a part's comments, and the list of who wrote them, out of the package."""
    folder, name = posixpath.split(path)
    place = f"{folder}/_rels/{name}.rels"
    relations = parsed(parts[place]) if place in parts else None
    if relations is None:
        return
    gone = [relation for relation in relations if _OF_COMMENTS.search(relation.get("Type", ""))]
    targets = {
        posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))) for relation in gone
    }
    if not gone:
        return
    types = parsed(parts[CONTENT_TYPES])
    _remove(gone)
    _remove([entry for entry in types if entry.get("PartName") in targets])
    parts[place], parts[CONTENT_TYPES] = written(relations), written(types)
    for target in targets:
        parts.pop(target.lstrip("/"), None)


def _remove(elements: list[etree._Element]) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
