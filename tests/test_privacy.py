"""Logs and journals tell what was done, and never whose phone, car or address it was about."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import NOW

from dealer_xl import fault_log
from dealer_xl.fault_log import masked
from dealer_xl.frontends import command_line
from dealer_xl.sample import Sample

PHONE, VIN, ADDRESS = "13912345678", "LSVAU2180N2183294", "样例市幸福路88号3-502"
PRIVATE = ("phone", "vin", "address", "plate")


def planted(sample: Sample) -> set[str]:
    """List what the sample holds about persons, but for what is too short to be found again."""
    values = {str(row.get(key) or "") for rows in sample.rows.values() for row in rows for key in PRIVATE}
    return {value for value in values if len(value) > 5}


def test_journal_and_log_hold_no_phone_vin_plate_or_address(
    folder: Path, sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    event = next(row for row in sample.rows["Events"] if row["starts_on"] > NOW.date())  # type: ignore[operator]
    date = f"--date={NOW:%Y-%m-%d}"
    for words in (
        ("check", "--fix"),
        ("today",),
        ("letters", "--template", "邀请函", "--event", str(event["event_no"])),
        ("undo",),
        ("undo", "--redo"),
    ):
        assert command_line.main([words[0], str(folder), *words[1:], date]) < 2

    def fail(_: object) -> None:
        facts = " ".join(sorted(planted(sample)))
        raise ValueError(facts) from KeyError(facts)

    monkeypatch.setattr("dealer_xl.jobs.list_today", fail)
    assert command_line.main(["today", str(folder), date]) == 2

    written = [folder / "备份" / "日志.jsonl", *tmp_path.glob("dealer_xl/*.txt")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in written)
    assert len(written) == 2
    assert "ValueError" in text
    assert len(planted(sample)) > 100
    assert sorted(value for value in planted(sample) if value in text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"客户 {PHONE} {VIN} {ADDRESS}", "*** *** *** ***"),
        ("139-1234-5678, +86 139 1234 5678", "***, ***"),
        ("１３９１２３４５６７８", "***"),
        ("1HGCM82633A004352", "***"),
        ("LSVAUABCDEFGHJKL1", "***"),
        ("13912345678.0", "***.0"),
        ("京A12345", "***"),
        ("J27713", "***"),
        ("J677YP", "***"),
        ("'j677yp'", "'***'"),
        ("A12B45", "***"),
        ("BD12345", "***"),
        ("zeng.dc+shop@example.com", "***"),
        ("could not convert string to float: 'Zeng Dongchen'", "could not convert string to float: '***'"),
        ("KeyError: 'Ouyang'", "KeyError: '***'"),
        ("ZENG DONGCHEN", "***"),
        ("Index contains duplicate entries of None", "Index contains duplicate entries of None"),
        ("LSVAU2180N218329", "***"),
        ("datetime64[ns] at B17 of utf8", "datetime64[ns] at B17 of utf8"),
        ("[Errno 13] row 1024 of 'Calls'", "[Errno 13] row 1024 of 'Calls'"),
        (
            "unsupported operand type(s) for +: 'int' and 'str'",
            "unsupported operand type(s) for +: 'int' and 'str'",
        ),
    ],
)
def test_what_could_be_a_persons_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_the_log_tells_where_it_happened_and_what_led_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def fail(phone: str) -> None:
        try:
            int("x")
        except ValueError:
            raise KeyError(phone) from None

    def lead() -> None:
        try:
            fail(PHONE)
        except KeyError:
            raise RuntimeError("later")  # noqa: B904 - the context shall be told, too

    with pytest.raises(RuntimeError) as fault:
        lead()
    place = fault_log.write(fault.value)
    assert place is not None
    text = place.read_text(encoding="utf-8")

    assert "KeyError: '***'" in text
    assert text.index("KeyError") < text.index("RuntimeError: later")
    assert "ValueError" not in text.replace("except ValueError", "")
    assert "test_privacy.py" in text
    assert PHONE not in text


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "lines"])
@pytest.mark.parametrize("command", ["check", "today", "letters"])
def test_a_masked_outcome_names_nobody(
    folder: Path, sample: Sample, capsys: pytest.CaptureFixture[str], command: str, as_json: bool
) -> None:
    event = next(row for row in sample.rows["Events"] if row["starts_on"] > NOW.date())  # type: ignore[operator]
    words = {"letters": ["--template", "邀请函", "--event", str(event["event_no"])]}.get(command, [])
    names = {str(row["name"]) for row in sample.rows["Customers"] if len(str(row["name"])) > 2}
    told = {}
    for mask in ([], ["--mask"]):
        show = ["--json"] if as_json else []
        assert (
            command_line.main(
                [command, str(folder), *words, f"--date={NOW:%Y-%m-%d}", "--dry-run", *show, *mask]
            )
            < 2
        )
        told[bool(mask)] = capsys.readouterr().out

    known = planted(sample) | names
    assert [word for word in known if word in told[True]] == []
    assert as_json is False or any(word in told[False] for word in known)
    assert told[True].count("\n") == told[False].count("\n")


def test_a_log_that_another_user_began_is_left_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "dealer_xl").mkdir(mode=0o700)
    (tmp_path / "dealer_xl" / "dealer_xl-错误日志.txt").mkdir()  # as good as a file that may not be written

    place = fault_log.write(ValueError("odd"))

    assert place is not None
    assert place.name.startswith("dealer_xl-错误日志-")
    assert "ValueError" in place.read_text(encoding="utf-8")


def test_a_log_that_can_be_written_nowhere_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "文件").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "文件"))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "文件"))

    assert "错误日志也写不进" in fault_log.told(ValueError("odd"))


def test_the_log_lies_in_a_folder_of_this_user_alone_whatever_the_umask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    mask = os.umask(0)
    try:
        place = fault_log.write(ValueError("odd"))
    finally:
        os.umask(mask)

    assert place is not None
    assert [oct(each.stat().st_mode & 0o777) for each in (place.parent, place)] == [oct(0o700), oct(0o600)]


def test_the_log_is_written_through_no_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    other = tmp_path / "other.txt"
    other.write_text("theirs", encoding="utf-8")
    (tmp_path / "dealer_xl").mkdir(mode=0o700)
    (tmp_path / "dealer_xl" / "dealer_xl-错误日志.txt").symlink_to(other)

    assert fault_log.write(ValueError("odd")) is not None
    assert other.read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize("odd", ["link", "open to all", "file"])
def test_a_folder_that_others_could_have_prepared_takes_no_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    folder, other = tmp_path / "dealer_xl", tmp_path / "other"
    other.mkdir(mode=0o700)
    match odd:
        case "link":
            folder.symlink_to(other)
        case "file":
            folder.write_bytes(b"")
        case _:
            folder.mkdir()
            folder.chmod(0o755)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temp"))

    place = fault_log.write(ValueError("odd"))

    assert place is not None
    assert place.parent.parent == tmp_path / "temp"
    assert list(other.iterdir()) == []


def test_a_log_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(fault_log, "_MOST", 1_000)

    for turn in range(40):
        fault_log.write(ValueError(f"fault in row {turn}"))

    kept = sorted(path.name for path in (tmp_path / "dealer_xl").iterdir())
    assert kept == [f"dealer_xl-错误日志.txt{end}" for end in ("", ".1", ".2")]
    assert all(path.stat().st_size <= 1_000 for path in (tmp_path / "dealer_xl").iterdir())
