"""Excel itself: whether there is one, and whether it is Excel that answers to its name."""

from __future__ import annotations

from dealer_xl.office.folder import disk
from dealer_xl.office.installing.environment import (
    EXCEL_PROGRAM,
    EXCELS,
    CheckResult,
    Environment,
    failure,
    fine,
    warning,
)
from dealer_xl.office.installing.machine import ADDIN, MAC, WINDOWS

_CLASS = r"HKCR\Excel.Application\CLSID"
_SERVERS = (r"HKCR\CLSID\{}\LocalServer32", r"HKCR\WOW6432Node\CLSID\{}\LocalServer32")
_OF_WPS = ("kingsoft", "wps", r"\et.exe")


def excel(environment: Environment) -> CheckResult:
    """Check that Excel is installed."""
    if environment.machine.system == WINDOWS:
        return _on_windows(environment)
    if environment.machine.system == MAC:
        return _on_mac(environment)
    return warning(
        "这台电脑的系统没有 Excel，功能区的按钮用不了。",
        "命令行照常可用；要用按钮，请在有 Excel 的电脑上安装。",
    )


def _on_mac(environment: Environment) -> CheckResult:
    program = environment.machine.programs / "Microsoft Excel.app"
    if not disk.is_folder(program):
        return failure(f"没有找到 Excel：{program}。", "请先安装 Microsoft Excel。")
    return fine(f"找到了 Excel：{program}。")


def _on_windows(environment: Environment) -> CheckResult:
    answers = _answering(environment)
    if any(word in answers.lower() for word in _OF_WPS):
        return failure(
            f"WPS 占用了 Excel 的名字，按钮会由 WPS 执行，而 WPS 不支持它：{answers}。",
            "请在 WPS 的“配置工具→高级→兼容设置”里取消与 Microsoft Office 兼容的勾选，再在系统的“应用”里修复 Office；"
            "修好之前可运行“dealer-xl watch 文件夹”。",
        )
    if "excel.exe" in answers.lower():
        return fine(f"找到了 Excel：{answers}。")
    if environment.value(EXCEL_PROGRAM):
        return warning(
            "装有 Excel，但系统里没有登记怎样启动它。",
            "请在系统的“应用”里对 Microsoft Office 做一次快速修复。",
        )
    return failure("没有找到 Excel。", "请先安装 Microsoft Excel；只有 WPS 时请用命令行。")


def _answering(environment: Environment) -> str:
    """Return which program answers to the name Excel.Application."""
    number = environment.value(_CLASS)
    found = (environment.value(place.format(number)) for place in _SERVERS)
    return str(next((each for each in found if each), "")).strip()


def disabled(environment: Environment) -> CheckResult | None:
    """Check that Excel has not put the add-in on its list of what made it crash."""
    name = ADDIN.encode("utf-16-le")
    for number in EXCELS:
        items = environment.machine.registry(
            rf"HKCU\Software\Microsoft\Office\{number}\Excel\Resiliency\DisabledItems"
        )
        if any(isinstance(item, bytes) and name in item.lower() for item in items.values()):
            return failure(
                "Excel 把加载项列入了“禁用项目”，不再加载它。",
                "请在 Excel 的“文件→选项→加载项”里，下方“管理”选“禁用项目”，点“转到”，启用它。",
            )
    return None
