"""What Windows shows of the program under Properties > Details."""

from __future__ import annotations

_CHINESE, _UNICODE = 0x0804, 1200
DESCRIPTION = "4S店售后客户服务工作簿的助手"
NAME = "dealer-xl"
_FORM = """VSVersionInfo(
    ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),
    kids=[
        StringFileInfo([StringTable({block!r}, [{texts}])]),
        VarFileInfo([VarStruct("Translation", [{language}, {page}])]),
    ],
)
"""


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """Return a version as Windows writes it: 0.1.0 is 0.1.0.0."""
    one, two, three = (int(part) for part in version.split("."))
    return (one, two, three, 0)


def version_resource(version: str) -> str:
    """Return the file that PyInstaller reads the resource VERSIONINFO from."""
    texts = {
        "CompanyName": NAME,
        "FileDescription": DESCRIPTION,
        "FileVersion": version,
        "InternalName": NAME,
        "LegalCopyright": "MIT",
        "OriginalFilename": f"{NAME}.exe",
        "ProductName": NAME,
        "ProductVersion": version,
    }
    return _FORM.format(
        numbers=four_numbers(version),
        block=f"{_CHINESE:04x}{_UNICODE:04x}",
        texts=", ".join(f"StringStruct{pair!r}" for pair in texts.items()),
        language=_CHINESE,
        page=_UNICODE,
    )
