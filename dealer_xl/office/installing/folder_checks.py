"""The shop's folder, if one is named: where it lies."""

from __future__ import annotations

from pathlib import Path

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.installing.environment import CheckResult, Environment, failure, fine, warning

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
