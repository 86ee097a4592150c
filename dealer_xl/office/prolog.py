"""What stands before an XML part's root: a document type there could bring in entities, and no office program writes one."""

from __future__ import annotations

from xml.parsers import expat


class _Ended(Exception):  # noqa: N818 - no error: the root has been reached
    pass


def has_doctype(xml: bytes) -> bool:
    """Return whether a part declares a document type, in whatever encoding it is written; only its beginning is read."""
    found: list[str] = []
    parser = expat.ParserCreate()

    def end(*_: object) -> None:
        raise _Ended

    def note(name: str, *_: object) -> None:
        found.append(name)
        raise _Ended

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = end, note
    try:
        parser.Parse(xml, True)
    except _Ended:
        return bool(found)
    except (expat.ExpatError, LookupError, ValueError):
        return b"<!DOCTYPE" in xml  # no XML, or of an encoding that nobody writes: others will say so
    return False
