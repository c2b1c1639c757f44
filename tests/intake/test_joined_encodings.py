"""Files of different encodings joined together: each part is read in its own, or its rows stay out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector_desk.intake.decoding import decode
from collector_desk.intake.joined import parts_of
from collector_desk.intake.placement import read_placement
from collector_desk.intake.values import PlacementFile

HEADER = "账户号,客户姓名,委案金额,逾期天数,备注"
TRADITIONAL = "賬戶號,客戶姓名,委案金額,逾期天數,備註"
SIMPLE = ["朱雪彩", "王小明", "欧阳娜娜", "买买提", "李强", "赵四", "钱多多", "孙悟空"]
OLD = ["陳國華", "張學友", "劉德華", "郭富城", "黎明輝", "鄭秀文", "楊千嬅", "謝霆鋒"]
CODECS = ["gb18030", "utf-8", "big5"]


def part(codec: str, start: int, names: list[str], *, header: bool = True, mark: bool = False) -> bytes:
    top = [TRADITIONAL if codec == "big5" else HEADER] if header else []
    note = "門牌有誤，請再查" if codec == "big5" else "门牌有误，请再查"
    rows = [f"62500{start + n:06},{name},100.25,20,{note}" for n, name in enumerate(names)]
    return ("\ufeff" if mark else "").encode("utf-8") + "\r\n".join([*top, *rows, ""]).encode(codec)


def names_of(codec: str, count: int = 8) -> list[str]:
    pool = OLD if codec == "big5" else SIMPLE
    return [pool[n % 8] for n in range(count)]


def said(found: PlacementFile) -> set[str]:
    return {p.reason.code for p in found.problems}


@pytest.mark.parametrize("first", CODECS)
@pytest.mark.parametrize("then", CODECS)
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("count", [3, 900, 9000])
def test_every_half_is_read_in_its_own_encoding(first, then, header, count):
    if count == 9000 and (not header or "utf-8" in (first, then)):
        pytest.skip("the same at a tenth of the size")
    one, other = names_of(first, count), names_of(then, 5)
    data = part(first, 0, one) + part(then, count, other, header=header)
    found = read_placement(data, "joined.csv")
    assert [row.name for row in found.rows] == one + other
    assert ("intake.joined_encodings" in said(found)) == (first != then)
    assert (" + " in found.encoding) == (first != then)


@pytest.mark.parametrize("then", ["gb18030", "big5"])
def test_a_mark_at_the_beginning_holds_for_its_part_only(then):
    data = part("utf-8", 0, SIMPLE, mark=True) + part(then, 8, names_of(then))
    found = read_placement(data, "joined.csv")
    assert [row.name for row in found.rows] == SIMPLE + names_of(then)


def test_three_parts_one_with_a_mark_in_the_middle():
    data = part("gb18030", 0, SIMPLE) + part("utf-8", 8, SIMPLE, mark=True) + part("big5", 16, OLD)
    found = read_placement(data, "joined.csv")
    assert [row.name for row in found.rows] == SIMPLE + SIMPLE + OLD
    assert found.encoding == "gb18030 + utf-8 + big5"


def test_a_line_of_both_stays_out_and_nothing_else():
    data = part("gb18030", 0, SIMPLE).rstrip() + part("utf-8", 8, SIMPLE)
    found = read_placement(data, "joined.csv")
    names = [row.name for row in found.rows]
    assert set(names) <= set(SIMPLE)
    assert len(names) >= 2 * len(SIMPLE) - 1


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_name_is_ever_another_one(data):
    """Whatever is joined: a name that comes in is one that was written, or it is marked as lost and stays out."""
    written, whole, at = set(), b"", 0
    for codec in data.draw(st.lists(st.sampled_from(CODECS), min_size=1, max_size=4)):
        pool = OLD if codec == "big5" else SIMPLE
        names = data.draw(st.lists(st.sampled_from(pool), min_size=1, max_size=12))
        whole += part(codec, at, names, header=data.draw(st.booleans()) or not whole)
        written |= set(names)
        at += len(names)
    found = read_placement(whole, "joined.csv")
    assert {row.name for row in found.rows} <= written
    assert len(found.rows) + found.set_aside >= at, "a heading nobody knows is set aside too"


@pytest.mark.parametrize(("first", "then"), [("gb18030", "big5"), ("big5", "gb18030")])
def test_a_line_that_can_be_two_stays_out_between_parts(first, then):
    """Three characters that are everyday words of both: between two encodings nobody can tell which they are."""
    either = "陳國華".encode("big5")
    assert either.decode("gb18030") != "陳國華"
    row = b"62500000050," + either + b",100.25,20,\r\n"
    data = part(first, 0, names_of(first)) + row + part(then, 60, names_of(then), header=False)
    found = read_placement(data, "joined.csv")
    assert [each.name for each in found.rows] == names_of(first) + names_of(then)
    assert found.set_aside == 1
    assert "intake.joined_encodings" in said(found)


@given(
    st.lists(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4), min_size=3)
)
def test_a_file_of_one_encoding_is_none_of_several(names):
    """Names of any characters, also rare ones, below headings and notes as they are."""
    for codec in ("gb18030", "utf-8"):
        data = part(codec, 0, names)
        assert decode(data)[1] == codec
        assert parts_of(data) == ()


def test_bytes_that_fit_nothing_still_keep_their_rows_out():
    odd = b"62500000099,\xff\xfe\x80\xff,100.25,20,\xff\r\n"
    found = read_placement(part("gb18030", 0, SIMPLE) + odd + part("utf-8", 20, SIMPLE), "joined.csv")
    assert [row.name for row in found.rows] == SIMPLE * 2
    assert found.set_aside == 1
