"""`addin`: build the add-in's file, install it, take it away, and show why its buttons may not work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dealer_xl.context import Context
from dealer_xl.frontends.results.outcome import DONE, TO_LOOK_AT, Outcome
from dealer_xl.office.addin_file.building import build_addin
from dealer_xl.office.addin_file.project import BuilderMissingError
from dealer_xl.office.addin_file.sources import addin_path
from dealer_xl.office.folder import disk
from dealer_xl.office.installing.diagnostics import Finding, diagnose
from dealer_xl.office.installing.environment import OK, Environment
from dealer_xl.office.installing.install import install, shipped_addin, uninstall
from dealer_xl.office.installing.machine import this_machine
from dealer_xl.requests import AddinRequest

_STATES = {"ok": "正常", "warn": "注意", "fail": "不行"}


def addin(request: AddinRequest, _: Context) -> Outcome:
    """Do with the add-in what is asked for."""
    return STEPS[request.step](request)


def _build(_: AddinRequest) -> Outcome:
    if this_machine().frozen:  # the sources of the macros are not in it
        raise BuilderMissingError
    place = addin_path()
    disk.write_atomic(place, build_addin())
    return _done("加载项的文件已生成。", {"file": str(place)}, f"文件：{place}")


def _install(_: AddinRequest) -> Outcome:
    machine = this_machine()
    done = install(machine, shipped_addin())
    headline = (
        "加载项装好了。请退出 Excel 再打开，功能区会出现“客户服务”。"
        if done.written
        else "加载项早已装好，没有改动。"
    )
    data = {
        "addin": str(done.addin),
        "interpreter": str(machine.python),
        "files": [str(path) for path in done.written],
    }
    return _done(headline, data, f"位置：{done.addin}", f"使用的 Python：{machine.python}")


def _uninstall(_: AddinRequest) -> Outcome:
    removed = [str(path) for path in uninstall(this_machine())]
    headline = "加载项已卸载，下次打开 Excel 就没有了。" if removed else "没有装过加载项，什么都没有改动。"
    return _done(headline, {"files": removed}, *(f"已删除：{path}" for path in removed))


def _doctor(request: AddinRequest) -> Outcome:
    findings = diagnose(Environment(this_machine(), shipped_addin(), request.folder))
    amiss = sum(finding.said.state != OK for finding in findings)
    headline = f"有{amiss}项要看一看。" if amiss else "没有发现问题。"
    data = {"checks": [_object(finding) for finding in findings]}
    lines = [line for finding in findings for line in _lines(finding)]
    return Outcome([*lines, headline], data, TO_LOOK_AT if amiss else DONE, headline)


STEPS: Mapping[str, Callable[[AddinRequest], Outcome]] = {
    "build": _build,
    "install": _install,
    "uninstall": _uninstall,
    "doctor": _doctor,
}


def _done(headline: str, data: Mapping[str, Any], *lines: str) -> Outcome:
    return Outcome([*lines, headline], data, headline=headline)


def _lines(finding: Finding) -> list[str]:
    said = finding.said
    return [f"{_STATES[said.state]}　{said.message}", *([f"　　　{said.remedy}"] if said.remedy else [])]


def _object(finding: Finding) -> dict[str, str]:
    said = finding.said
    return {"code": finding.code, "state": said.state, "says": said.message, "remedy": said.remedy}
