"""Files put together by hand: traditional headings, several files in one, unseen characters, signatures."""

from datetime import date

import pytest

from collector_desk.intake.columns import Field, match_columns
from collector_desk.intake.counts import read_counts
from collector_desk.intake.layout import RowKind
from collector_desk.intake.placement import read_placement
from collector_desk.intake.problems import ProblemSeverity
from collector_desk.intake.values import PlacementFile

HEADER = "账户号,客户姓名,委案金额,逾期天数"
ROWS = ["A1,甲,5,45", "A2,乙,6,45"]


def read(*lines: str, encoding: str = "utf-8") -> PlacementFile:
    return read_placement("\n".join(lines).encode(encoding), "a.csv", today=date(2026, 11, 30))


def accounts(found: PlacementFile) -> list[tuple[str, str, int]]:
    return [(row.account_no, row.name, row.amount) for row in found.rows]


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "utf-8", "gb18030", "utf-16"])
def test_traditional_headings_in_any_encoding(encoding: str) -> None:
    header = "帳戶號,客戶姓名,證件號碼,委案金額,逾期天數,到期還款日,手機號碼,單位名稱"
    rows = [f"62{i:08d},陳大文,00010119900307001{i},1234.56,45,2026-10-15,1610013000{i},某銀行" for i in range(5)]
    found = read(header, *rows, encoding=encoding)
    assert [row.name for row in found.rows] == ["陳大文"] * 5
    assert {row.mobiles for row in found.rows} == {(f"1610013000{i}",) for i in range(5)}
    assert found.rows[0].employer == "某銀行"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("戶口號碼", Field.ACCOUNT_NO),
        ("手提電話", Field.MOBILE),
        ("逾期日數", Field.DAYS_PAST_DUE),
        ("備註", Field.REMARK),
    ],
)
def test_a_traditional_heading_means_what_the_other_does(heading: str, field: Field) -> None:
    assert match_columns([heading])[0].field is field


@pytest.mark.parametrize("mark", ["\u200b", "\u202a", "\ufeff", "\u00ad", "\u2060"])
def test_headings_with_characters_nobody_sees(mark: str) -> None:
    words = ",".join(f"{mark}{word}{mark}" for word in HEADER.split(","))
    found = read(words, *ROWS)
    assert accounts(found) == [("A1", "甲", 500), ("A2", "乙", 600)]
    assert [column.header for column in found.sheets[0].columns] == HEADER.split(",")


@pytest.mark.parametrize("end", [b"\n", b"", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf"])
def test_files_joined_together_lose_no_row(end: bytes, mark: bytes) -> None:
    if not end and not mark:
        return  # then two cells are one, and nobody can tell
    parts = [mark + f"{HEADER}\n{row}".encode() for row in ROWS]
    found = read_placement(end.join(parts), "a.csv", today=date(2026, 11, 30))
    assert accounts(found) == [("A1", "甲", 500), ("A2", "乙", 600)]
    assert found.set_aside == 0


def test_the_mark_of_a_file_inside_a_text_parts_nothing() -> None:
    found = read(HEADER, "A1,甲\ufeff,5,45", "A2,\ufeff乙,6,45")
    assert accounts(found) == [("A1", "甲", 500), ("A2", "乙", 600)]


@pytest.mark.parametrize(
    "line",
    [
        "制表：,王五,复核：,李六",
        "制表人：王五,,复核人：李六,",
        "制表,王,复核,李",
        "经办人：张三,日期：2026-11-30,,",
        "审批：,,盖章：,",
        "第1页,共3页,,",
    ],
)
def test_a_line_of_signatures_in_several_cells_is_no_account(line: str) -> None:
    found = read(HEADER, ROWS[0], line)
    assert (accounts(found), found.set_aside) == ([("A1", "甲", 500)], 0)
    assert found.sheets[0].recognised[-1].kind is RowKind.SIGNATURE


@pytest.mark.parametrize("row", ["制表1号,甲,5,45", "A2,经理人,6,45", "户3,签名山,6,45"])
def test_an_account_that_sounds_like_one_is_still_one(row: str) -> None:
    assert len(read(HEADER, ROWS[0], row).rows) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阿卜杜拉·买买提", "阿卜杜拉•买买提"),
        ("阿卜杜拉．买买提", "阿卜杜拉买买提"),
        ("⻢云", "马云"),
        ("Joe Lee", "ＪＯＥ　ＬＥＥ"),
    ],
)
def test_two_accounts_under_two_spellings_are_one_persons(one: str, other: str) -> None:
    found = read(f"{HEADER},客户号", f"A1,{one},5,45,C1", f"A2,{other},6,45,C1")
    assert (len(found.rows), found.set_aside) == (2, 0)
    assert "intake.name_differs" not in {problem.reason.code for problem in found.problems}


def test_a_name_with_a_hidden_character_is_asked_about_and_another_name_stays_out() -> None:
    found = read(f"{HEADER},客户号", "A1,王䶮伟,5,45,C1", "A2,王*伟,6,45,C1", "A3,李强,7,45,C1")
    assert [row.account_no for row in found.rows] == ["A1", "A2"]
    said = {problem.line: problem.reason.code for problem in found.problems if problem.column == "客户姓名"}
    assert said == {3: "intake.name_differs", 4: "intake.name_of_another"}


LOST = ["锟斤拷锟斤拷", "???", "王?", "ÕÅÈý", "□□"]


@pytest.mark.parametrize("name", LOST)
def test_a_name_that_was_lost_before_the_file_was_made_keeps_its_row_out(name: str) -> None:
    found = read(HEADER, f"A1,{name},5,45", ROWS[1])
    assert accounts(found) == [("A2", "乙", 600)]
    assert {p.reason.code for p in found.problems if p.severity is ProblemSeverity.REFUSED} == {"intake.text_lost"}


def test_other_text_that_was_lost_is_said_and_what_holds_a_place_is_left_out() -> None:
    found = read(f"{HEADER},单位名称,家庭地址,证件号码", "A1,甲,5,45,锟斤拷,不详,未知")
    said = {(p.column, p.reason.code) for p in found.problems}
    assert {
        ("单位名称", "intake.text_lost"),
        ("家庭地址", "intake.placeholder"),
        ("证件号码", "intake.placeholder"),
    } <= said
    assert (found.rows[0].home_address, found.rows[0].id_no) == ("", "")


@pytest.mark.parametrize("tab", ["{}\t", "\t{}", "\t{}\t"])
def test_a_tab_beside_every_value_parts_nothing(tab: str) -> None:
    lines = [",".join(tab.format(cell) for cell in line.split(",")) for line in (HEADER, *ROWS)]
    assert accounts(read(*lines)) == [("A1", "甲", 500), ("A2", "乙", 600)]
    assert accounts(read(HEADER, *lines[1:])) == [("A1", "甲", 500), ("A2", "乙", 600)]
    real = [line.replace(",", "\t") for line in (HEADER, *ROWS)]
    assert accounts(read(*real)) == [("A1", "甲", 500), ("A2", "乙", 600)]


def test_counts_and_headings_of_them_are_cleaned_alike() -> None:
    from datetime import UTC, datetime

    content = '\u200b账户号,有效通话次数,接通次数\n="62001",\'1,2\u200b\n'.encode()
    found = read_counts(content, "c.csv", now=datetime(2026, 11, 30, tzinfo=UTC), zone=UTC)
    assert [(row.account_no, row.effective, row.connected) for row in found.rows] == [("62001", 1, 2)]
