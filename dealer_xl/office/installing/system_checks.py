"""What the system allows: its security rules and policies, and where the shop's folder lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.installing.environment import EXCELS, CheckResult, Environment, failure, fine, warning

NO_CHILDREN = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
"""Defender's rule “Block all Office applications from creating child processes”."""
_BLOCK, _WARN = 1, 6
_GUARD = r"Microsoft\Windows Defender\Windows Defender Exploit Guard"
_GUARD_BY_POLICY = r"Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard"
_RULES = (rf"HKLM\SOFTWARE\{_GUARD_BY_POLICY}\ASR\Rules", rf"HKLM\SOFTWARE\{_GUARD}\ASR\Rules")
# A managed computer has all rules in one text: "rule=state|rule=state".
_LISTS = (
    (r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager", "ASRRules"),
    (r"HKLM\SOFTWARE\Microsoft\PolicyManager\current\device\Defender", "AttackSurfaceReductionRules"),
)
_WITHOUT_BUTTONS = "请改用“dealer-xl watch 文件夹”，或请管理员为本程序设置例外。"


def child_processes(environment: Environment) -> CheckResult:
    """Check that Excel may start Python at all."""
    states = _states(environment)
    if _BLOCK in states:
        return failure("系统的安全规则禁止 Office 启动其他程序，按钮启动不了 Python。", _WITHOUT_BUTTONS)
    if _WARN in states:
        return warning(
            "系统的安全规则会在 Office 启动其他程序时拦下并询问。",
            f"每次被拦下时选择允许；{_WITHOUT_BUTTONS}",
        )
    return fine("系统允许 Excel 启动 Python。")


def _states(environment: Environment) -> set[int]:
    found = [environment.value(key, NO_CHILDREN) for key in _RULES]
    for key, name in _LISTS:
        rules = (rule.partition("=") for rule in str(environment.value(key, name) or "").split("|"))
        found += [state for rule, _, state in rules if rule.strip(" {}").lower() == NO_CHILDREN]
    return {int(state) for state in map(str, found) if state.strip().isdigit()}


@dataclass(frozen=True)
class Policy:
    """One setting of the office programs that stops macros; {} stands for the number of the version."""

    key: str
    name: str
    value: int
    found: CheckResult


_ASK = "请联系管理员。"
POLICIES = (
    Policy(
        r"HKCU\Software\Policies\Microsoft\Office\{}\Common", "VBAOff", 1,
        failure("公司的策略关掉了 Office 的宏，按钮用不了。", f"{_ASK}在此之前可用命令行。"),
    ),
    Policy(
        r"HKCU\Software\Policies\Microsoft\Office\{}\Excel\Security\Trusted Locations", "AllLocationsDisabled", 1,
        warning("公司的策略停用了 Excel 的“受信任位置”，启动时可能询问是否启用宏，或不加载按钮。", _ASK),
    ),
    Policy(
        r"HKCU\Software\Microsoft\Office\{}\Excel\Security\Trusted Locations", "AllLocationsDisabled", 1,
        warning(
            "Excel 的“受信任位置”停用了，启动时可能询问是否启用宏，或不加载按钮。",
            "请在 Excel 的“文件→选项→信任中心→信任中心设置→受信任位置”里取消“禁用所有受信任位置”。",
        ),
    ),
    Policy(
        r"HKCU\Software\Policies\Microsoft\Office\{}\Excel\Security", "VBAWarnings", 4,
        warning("公司的策略禁用宏；加载项在“受信任位置”里，一般不受影响。", f"按钮没有出现时，{_ASK}"),
    ),
    Policy(
        r"HKCU\Software\Policies\Microsoft\Office\{}\Excel\Security", "VBAWarnings", 3,
        warning("公司的策略只允许有签名的宏；加载项在“受信任位置”里，一般不受影响。", f"按钮没有出现时，{_ASK}"),
    ),
    Policy(
        r"HKCU\Software\Policies\Microsoft\Office\{}\Excel\Security", "BlockContentExecutionFromInternet", 1,
        fine("公司的策略禁止从网上收到的宏；由 dealer-xl addin install 装的加载项不受影响。"),
    ),
)  # fmt: skip
"""What stops macros, the worst first."""


def macros(environment: Environment) -> CheckResult:
    """Check that no policy stops the macros."""
    for policy in POLICIES:
        for number in EXCELS:
            if environment.value(policy.key.format(number), policy.name) == policy.value:
                return policy.found
    return fine("没有禁用宏的策略。")


def guarded_folders(environment: Environment) -> CheckResult | None:
    """Check that Windows lets Python write into the folders of a person."""
    keys = (rf"HKLM\SOFTWARE\{place}\Controlled Folder Access" for place in (_GUARD_BY_POLICY, _GUARD))
    if _BLOCK not in [environment.value(key, "EnableControlledFolderAccess") for key in keys]:
        return None
    return warning(
        "系统打开了“受控制文件夹的访问”，程序可能写不进“文档”“桌面”里的店文件夹。",
        f"请在“Windows 安全中心→病毒和威胁防护→勒索软件防护”里允许 {environment.machine.python.name}，或把店文件夹放到别处。",
    )


def network_profile(environment: Environment) -> CheckResult | None:
    """Check that the start folder lies on this computer: Excel does not trust macros from the network."""
    if not str(environment.machine.roaming).startswith("\\\\"):
        return None
    return warning(
        "个人设置的文件夹在网络上，Excel 可能不信任那里的加载项。",
        "请管理员把它设为受信任位置，并允许网络上的受信任位置。",
    )


_CLOUDS = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_LONGEST = 150
"""Excel opens no file whose path is of more than 218 letters; names inside the folder take up to 68."""


def folder(environment: Environment) -> CheckResult | None:
    """Check that the folder is one on this computer, and not an address or a folder that is kept online."""
    if environment.folder is None:
        return None
    named = str(environment.folder)
    if ":/" in named.replace("\\", "/")[2:]:  # Path makes one stroke of two
        return failure(
            f"“{named}”是网址，不是文件夹。", "请写本机的文件夹；OneDrive 的请先设为“始终保留在此设备上”。"
        )
    try:
        if not disk.is_folder(environment.folder):
            return failure(f"没有文件夹“{named}”。", "请检查写法，或先运行 dealer-xl new 新建。")
    except DealerXlError as reason:
        return failure(str(reason), "请检查文件夹的权限和网络。")
    place = environment.folder.resolve()
    if any(place.is_relative_to(cloud) for cloud in _clouds(environment)):
        return warning(
            f"店文件夹在 OneDrive 里：{place}。",
            "请把它设为“始终保留在此设备上”，并在 Excel 里关闭“自动保存”；或把它移到本机的文件夹。",
        )
    return fine(f"店文件夹在本机：{place}。")


def long_path(environment: Environment) -> CheckResult | None:
    """Check that Excel can open what lies in the folder."""
    if environment.folder is None:
        return None
    length = len(str(environment.folder.resolve()))
    if length <= _LONGEST:
        return None
    return warning(
        f"店文件夹的路径有{length}个字，太长，Excel 可能打不开里面的文件。",
        "请把它移到靠近盘符的地方，或改短名字。",
    )


def _clouds(environment: Environment) -> list[Path]:
    return [Path(place).resolve() for name in _CLOUDS if (place := environment.machine.environ.get(name))]
