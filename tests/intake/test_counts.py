"""The bank's file of counts, as careless as clerks are."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.message import Trouble
from collector_desk.intake.counts import CountsFile, read_counts
from collector_desk.intake.placement import read_placement
from collector_desk.intake.problems import ProblemSeverity
from collector_desk.words.messages import LANGUAGES, render
from tests.samples import bank_files as files

SHANGHAI = ZoneInfo("Asia/Shanghai")
SHEET_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 -- a sheet's days have no zone
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=SHANGHAI).astimezone(UTC)
HEADER = ["账户号", "今日有效通话次数", "今日接通次数", "截至时间"]
AT = "2026-11-23 14:00"


def read(content: bytes, **more: object) -> CountsFile:
    return read_counts(content, "counts", now=NOW, zone=SHANGHAI, **more)


def table(*rows: list[object], header: list[str] = HEADER) -> CountsFile:
    return read(files.text([header, *rows], "utf-8"))


def codes(file: CountsFile, severity: ProblemSeverity = ProblemSeverity.REFUSED) -> list[tuple[int, str]]:
    return [(found.line, found.reason.code) for found in file.problems if found.severity is severity]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("kind", ["xlsx", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_careless_clerks_file_is_read_completely(kind):
    rows = [
        ["某某银行催收次数统计"],
        ["数据截至：2026年11月23日 14:00（机构合计）"],
        [],
        ["序号", "身份证号码", "账户号", "今日有效通话次数", "今日接通次数", "更新时间", "备注"],
        [1, "11010119900101123x", "62001", "２", "3次", "", "甲"],
        [2, "", "'62002", 0, 0.0, "13:30", ""],
        [3, "", "62003", "", 4, "2026/11/23 9:05:10", ""],
        ["合计", "", "", 2, 7, "", ""],
        ["制表人：", "", "", "", "", "", "复核："],
    ]
    file = read(files.xlsx(rows) if kind == "xlsx" else files.text(rows, kind))
    first, second, third = file.rows
    assert (first.id_no, first.account_no) == ("11010119900101123X", "62001")
    assert (first.effective, first.connected, first.as_of) == (2, 3, at(AT))
    assert (second.account_no, second.effective, second.connected) == ("62002", 0, 0)
    assert second.as_of == at("2026-11-23 13:30")
    assert (third.effective, third.connected, third.as_of) == (None, 4, at("2026-11-23 09:05:10"))
    assert not file.asks_as_of
    assert file.set_aside == 0
    (sheet,) = file.sheets
    assert sheet.rows == sheet.accepted + sheet.set_aside + sheet.blank + len(sheet.recognised)
    assert [said.kind for said in sheet.recognised][-2:] == ["total", "signature"]


@pytest.mark.parametrize(
    ("effective", "connected"),
    [
        ("有效通话", "接通"),
        ("当日有效沟通次数", "已接通次数"),
        ("机构合计有效通话（今日）", "机构合计接通数（今日）"),
        ("其他机构今日有效通话次数", "其他机构今日接通电话次数"),
        ("今日累计有效通话", "今日累计拨通次数"),
        ("Effective talks today", "Connected calls today"),
        ("effective_today", "connected_today"),
        ("Number of effective conversations", "Calls connected"),
        ("＊有效通话次数＊", "接通 次数"),
    ],
)
def test_headings_are_known_by_their_meaning(effective, connected):
    (row,) = table(["62001", 1, 2, AT], header=["合同编号", effective, connected, "As of"]).rows
    assert (row.account_no, row.effective, row.connected, row.as_of) == ("62001", 1, 2, at(AT))


@pytest.mark.parametrize(
    "other",
    ["本月有效通话次数", "有效通话率", "昨日接通次数", "未接通次数", "无效通话", "拨打次数", "最近接通时间",
     "通话时长", "not connected", "unanswered calls", "effective talks this month", "last connected date"],
)  # fmt: skip
def test_what_counts_something_else_is_no_figure_of_the_day(other):
    with pytest.raises(Trouble) as trouble:
        table(["62001", 1, AT], header=["账号", other, "截至"])
    assert trouble.value.message.code == "intake.counts_no_header"


def test_a_header_of_two_rows_is_joined():
    rows = [["账户号", "今日次数", "", "截至时间"], ["", "有效通话", "接通", ""], ["62001", 1, 2, AT]]
    (row,) = read(files.xlsx(rows)).rows
    assert (row.effective, row.connected, row.as_of) == (1, 2, at(AT))


def test_cases_are_named_by_our_own_number_as_well():
    (row,) = table(["K7M-1123", 1], header=["案件编号", "有效通话次数"]).rows
    assert (row.case_no, row.account_no) == ("K7M-1123", "")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["", 1, 1, AT], "intake.counts_nobody"),
        (["62001", "", "", AT], "intake.counts_empty"),
        (["62001", "-1", 0, AT], "intake.counts_negative"),
        (["62001", -2, 0, AT], "intake.counts_negative"),
        (["62001", "（1）", 0, AT], "intake.counts_negative"),
        (["62001", 1.5, 2, AT], "intake.not_a_count"),
        (["62001", "很多", 2, AT], "intake.not_a_count"),
        (["62001", "１．５", 2, AT], "intake.not_a_count"),
        (["62001", 4000, 2, AT], "intake.out_of_range"),
        (["62001", "=1+1", 2, AT], "intake.not_a_count"),
        (["6.2E+17", 1, 2, AT], "intake.digits_lost"),
        (["62001", 1, 2, "2026-11-23 15:01"], "intake.counts_future"),
        (["62001", 1, 2, "2026-11-24"], "intake.counts_future"),
        (["62001", 1, 2, "2026-10-01 14:00"], "intake.counts_too_old"),
        (["62001", 1, 2, "下午三点多"], "intake.counts_no_time"),
        (["62001", 1, 2, "2026-13-01 14:00"], "intake.counts_no_time"),
        (["62001", 1, 2, "25:00"], "intake.counts_no_time"),
        (["62001", 1, 2, "05/09/2026 14:00"], "intake.counts_no_time"),
    ],
)
def test_what_cannot_be_taken_is_set_aside_with_its_reason(cells, code):
    file = table(cells, ["62009", 1, 1, AT])
    assert codes(file) == [(2, code)]
    assert (len(file.rows), file.set_aside) == (1, 1)
    for language in LANGUAGES:
        assert render(file.problems[0].reason, language)


def test_a_sheet_that_holds_numbers_keeps_what_is_exact_and_refuses_the_rest():
    rows = [
        HEADER,
        [62001.0, 1.0, 2.0, SHEET_EPOCH + timedelta(days=46349, hours=14)],
        [6.2e17, 1, 1, AT],
        [62003, True, 1, AT],
    ]
    file = read(files.xlsx(rows))
    assert [(row.account_no, row.as_of) for row in file.rows] == [("62001", at(AT))]
    assert codes(file) == [(3, "intake.digits_lost"), (4, "intake.not_a_count")]


def test_the_same_line_twice_is_counted_once_and_another_line_of_the_same_debtor_stays():
    file = table(["62001", 1, 1, AT], ["62001", 1, 1, AT], ["62001", 2, 2, AT])
    assert [row.effective for row in file.rows] == [1, 2]
    assert codes(file) == [(3, "intake.counts_same_line")]


def test_a_total_row_is_known_although_its_word_stands_for_a_number():
    file = table(["62001", 1, 1, AT], ["合 计", 1, 1, AT], ["Total", 1, 1, AT])
    assert len(file.rows) == 1
    assert [said.kind for said in file.sheets[0].recognised] == ["header", "total", "total"]


def test_a_masked_number_names_nobody_and_the_account_still_does():
    header = ["身份证号", "账号", "有效通话次数", "截至"]
    file = table(["1101**********123X", "62001", 1, AT], ["1101**********123X", "", 1, AT], header=header)
    assert [(row.id_no, row.account_no) for row in file.rows] == [("", "62001")]
    assert codes(file) == [(3, "intake.counts_nobody")]


def test_more_talks_than_calls_is_taken_and_doubted():
    file = table(["62001", 3, 1, AT])
    assert [(row.effective, row.connected) for row in file.rows] == [(3, 1)]
    assert codes(file, ProblemSeverity.WARNING) == [(2, "intake.counts_more_talks")]


@pytest.mark.parametrize(
    ("cell", "as_of", "day"),
    [
        ("2026-11-23T14:00:00+08:00", at(AT), date(2026, 11, 23)),
        ("2026-11-23T06:00:00Z", at(AT), date(2026, 11, 23)),
        ("20261123140000", at(AT), date(2026, 11, 23)),
        ("202611231400", at(AT), date(2026, 11, 23)),
        ("2026年11月23日 下午2:00", at(AT), date(2026, 11, 23)),
        ("2026.11.23 14时00分", at(AT), date(2026, 11, 23)),
        ("２０２６－１１－２３　１４：００", at(AT), date(2026, 11, 23)),
        ("46349.5833333333", at(AT), date(2026, 11, 23)),
        ("14:00", at(AT), date(2026, 11, 23)),
        ("20261123", None, date(2026, 11, 23)),
        ("", None, None),
        ("—", None, None),
    ],
)
def test_times_are_read_as_clerks_write_them(cell, as_of, day):
    file = table(["62001", 1, 1, cell])
    if cell == "2 PM":
        assert codes(file) == [(2, "intake.counts_no_time")]
        return
    assert [(row.as_of, row.day) for row in file.rows] == [(as_of, day)]
    assert file.asks_as_of is (as_of is None)


def test_a_day_alone_takes_the_titles_time_only_where_it_is_the_same_day():
    title = ["统计时间: 2026-11-23 14:00"]
    rows = [title, HEADER, ["62001", 1, 1, "2026-11-23"], ["62002", 1, 1, "2026-11-22"]]
    first, second = read(files.text(rows, "utf-8")).rows
    assert (first.as_of, second.as_of) == (at(AT), None)


def test_an_account_file_is_no_counts_file_and_the_other_way_round():
    with pytest.raises(Trouble) as trouble:
        read(files.xlsx(files.grid([files.account(1)])))
    assert trouble.value.message.code == "intake.counts_no_header"
    for header in (HEADER, [*HEADER, "客户姓名", "币种"]):
        with pytest.raises(Trouble) as trouble:
            read_placement(files.text([header, ["62001", 1, 1, AT, "张三", "CNY"][: len(header)]]), "x.csv")
        assert trouble.value.message.code == "intake.is_counts"


def test_a_hundred_thousand_rows_stream_with_progress_and_can_be_stopped():
    content = files.text([HEADER, *([f"62{n:09d}", n % 4, n % 7, AT] for n in range(100_000))], "gb18030")
    steps: list[tuple[int, int]] = []
    file = read(content, progress=lambda done, total: steps.append((done, total)))
    assert len(file.rows) + file.set_aside == 100_000
    assert file.rows[-1].account_no == "62000099999"
    assert len(steps) > 150
    assert steps == sorted(steps)
    assert steps[-1] == (100_001, 100_001)
    asked: list[int] = []
    with pytest.raises(Trouble) as trouble:
        read(content, cancelled=lambda: bool(asked.append(1) or len(asked) > 3))
    assert trouble.value.message.code == "intake.cancelled"
    assert len(asked) == 4


cells = st.one_of(
    st.text(max_size=12),
    st.integers(-9, 2000).map(str),
    st.sampled_from(
        ["２", "1.0", "1.5", "三", "", "—", "=1+1", "@x", "14:00", AT, "2026-11-23", "1101***9", "<b>"]
    ),
)


@given(st.lists(st.tuples(cells, cells, cells, cells), min_size=1, max_size=12))
def test_every_row_is_taken_explained_or_recognised(rows):
    file = read(files.xlsx([HEADER, *([_sheet(cell) for cell in row] for row in rows), ["62001", 1, 1, AT]]))
    (sheet,) = file.sheets
    assert sheet.rows == sheet.accepted + sheet.set_aside + sheet.blank + len(sheet.recognised)
    explained = {found.line for found in file.problems if found.severity is ProblemSeverity.REFUSED}
    taken = {row.line for row in file.rows}
    assert not explained & taken
    assert len(taken) == sheet.accepted
    assert len(explained) == sheet.set_aside
    for row in file.rows:
        assert row.account_no
        assert all(figure is None or 0 <= figure <= 999 for figure in (row.effective, row.connected))
        assert row.as_of is None or row.as_of <= NOW


def _sheet(cell: str) -> str:
    """What a workbook may hold: no control characters."""
    return "".join(char for char in cell if char.isprintable())


@given(st.datetimes(SHEET_EPOCH + timedelta(46327), SHEET_EPOCH + timedelta(46349, hours=15)))
def test_every_way_to_write_a_time_means_the_same(moment):
    moment = moment.replace(second=0, microsecond=0)
    ways = [
        f"{moment:%Y-%m-%d %H:%M}",
        f"{moment:%Y%m%d%H%M}",
        f"{moment:%Y年%m月%d日%H点%M分}",
        f"{moment:%Y/%m/%d %I:%M %p}",
    ]
    serial = (moment - SHEET_EPOCH) / timedelta(days=1)
    if moment.time() != time():
        ways.append(repr(serial))
    found = {row.as_of for row in table(*([f"62{n}", 1, 1, way] for n, way in enumerate(ways))).rows}
    assert found == {moment.replace(tzinfo=SHANGHAI)}
