"""The add-in's file: what other readers find in it, and that it is what its sources say."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

from dealer_xl.actions import Place, actions_in
from dealer_xl.errors import DealerXlError
from dealer_xl.office.addin_file import sources
from dealer_xl.office.addin_file.building import build_addin
from dealer_xl.office.addin_file.sources import Module

HOUSE = Path(__file__).resolve().parents[2]
VALIDATOR = HOUSE / ".make" / "node_modules" / ".bin" / "ooxml-validator"
RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"
KNOWN_ICONS = {
    "DataValidationCircleInvalid",
    "ChartInsert",
    "WhatIfAnalysisMenu",
    "Undo",
    "FileOpen",
    "Help",
    "CalendarToolSelectDate",
    "MailMergeStartLetters",
}
"""Names that exist: all but the last two are commands of Excel itself in Microsoft's lists of Office 2013 and 365
(OfficeDev/office-fluent-ui-command-identifiers, excelcontrols.xlsx); all eight are in the lists of images that
Excel 2013 shows (christianjunk/ImageMso, app.config; gjvdkamp/SimpleImageMsoViewer, imageMso.txt)."""
OF_A_BUTTON = {"id", "label", "size", "imageMso", "keytip", "onAction", "screentip", "supertip"}
CLASS_HEADING = re.compile(r"\AVERSION.*?^END\r\n", re.DOTALL | re.MULTILINE)
CLASS_BASE = re.compile(r"^Attribute VB_Base = .*\r\n", re.MULTILINE)


@pytest.fixture(scope="module")
def built() -> bytes:
    return build_addin()


@pytest.fixture(scope="module")
def parts(built: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(built)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def ribbon() -> etree._Element:
    return etree.fromstring(sources.ribbon())


def olevba(name: str, content: bytes) -> Any:  # noqa: ANN401 - oletools has no types
    """Open a file in olevba, which warns of what it does itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oletools.olevba import VBA_Parser  # noqa: PLC0415 - as above

        return VBA_Parser(name, data=content)


def modules(addin: bytes) -> dict[str, str]:
    """List the modules of an add-in by olevba."""
    return {name: code for _, _, name, code in olevba("dealer_xl.xlam", addin).extract_macros()}


def buttons(ribbon: etree._Element) -> Iterator[dict[str, str]]:
    for button in ribbon.iter(f"{RIBBON}button"):
        yield {str(name): str(value) for name, value in button.items()}


def test_the_committed_add_in_is_what_its_sources_say_today(built: bytes) -> None:
    assert sources.addin_path().read_bytes() == built, "run `make build`"


def test_the_same_sources_give_the_same_bytes(built: bytes) -> None:
    assert build_addin() == built


def test_olevba_finds_each_source_word_by_word_and_no_other_code(
    built: bytes, record_property: Callable[[str, object], None]
) -> None:
    found = modules(built)
    told = ", ".join(f"{name} ({len(code.splitlines())} lines)" for name, code in found.items())
    record_property("log", f"olevba dealer_xl.xlam: {told}")

    for module in (*sources.macros(), *sources.runner()):
        code = found.pop(f"{module.name}.{'cls' if module.is_class else 'bas'}")
        if module.is_class:  # a class has another heading in a file than in a project
            assert CLASS_BASE.sub("", code) == CLASS_HEADING.sub("", module.source)
        else:
            assert code == module.source
    assert set(found) == {"ThisWorkbook.cls", "Sheet1.cls"}
    assert all(line.startswith("Attribute") for code in found.values() for line in code.splitlines())


def test_the_modules_of_xlwings_go_in_as_xlwings_ships_them_but_for_one_line() -> None:
    import xlwings  # noqa: PLC0415 - only to know where it lies

    home = Path(xlwings.__file__).parent
    shipped = [(home / path).read_bytes() for path in ("xlwings.bas", "addin/Dictionary.cls")]

    ours = [module.source.encode() for module in sources.runner()]
    changed = [
        (one, other)
        for module, file in zip(ours, shipped, strict=True)
        for one, other in zip(module.splitlines(), file.splitlines(), strict=True)
        if one != other
    ]
    assert changed == [
        (
            b'    For Each cell In sht.Range(sht.Range("A1"), lastCell)',
            b'    For Each cell In Range(sht.Range("A1"), lastCell)',
        )
    ]


def test_chinese_in_a_module_would_come_through() -> None:
    module = Module('Attribute VB_Name = "Trial"\r\n\' 客户服务\r\n')

    assert modules(build_addin([module]))["Trial.bas"] == module.source


def test_a_source_with_chinese_is_refused() -> None:
    with pytest.raises(UnicodeDecodeError):
        sources.module_of("' 客户服务".encode())


def test_the_project_bears_its_own_name_in_both_places(parts: dict[str, bytes]) -> None:
    parser = olevba("vbaProject.bin", parts["xl/vbaProject.bin"])

    (project,) = parser.find_vba_projects()
    assert b'Name="dealer_xl"' in parser.ole_file.openstream("PROJECT").read()
    assert b"VBAProject" not in parser.ole_file.openstream(project[2]).read()


