"""Plates and VINs that are right in form: systems.md 5.1 and 5.2 (GA 36-2018, GB 16735-2019)."""

from __future__ import annotations

import random
from collections.abc import Iterator

from dealer_xl.sample.random_streams import each_once

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # a plate's serial never has I or O
CITY = "鲁J"
VIN_SIGNS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"  # a VIN has no I, O or Q
VIN_LETTERS = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)
)
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
MODEL_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"  # from 2010, every thirty years again
CHECK_PLACE = 8


def plates(dice: random.Random) -> Iterator[str]:
    """Return plates of seven signs, each once."""
    return each_once(_plates(dice))


def green_plates(dice: random.Random) -> Iterator[str]:
    """Return the eight-sign plates of new-energy cars, each once."""
    return each_once(_green_plates(dice))


def _plates(dice: random.Random) -> Iterator[str]:
    """Draw plates without end; a serial has up to two letters."""
    while True:
        serial = [str(dice.randrange(10)) for _ in range(5)]
        for place in dice.sample(range(5), dice.choice((0, 1, 1, 2))):
            serial[place] = dice.choice(LETTERS)
        yield CITY + "".join(serial)


def _green_plates(dice: random.Random) -> Iterator[str]:
    """Draw plates of electric (D) and hybrid (F) cars without end."""
    while True:
        yield f"{CITY}{dice.choice('DDDF')}{dice.choice(LETTERS + '0123456789')}{dice.randrange(10_000):04d}"


def vin_for(dice: random.Random, model_code: str, year: int, serial: int) -> str:
    """Make the VIN of one car; LZ0 is nobody's maker code."""
    plant = dice.choice("ABCG")
    year_sign = MODEL_YEARS[(year - 2010) % len(MODEL_YEARS)]
    return with_check_digit(f"LZ0{model_code}0{year_sign}{plant}{serial % 1_000_000:06d}")


def with_check_digit(vin: str) -> str:
    """Put the right check digit into the ninth place."""
    rest = (
        sum(
            weight * VIN_LETTERS.get(sign, ord(sign) - 48)
            for weight, sign in zip(VIN_WEIGHTS, vin, strict=True)
        )
        % 11
    )
    return vin[:CHECK_PLACE] + "0123456789X"[rest] + vin[CHECK_PLACE + 1 :]
