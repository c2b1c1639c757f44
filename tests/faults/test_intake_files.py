"""Files that are not what they seem, or not whole."""

import gzip
import io
import zipfile
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from collector_desk.domain.message import Trouble
from collector_desk.intake.placement import read_placement
from collector_desk.intake.reading import read_bytes


def workbook() -> bytes:
    book = Workbook()
    book.active.append(["账户号", "客户姓名", "委案金额", "本人手机"])
    book.active.append(["622500000000001", "张三", 100.5, "16100000001"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, name: str, replace: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, replace if member == name else old.read(member))
    return out.getvalue()


def zip_of(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def code_of(content: bytes | Path, name: str = "a.xlsx", password: str | None = None) -> str:
    with pytest.raises(Trouble) as caught:
        read_placement(content, name, password=password)
    return caught.value.message.code


def test_bytes_that_are_no_text_under_the_name_of_a_text_file() -> None:
    assert code_of(bytes(range(256)) * 64, "a.csv") == "intake.encoding_unknown"
    assert code_of(bytes(2000), "a.csv") == "intake.encoding_unknown"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "intake.empty_file"),
        (b"   \r\n  \r\n", "intake.no_header"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "intake.is_markup"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><Workbook/>", "intake.is_markup"),
        (b"%PDF-1.7 ...", "intake.is_pdf"),
        (gzip.compress(b"x"), "intake.is_archive"),
        (b"\x89PNG\r\n\x1a\n....", "intake.is_picture"),
        (zip_of("readme.txt", b"hello"), "intake.no_header"),
        (zip_of("readme.md", b"hello"), "intake.is_archive"),
        (zip_of("xl/worksheets/sheet1.xml", bytes(70 << 20)), "intake.too_large"),
        (workbook()[:900], "intake.damaged"),
        (workbook()[:-200], "intake.damaged"),
        (b"PK\x03\x04garbage", "intake.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "intake.damaged"),
        (repacked(workbook(), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r="), "intake.damaged"),
        (bytes(range(256)) * 64, "intake.damaged"),
        (bytes(2000), "intake.damaged"),
    ],
)
def test_what_is_no_table_is_refused_with_its_own_sentence(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_a_cell_far_away_does_not_fill_the_memory() -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    assert code_of(repacked(workbook(), "xl/worksheets/sheet1.xml", far)) == "intake.too_spread"


def test_a_protected_workbook_asks_for_its_password() -> None:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt("bank-2026", out)
    locked = out.getvalue()
    assert msoffcrypto.OfficeFile(io.BytesIO(locked)).is_encrypted()
    assert code_of(locked) == "intake.password_needed"
    assert code_of(locked, password="wrong") == "intake.password_wrong"
    found = read_placement(locked, "a.xlsx", password="bank-2026")
    assert [row.account_no for row in found.rows] == ["622500000000001"]
    assert found.content == locked


def test_folders_missing_and_unreadable_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(tmp_path) == "intake.is_folder"
    assert code_of(tmp_path / "none.xlsx") == "intake.missing"
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook())

    def locked(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    assert code_of(path) == "intake.unreadable"


def test_a_file_that_is_still_being_copied_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"half")
    real = Path.read_bytes

    def grows(self: Path) -> bytes:
        content = real(self)
        with self.open("ab") as file:
            file.write(b" and the rest")
        return content

    monkeypatch.setattr(Path, "read_bytes", grows)
    with pytest.raises(Trouble) as caught:
        read_bytes(path)
    assert caught.value.message.code == "intake.changed_while_reading"


def test_a_very_long_cell_keeps_only_its_row_out() -> None:
    rows = [
        "账户号,客户姓名,委案金额,备注",
        "1001,张三,5.00," + "长" * 100_000,
        "1002,李四,6.00,短",
        "1003,王五,7.00," + "," * 1500,
    ]
    found = read_placement("\n".join(rows).encode(), "b.csv")
    assert [row.account_no for row in found.rows] == ["1002", "1003"]
    (problem,) = [p for p in found.problems if p.severity == "refused"]
    assert (problem.line, problem.reason.code) == (2, "intake.too_long")
