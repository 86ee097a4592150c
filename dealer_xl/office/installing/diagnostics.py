"""Why the buttons may not work: every known trap is one entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dealer_xl.office.installing import excel_checks, python_checks, system_checks
from dealer_xl.office.installing.environment import (
    EVERYWHERE,
    ON_MAC,
    ON_WINDOWS,
    Check,
    CheckResult,
    Environment,
)

CHECKS = (
    Check("excel", excel_checks.excel, EVERYWHERE),
    Check("python", python_checks.python, EVERYWHERE),
    Check("store-python", python_checks.store, ON_WINDOWS),
    Check("python-path", python_checks.letters),
    Check("addin", excel_checks.addin),
    Check("interpreter", python_checks.interpreter),
    Check("dealer-xl", python_checks.imported),
    Check("xlwings", excel_checks.runner, EVERYWHERE),
    Check("script", excel_checks.script, ON_MAC),
    Check("blocked", excel_checks.blocked, ON_WINDOWS),
    Check("second-copy", excel_checks.second_copy),
    Check("other-addins", excel_checks.other_addins),
    Check("disabled", excel_checks.disabled, ON_WINDOWS),
    Check("macros", system_checks.macros, ON_WINDOWS),
    Check("child-processes", system_checks.child_processes, ON_WINDOWS),
    Check("guarded-folders", system_checks.guarded_folders, ON_WINDOWS),
    Check("network-profile", system_checks.network_profile, ON_WINDOWS),
    Check("folder", system_checks.folder, EVERYWHERE),
    Check("long-path", system_checks.long_path, EVERYWHERE),
)


@dataclass(frozen=True)
class Finding:
    """What one check told."""

    code: str
    said: CheckResult


def diagnose(environment: Environment, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """Look at all that matters on this system."""
    here = [check for check in checks if not check.systems or environment.machine.system in check.systems]
    said = ((check.code, check.look(environment)) for check in here)
    return [Finding(code, each) for code, each in said if each]
