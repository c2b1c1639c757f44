"""Made fonts: kept, repaired, shared by processes, and the same on the page whatever the cache holds."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from collector_desk.documents.fonts import FACE, FontBook, common_characters

FEW = "ABC abc 你好世界"


def book(folder: Path, base: str = FEW) -> FontBook:
    return FontBook(folder, base)


def page(fonts: FontBook, text: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    with fonts.ready(text):
        canvas = Canvas(file, invariant=1, initialFontName=FACE)
        canvas.setFont(FACE, 12)
        canvas.drawString(40, 700, text)
        canvas.save()
    return file.getvalue()


def read(data: bytes) -> str:
    return "".join(pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().split())


def test_a_made_font_is_kept_and_read_again(tmp_path):
    first = book(tmp_path)
    data = page(first, "你好 ABC")
    stamp = first.path.stat().st_mtime_ns
    assert page(book(tmp_path), "你好 ABC") == data
    assert first.path.stat().st_mtime_ns == stamp
    assert [p.name for p in tmp_path.iterdir()] == [first.path.name]


def test_characters_beyond_the_common_are_added_and_change_no_other_page(tmp_path):
    fonts = book(tmp_path)
    before = page(fonts, "你好")
    assert read(page(fonts, "龘麤𬒔好")) == "龘麤𬒔好"  # one of them beyond U+FFFF
    assert page(fonts, "你好") == before
    assert page(book(tmp_path), "你好") == before
    assert page(book(tmp_path / "other", "好你 xyz 里"), "你好") == before


def test_a_whole_alphabet_is_copied_out_as_it_went_in(tmp_path):
    text = "".join(chr(c) for c in range(0x4E00, 0x4E00 + 300))
    assert read(page(book(tmp_path), text)) == text


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b[:200] + b"x" + b[201:], lambda _: b"", lambda b: b[:70]]
)
def test_a_damaged_cache_is_made_anew(tmp_path, damage):
    fonts = book(tmp_path)
    data = page(fonts, "你好")
    fonts.path.write_bytes(damage(fonts.path.read_bytes()))
    assert page(book(tmp_path), "你好") == data
    assert page(book(tmp_path), "你好") == data


def test_a_cache_that_can_not_be_written_prints_all_the_same(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way of a folder")
    assert read(page(book(blocked / "fonts"), "你好")) == "你好"


def test_a_character_without_outline_is_an_error_never_a_blank(tmp_path):
    fonts = book(tmp_path)
    with fonts.ready("你") as font, pytest.raises(LookupError, match=r"U\+20BB7"):
        font.splitString("你𠮷", object())


def test_what_the_font_lacks_is_known():
    fonts = book(Path(os.devnull) / "none")
    assert fonts.missing("𠮷A中") == {"𠮷"}


def test_the_common_characters_hold_what_papers_need():
    common = common_characters()
    assert set("中华人民共和国贷款逾期¥，。（）：ABCxyz0189×—→") <= set(common)
    assert 4_500 < len(set(common)) < 6_000


def test_processes_making_the_font_at_once_leave_one_good_file(tmp_path):
    code = (
        "import sys, pathlib\n"
        "from collector_desk.documents.fonts import FontBook\n"
        "with FontBook(pathlib.Path(sys.argv[1]), sys.argv[2]).ready(sys.argv[3]): pass\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), FEW, extra]) for extra in ("龙", "凤", "龟")
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert len(list(tmp_path.iterdir())) == 1
    assert read(page(book(tmp_path), "龙凤龟")) == "龙凤龟"


def test_the_folder_follows_the_programs_home(monkeypatch, tmp_path):
    monkeypatch.setenv("COLLECTOR_DESK_HOME", str(tmp_path))
    assert FontBook(base=FEW).path.parent == tmp_path / "cache" / "fonts"
