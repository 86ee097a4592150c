"""Why the program cannot go on keeps its sentence wherever it travels, and says it once."""

from __future__ import annotations

import copy
import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

import dealer_xl
from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder.saving import ChangedMeanwhileError

WORDS = {
    "str": "甲",
    "str | None": "甲",
    "int": 3,
    "int | None": 3,
    "float": 0.5,
    "bool": True,
    "date": date(2026, 11, 22),
    "Path": Path("店/甲.xlsx"),
    "Named": Path("店/甲.xlsx"),
    "Iterable[str]": ["甲", "乙"],
    "list[str]": ["甲", "乙"],
    "Sequence[str]": ["甲", "乙"],
    "Sequence[Path]": [Path("店"), Path("分店")],
    "object": "甲",
}
"""A word of each type that an error is made of."""


def every_error() -> list[type[DealerXlError]]:
    """Find all errors of the package, whichever module they stand in."""
    for module in pkgutil.walk_packages(dealer_xl.__path__, "dealer_xl."):
        if module.name != "dealer_xl.__main__":
            importlib.import_module(module.name)
    return sorted(_below(DealerXlError), key=lambda kind: kind.__qualname__)


def _below(kind: type[DealerXlError]) -> Iterator[type[DealerXlError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def made(kind: type[DealerXlError]) -> DealerXlError:
    """Make an error of words of the types that it asks for."""
    asked = [] if kind.__init__ is DealerXlError.__init__ else [*inspect.signature(kind).parameters.values()]
    free = [each for each in asked if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)]
    words = {each.name: WORDS[str(each.annotation)] for each in free}
    by_place = [words.pop(each.name) for each in free if each.kind != each.KEYWORD_ONLY]
    return kind(*by_place, **words)


ERRORS = every_error()


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_keeps_its_sentence_when_it_is_pickled_and_copied(kind: type[DealerXlError]) -> None:
    error = made(kind)

    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 - our own
        assert (type(again), str(again), vars(again)) == (kind, str(error), vars(error))


def test_all_the_errors_of_the_package_are_tried() -> None:
    assert len(ERRORS) > 70


def refuse() -> None:
    """Refuse, as a job in another process does."""
    raise ChangedMeanwhileError("客户档案.xlsx")


def test_an_error_of_another_process_says_its_sentence_once() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        reason = pool.submit(refuse).exception()

    assert isinstance(reason, ChangedMeanwhileError)
    assert str(reason) == str(ChangedMeanwhileError("客户档案.xlsx"))
    assert str(reason).count("《客户档案.xlsx》") == 1
