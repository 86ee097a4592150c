import pytest

from dealer_xl.dealership import formats

PLATES = """
    粤B12345    normal
    京A0B12C    normal, letters in the serial
    川O1234A    issued by the police
    沪AD12345   new energy, small, D
    沪AA12345   A
    沪AB12345   B
    沪AC12345   C
    沪AE12345   E
    沪AF12345   F
    沪AG1234    normal, begins as new energy
    沪AG12345   G
    沪AH12345   H
    沪AJ12345   J
    沪AK12345   K
    沪AFA2345   new energy, a letter in the second place
    粤B12345D   new energy, large
    粤B12345F   new energy, large
    粤B1234挂   trailer
    粤B1234学   driving school
    粤B1234警   police
    粤Z1234港   Hong Kong
    粤Z1234澳   Macau
    粤ZA123港   Hong Kong, a letter in the serial
    沪A0023领   consulate, old
    沪12345领   consulate, new
    使123456    embassy, old
    123456使    embassy, new
    VA12345     the armed forces
    WJ京1234X   the armed police
    京A1234应急 rescue
"""
NO_PLATES = """
    粤B1234O    O in the serial
    粤B1234I    I in the serial
    粤B1234     a character short
    粤B123456   a character long, no letter of new energy
    沪AL12345   L is no letter of new energy
    沪AI12345   nor is I
    沪AD1234A   the serial ends in digits
    粤112345    a digit for the authority
    粤粤12345   two provinces
    B12345      no province
    甲B12345    not a province
    粤B1234港   only 粤Z is from Hong Kong
    沪A00234领  a digit too many
    粤B12345粤B12345 two plates
    新车        no plate at all
"""
PHONES = """
    13800001234
    19912345678
    14812345678
    02012345678
    020-12345678
    0755-1234567
    0755-12345678-801
    02012345678-8
    4008123456
    400-812-3456
    800-810-1234
"""
NO_PHONES = """
    12800001234
    1380000123
    138000012345
    12345678
    20-12345678
    020-123456
    0-12345678
    400-812-345
    110
    138-0000-123
    +861380000123
    0086-1380000123
    13800001234/13900001234
    没有
"""
VINS = ("LDC613P23A1305189", "LSJA24U62JG269225", "LBV5S3102ESJ25655", "LZZ1BLMJ4TJ465057")


def listed(text: str) -> list[str]:
    """Take the first word of each line."""
    return [line.split()[0] for line in text.strip().splitlines()]


@pytest.mark.parametrize("plate", listed(PLATES))
def test_every_kind_of_plate_is_a_plate(plate: str) -> None:
    assert formats.is_plate(plate)


@pytest.mark.parametrize("plate", listed(NO_PLATES))
def test_what_no_authority_issues_is_no_plate(plate: str) -> None:
    assert not formats.is_plate(plate)


def test_a_temporary_paper_plate_is_accepted_unchecked() -> None:
    """Section 5.1 of the notes on systems: temporary paper plates are special, no check."""
    assert [
        plate for plate in ("粤B临12345", "临粤B12345", "粤B12345临") if not formats.is_plate(plate)
    ] == []


@pytest.mark.parametrize(
    "typed",
    [
        "粤b12345",
        " 粤B12345 ",
        "粤B·12345",
        "粤B•12345",
        "粤B.12345",
        "粤B-12345",
        "粤Ｂ１２３４５",
        "粤B 12 345",
    ],
)
def test_a_plate_is_tidied_to_capitals_without_separators(typed: str) -> None:
    assert formats.tidy_plate(typed) == "粤B12345"


@pytest.mark.parametrize("phone", listed(PHONES))
def test_mobiles_landlines_and_service_numbers_are_phones(phone: str) -> None:
    assert formats.is_phone(formats.tidy_phone(phone))


@pytest.mark.parametrize("phone", listed(NO_PHONES))
def test_what_cannot_be_dialled_is_no_phone(phone: str) -> None:
    assert not formats.is_phone(formats.tidy_phone(phone))


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("138 0000 1234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("+8613800001234", "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("0086-13800001234", "13800001234"),
        ("＋８６－１３８００００１２３４", "13800001234"),
        ("（020）12345678", "020-12345678"),
        ("(020)-12345678", "020-12345678"),
        ("０２０—１２３４５６７８", "020-12345678"),
        ("020 12345678", "02012345678"),
    ],
)
def test_a_phone_is_tidied_of_spaces_country_code_and_brackets(typed: str, tidy: str) -> None:
    assert formats.tidy_phone(typed) == tidy


@pytest.mark.parametrize("typed", ["+862012345678", "+86 20 1234 5678", "0086-20-12345678"])
def test_a_landline_with_the_country_code_and_without_its_zero_is_a_phone(typed: str) -> None:
    assert formats.is_phone(formats.tidy_phone(typed))


@pytest.mark.parametrize("vin", VINS)
def test_a_quoted_vin_has_its_check_digit(vin: str) -> None:
    assert formats.is_vin(vin)
    assert formats.vin_check_digit(vin) == vin[8]


@pytest.mark.parametrize("vin", VINS)
def test_one_wrong_digit_of_a_vin_shows_in_the_check_digit(vin: str) -> None:
    last = str((int(vin[-1]) + 1) % 10)

    assert formats.vin_check_digit(vin[:-1] + last) != vin[8]


def test_a_remainder_of_ten_is_written_x() -> None:
    assert formats.vin_check_digit("1M8GDM9A_KP042788".replace("_", "0")) == "X"


@pytest.mark.parametrize(
    "vin",
    ["LDC613P23A130518", "LDC613P23A13051890", "LDC613P23A13O5189", "LDC6I3P23A1305189", "LDC613P23Q1305189"],
)
def test_a_vin_has_seventeen_characters_without_i_o_q(vin: str) -> None:
    assert not formats.is_vin(vin)


def test_a_vin_is_tidied_to_capitals_without_separators() -> None:
    assert formats.tidy_vin(" ldc613p2 3a1305189 ") == "LDC613P23A1305189"


@pytest.mark.parametrize("typed", ["LDC6I3P23AI3O5189", "LDC613P23A13Q5189"])
def test_a_vin_with_lookalikes_is_mended_when_the_check_digit_proves_it(typed: str) -> None:
    assert formats.mended_vin(typed) == "LDC613P23A1305189"


@pytest.mark.parametrize("typed", ["LDC6I3P24AI3O5189", "LDC613P23A13O518", "没有"])
def test_a_vin_that_nothing_proves_is_not_mended(typed: str) -> None:
    assert formats.mended_vin(typed) is None
