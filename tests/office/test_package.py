"""A package with some parts exchanged is one that every program opens."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from book_parts import Pipe
from excel_books import BOOK

from dealer_xl.office.xlsx.package import Package, PackageError

CENTRAL = struct.Struct("<4s6H3I5H2I")
LOCAL = struct.Struct("<4s5H3I2H")


def packed(names: str = "abc", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as package:
        for name in names:
            info = zipfile.ZipInfo(name, (2026, 1, 5, 8, 30, 2))
            info.compress_type, info.external_attr, info.comment = method, 0o640 << 16, b"of " + name.encode()
            package.writestr(info, name.encode() * 500)
        package.comment = b"note"
    return content.getvalue()


def records(content: bytes) -> list[tuple[int, ...]]:
    """Read the directory, and each part's own head, as numbers."""
    found = []
    for info in zipfile.ZipFile(io.BytesIO(content)).infolist():
        head = LOCAL.unpack_from(content, info.header_offset)
        sizes = (info.CRC, info.compress_size, info.file_size)
        found.append((info.create_version, *head[1:9], info.flag_bits, *sizes, info.extract_version))
    return found


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_exchanged_part_has_the_same_heads_as_any_other_and_its_own_sizes(method: int) -> None:
    content = packed(method=method)
    after = Package(content, BOOK).rewritten({"b": b"new" * 700})

    old, new = records(content), records(after)
    assert [old[0], old[2]] == [new[0], new[2]]
    sizes = {at for at, (one, other) in enumerate(zip(old[1], new[1], strict=True)) if one != other}
    assert sizes == {6, 7, 8, 10, 11, 12}
    assert new[1][6:9] == new[1][10:13]
    assert (new[1][10], new[1][12]) == (zlib.crc32(b"new" * 700), 2100)
    with zipfile.ZipFile(io.BytesIO(after)) as package:
        assert package.testzip() is None
        assert [info.comment for info in package.infolist()] == [b"of a", b"of b", b"of c"]
        assert {info.external_attr for info in package.infolist()} == {0o640 << 16}
        assert package.comment == b"note"


def test_a_part_whose_sizes_came_after_it_has_them_before_it_when_it_is_exchanged() -> None:
    content = io.BytesIO()

    with zipfile.ZipFile(Pipe(content), "w") as package:
        package.writestr("a", b"one")
        package.writestr("b", b"two")

    new = records(Package(content.getvalue(), BOOK).rewritten({"a": b"new"}))

    assert [head[2] for head in new] == [0, 8]
    assert [head[9] for head in new] == [0, 8]
    assert new[0][6:9] == new[0][10:13]


@pytest.mark.parametrize("spoil", ["method", "name"])
def test_what_readers_would_take_for_different_things_is_no_package(spoil: str) -> None:
    content = bytearray(packed())
    place = content.index(b"PK\1\2")
    if spoil == "method":
        struct.pack_into("<H", content, place + 10, 12)
    else:
        content[place + CENTRAL.size] = ord("B")

    with pytest.raises(zipfile.BadZipFile):
        Package(bytes(content), BOOK)


def test_the_end_of_a_package_tells_one_disk_all_parts_and_where_the_directory_lies() -> None:
    after = Package(packed(), BOOK).rewritten({"b": b"new"})

    end = struct.unpack("<4s4H2IH", after[-26:-4])
    directory = after.index(b"PK\1\2")
    assert end == (b"PK\5\6", 0, 0, 3, 3, len(after) - 26 - directory, directory, 4)


def test_nothing_exchanged_gives_the_same_bytes() -> None:
    assert Package(packed(), BOOK).rewritten({}) == packed()


def test_parts_that_lie_in_another_order_than_in_the_directory_stay_so() -> None:
    content = packed()
    start = content.index(b"PK\1\2")
    length = CENTRAL.size + 1 + len(b"of a")
    one, two, three = (content[start + at * length :][:length] for at in range(3))
    shuffled = content[:start] + three + one + two + content[start + 3 * length :]

    after = zipfile.ZipFile(io.BytesIO(Package(shuffled, BOOK).rewritten({"a": b"new", "c": b"newer"})))

    assert after.namelist() == ["c", "a", "b"]
    assert [after.read(name) for name in "abc"] == [b"new", b"b" * 500, b"newer"]
    offsets = {info.filename: info.header_offset for info in after.infolist()}
    assert offsets["a"] < offsets["b"] < offsets["c"]


def test_a_large_part_is_packed_more_quickly_and_comes_back() -> None:
    content = b"".join(str(number).encode() for number in range(700_000))
    package = Package(packed(), BOOK)

    for size in (3_999_999, 4_000_000):
        after = package.rewritten({"b": content[:size]})
        level = 6 if size < 4_000_000 else 2
        packer = zlib.compressobj(level, zlib.DEFLATED, -15)
        assert packer.compress(content[:size]) + packer.flush() in after
        assert zipfile.ZipFile(io.BytesIO(after)).read("b") == content[:size]


def test_parts_are_found_under_other_cases_and_slashes() -> None:
    package = Package(packed(), BOOK)

    assert package.has("/A")
    assert package.has("\\b")
    assert not package.has("d")
    assert (package.read("/A"), package.inflated, package.names) == (b"a" * 500, 1500, ["a", "b", "c"])


@pytest.mark.parametrize("field", [20, 24, 42])
def test_a_package_of_the_larger_kind_is_not_rewritten(field: int) -> None:
    package = Package(packed(), BOOK)
    content = bytearray(package.content)
    struct.pack_into("<I", content, content.index(b"PK\1\2") + field, 0xFFFFFFFF)
    package.content = bytes(content)

    with pytest.raises(PackageError):
        package.rewritten({"a": b"new"})


def test_a_directory_that_is_none_is_not_rewritten() -> None:
    package = Package(packed(), BOOK)
    package.content = package.content.replace(b"PK\1\2", b"PK\1\3", 1)

    with pytest.raises(PackageError):
        package.rewritten({"a": b"new"})


@pytest.mark.parametrize(
    ("extra", "kept"),
    [
        (struct.pack("<HH", 0x9999, 0), struct.pack("<HH", 0x9999, 0)),
        (struct.pack("<HHH", 0x9999, 2, 7) * 2, struct.pack("<HHH", 0x9999, 2, 7) * 2),
        (struct.pack("<HHI", 2, 4, 7) + struct.pack("<HHQ", 1, 8, 3), struct.pack("<HHI", 2, 4, 7)),
        (struct.pack("<HHB", 0x9999, 1, 7) + b"odd", struct.pack("<HHB", 0x9999, 1, 7)),
        (struct.pack("<HHQ", 1, 8, 3) + struct.pack("<HHB", 0, 1, 7), struct.pack("<HHB", 0, 1, 7)),
    ],
)
def test_of_extra_fields_only_the_one_that_tells_old_sizes_goes(extra: bytes, kept: bytes) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        info = zipfile.ZipInfo("a")
        info.extra = extra
        package.writestr(info, b"one")

    after = Package(content.getvalue(), BOOK).rewritten({"a": b"new"})

    assert zipfile.ZipFile(io.BytesIO(after)).getinfo("a").extra == kept