def test_excel_knows_an_add_in_by_its_kind_and_lists_it_in_chinese(parts: dict[str, bytes]) -> None:
    assert b"application/vnd.ms-excel.addin.macroEnabled.main+xml" in parts["[Content_Types].xml"]
    properties = etree.fromstring(parts["docProps/core.xml"])
    assert {etree.QName(each).localname: each.text for each in properties} == {
        "title": "客户服务",
        "creator": "dealer_xl",
        "description": "、".join(action.label for action in actions_in(Place.BUTTON)),
    }


def test_the_add_in_tells_nothing_of_who_built_it_and_where(parts: dict[str, bytes]) -> None:
    for traitor in (str(HOUSE), str(Path.home()), "William", "lastModifiedBy"):
        assert [name for name, content in parts.items() if traitor.encode() in content] == []


def test_both_ribbons_are_related_and_the_older_differs_in_its_language_only(parts: dict[str, bytes]) -> None:
    relations = {
        str(each.get("Type")): str(each.get("Target")) for each in etree.fromstring(parts["_rels/.rels"])
    }
    new = relations["http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"]
    old = relations["http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"]

    assert parts[new] == sources.ribbon()
    assert parts[old] == parts[new].replace(b"2009/07/customui", b"2006/01/customui")
    assert etree.QName(etree.fromstring(parts[old])).namespace == RIBBON[1:-1].replace("2009/07", "2006/01")


def _judged(addin: bytes, place: Path) -> list[str]:
    file = place / "dealer_xl.xlam"
    file.write_bytes(addin)
    said = subprocess.run([VALIDATOR, file], capture_output=True, text=True, check=False)
    return [str(error["description"]) for error in json.loads(said.stdout)["errors"]]


needs_validator = pytest.mark.skipif(
    not VALIDATOR.exists(),
    reason="the Open XML SDK validator is not installed (make test installs it where npm is)",
)


@needs_validator
def test_the_sdk_finds_no_fault_in_the_add_in(
    built: bytes, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    judged = _judged(built, tmp_path)
    record_property("log", f"Open XML SDK dealer_xl.xlam: {len(judged)} errors")

    assert judged == []


@needs_validator
def test_the_sdk_reads_both_ribbons(tmp_path: Path) -> None:
    wrong = sources.ribbon().replace(b'size="large"', b'size="huge"', 1)

    assert len(_judged(build_addin(ribbon_xml=wrong), tmp_path)) == 2


def behind_the_buttons() -> sources.Module:
    (module,) = (module for module in sources.macros() if module.name == "DealerRibbon")
    return module


def test_each_button_names_a_macro_and_the_reverse(ribbon: etree._Element) -> None:
    module = behind_the_buttons()
    macros = re.findall(r"^Public Sub (\w+)\(Optional control As Object\)\r$", module.source, re.MULTILINE)

    assert [button["onAction"] for button in buttons(ribbon)] == macros
    assert len(re.findall(r"\b(?:Sub|Function)\b \w+\(", module.source)) == len(macros)


def test_each_macro_is_one_line_that_runs_python() -> None:
    module = behind_the_buttons()
    bodies = re.findall(r"^Public Sub .*\r\n((?:.*\r\n)*?)End Sub\r$", module.source, re.MULTILINE)

    assert len(bodies) == len(actions_in(Place.BUTTON))
    for body in bodies:
        assert re.fullmatch(r'    RunPython "from dealer_xl import addin; addin\.\w+\(\)"\r\n', body)


def test_each_button_says_all_it_should_in_chinese(ribbon: etree._Element) -> None:
    for button in buttons(ribbon):
        assert set(button) == OF_A_BUTTON
        assert button["size"] == "large"
        assert all(re.search("[\u4e00-\u9fff]", button[name]) for name in ("label", "screentip", "supertip"))
        assert button["supertip"].endswith("。")


def test_each_icon_is_one_that_excel_has(ribbon: etree._Element) -> None:
    assert {button["imageMso"] for button in buttons(ribbon)} == KNOWN_ICONS


def test_no_two_parts_of_the_ribbon_share_an_id(ribbon: etree._Element) -> None:
    named = [etree.QName(each).localname in {"tab", "group", "button"} for each in ribbon.iter("*")]
    ids = [each.get("id") for each in ribbon.iter("*") if each.get("id")]

    assert len(ids) == len(set(ids)) == sum(named)


def test_no_key_begins_another(ribbon: etree._Element) -> None:
    keys = [button["keytip"] for button in buttons(ribbon)]

    assert all(re.fullmatch("[A-Z]{1,3}", key) for key in keys)
    assert [
        pair for pair in combinations(keys, 2) if pair[0].startswith(pair[1]) or pair[1].startswith(pair[0])
    ] == []


def test_without_the_builder_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyopenvba", None)

    with pytest.raises(DealerXlError, match="pip install pyopenvba"):
        build_addin()


def test_another_builder_that_begins_otherwise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dealer_xl.office.addin_file.project._BLANK_NAME", "Project")

    with pytest.raises(ValueError, match="stands 0 times"):
        build_addin()
