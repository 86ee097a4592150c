"""Excel, and the file of the add-in in its start folder."""

from __future__ import annotations

from pathlib import Path

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.installing.addin_settings import runner_version, settings_in, with_settings
from dealer_xl.office.installing.environment import (
    EXCEL_PROGRAM,
    EXCELS,
    CheckResult,
    Environment,
    failure,
    fine,
    there,
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


_AGAIN = "请退出 Excel，运行 dealer-xl addin install。"


def addin(environment: Environment) -> CheckResult:
    """Check that the add-in is installed and is that of this program."""
    place = environment.machine.addin
    if environment.shipped is None:
        return failure("程序里没有加载项的文件。", "请运行 dealer-xl addin build，或重新安装本程序。")
    if environment.installed is None:
        return failure(f"加载项还没有装：{place}。", _AGAIN)
    if with_settings(environment.shipped, settings_in(environment.installed)) != environment.installed:
        return warning(f"装着的加载项不是这个版本的，或被改过：{place}。", _AGAIN)
    return fine(f"加载项装好了：{place}。")


def runner(environment: Environment) -> CheckResult | None:
    """Check that the macro that starts Python is of the same version as the package it calls."""
    addin_file = environment.installed or environment.shipped
    if addin_file is None:
        return None
    import xlwings  # noqa: PLC0415 - slow to load, and only this check needs it

    of_macro, of_package = runner_version(addin_file), str(xlwings.__version__)
    if of_macro != of_package:
        return warning(
            f"加载项里的 xlwings 是 {of_macro or '未知'} 版，Python 里的是 {of_package} 版。",
            "请重新安装本程序，再运行 dealer-xl addin install。",
        )
    return fine(f"加载项和 Python 里的 xlwings 都是 {of_package} 版。")


def script(environment: Environment) -> CheckResult | None:
    """Check that Excel on a Mac has the script by which it may start Python."""
    if environment.installed is None:
        return None
    place = (
        environment.machine.scripts_folder / f"xlwings-{runner_version(environment.installed)}.applescript"
    )
    return (
        fine("启动 Python 的脚本装好了。")
        if there(place)
        else failure(f"启动 Python 的脚本不见了：{place}。", _AGAIN)
    )


def blocked(environment: Environment) -> CheckResult | None:
    """Check that Windows does not take the add-in for one from the internet: there it keeps a mark beside the file."""
    if environment.installed is None:
        return None
    if _mark(environment.machine.addin) is not None:
        return failure(
            "加载项带着“来自互联网”的标记，Excel 会禁用它的宏。",
            "请在资源管理器里右击它，选“属性”，勾选“解除锁定”；或退出 Excel 后重新运行 dealer-xl addin install。",
        )
    return fine("加载项没有“来自互联网”的标记。")


def second_copy(environment: Environment) -> CheckResult | None:
    """Check that no other copy is loaded, too: its buttons would stand beside ours and start another Python."""
    machine = environment.machine
    found = [
        str(path) for path in (machine.addins_folder / ADDIN, *_beside_excel(environment)) if there(path)
    ]
    for number in EXCELS if machine.system == WINDOWS else ():
        options = machine.registry(rf"HKCU\Software\Microsoft\Office\{number}\Excel\Options")
        found += [
            str(value)
            for name, value in options.items()
            if name.startswith("open") and ADDIN in str(value).lower()
        ]
    if not found:
        return None
    return warning(
        f"别处还有一份加载项，功能区会出现两份按钮：{'、'.join(found)}。",
        "请在 Excel 的“文件→选项→加载项→转到”里取消勾选它，再删除那个文件。",
    )


def other_addins(environment: Environment) -> CheckResult | None:
    """Report xlwings' own add-in, which does no harm, and its settings, which Excel would open at each start."""
    folder = environment.machine.start_folder
    if there(folder / "xlwings.conf"):
        return warning(
            f"Excel 每次启动都会打开 {folder / 'xlwings.conf'}，它不是我们的文件。",
            "如果没有别的程序要用它，请把它移走。",
        )
    if there(folder / "xlwings.xlam"):
        return fine("这里还装着 xlwings 自己的加载项，两者各用各的设置，互不影响。")
    return None


def _beside_excel(environment: Environment) -> list[Path]:
    """Return the start folder of all users of a computer."""
    where = environment.value(EXCEL_PROGRAM, "Path")
    return [Path(str(where)) / "XLSTART" / ADDIN] if where else []


def _mark(path: Path) -> bytes | None:
    try:
        return disk.read_if_there(path.with_name(f"{path.name}:Zone.Identifier"))
    except DealerXlError:  # a drive that knows no such marks
        return None
