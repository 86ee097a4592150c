"""`addin`: build the add-in's file, install it, take it away, and tell why its buttons may not work."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from dealer_xl.commands.outcome import DONE, TO_LOOK_AT, Occasion, Outcome
from dealer_xl.office.addin_file.building import build_addin
from dealer_xl.office.addin_file.project import BuilderMissingError
from dealer_xl.office.addin_file.sources import addin_path
from dealer_xl.office.folder import disk
from dealer_xl.office.installing.diagnostics import Finding, diagnose
from dealer_xl.office.installing.environment import OK, Environment
from dealer_xl.office.installing.install import install, shipped_addin, uninstall
from dealer_xl.office.installing.machine import this_machine

_STATES = {"ok": "正常", "warn": "注意", "fail": "不行"}


def addin(asked: Namespace, _: Occasion) -> Outcome:
    """Do with the add-in what is asked for."""
    return ACTIONS[asked.action](asked)


def _build(_: Namespace) -> Outcome:
    if this_machine().frozen:  # the sources of the macros are not in it
        raise BuilderMissingError
    place = addin_path()
    disk.write_atomic(place, build_addin())
    return _told("加载项的文件已生成。", {"file": str(place)}, f"文件：{place}")


def _install(_: Namespace) -> Outcome:
    machine = this_machine()
    done = install(machine, shipped_addin())
    gist = (
        "加载项装好了。请退出 Excel 再打开，功能区会出现“客户服务”。"
        if done.written
        else "加载项早已装好，没有改动。"
    )
    data = {
        "addin": str(done.addin),
        "interpreter": str(machine.python),
        "files": [str(path) for path in done.written],
    }
    return _told(gist, data, f"位置：{done.addin}", f"使用的 Python：{machine.python}")


def _uninstall(_: Namespace) -> Outcome:
    removed = [str(path) for path in uninstall(this_machine())]
    gist = "加载项已卸载，下次打开 Excel 就没有了。" if removed else "没有装过加载项，什么都没有改动。"
    return _told(gist, {"files": removed}, *(f"已删除：{path}" for path in removed))


def _doctor(asked: Namespace) -> Outcome:
    findings = diagnose(Environment(this_machine(), shipped_addin(), asked.folder))
    amiss = sum(finding.said.state != OK for finding in findings)
    gist = f"有{amiss}项要看一看。" if amiss else "没有发现问题。"
    data = {"checks": [_object(finding) for finding in findings]}
    told = [line for finding in findings for line in _lines(finding)]
    return Outcome([*told, gist], data, TO_LOOK_AT if amiss else DONE, gist)


ACTIONS: Mapping[str, Callable[[Namespace], Outcome]] = {
    "build": _build,
    "install": _install,
    "uninstall": _uninstall,
    "doctor": _doctor,
}


def _told(gist: str, data: Mapping[str, Any], *lines: str) -> Outcome:
    return Outcome([*lines, gist], data, gist=gist)


def _lines(finding: Finding) -> list[str]:
    said = finding.said
    return [f"{_STATES[said.state]}　{said.message}", *([f"　　　{said.remedy}"] if said.remedy else [])]


def _object(finding: Finding) -> dict[str, str]:
    said = finding.said
    return {"code": finding.code, "state": said.state, "says": said.message, "remedy": said.remedy}
