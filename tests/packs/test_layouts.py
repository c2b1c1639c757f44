"""Layouts of contact records: the shipped one holds what it promises; a broken one names file and line."""

import re

import pytest

from collector_desk.domain.exports.layout import CODED, STATUS_ONLY, ContactField
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.vocabulary import Negotiated, Outcome
from collector_desk.packs.layouts import layout_named, layouts, read_layout
from collector_desk.resources import resource
from collector_desk.words.messages import LANGUAGES, render, word

HEAD = """[layout]
id = "bank-a"
version = "1"
[layout.title]
en = "Bank A"
zh_CN = "甲银行"
"""
COLUMNS = """[[column]]
heading = "案号"
field = "serial"
[[column]]
heading = "记录"
field = "record"
"""
SEVENTEEN = (
    "个案序列号 姓名 催收措施 催收时间 对象姓名 与案人关系 电话类型 电话号码 催收记录 催收结果 谈判方式 "
    "承诺还款日期 承诺还款金额 减免金额 减免状态 催收员 催收状态"
)


def faults(text: str) -> list[tuple[int, str]]:
    _, found = read_layout("bank-a.toml", text.encode())
    for fault in found:
        for lang in LANGUAGES:
            assert render(fault.message, lang) != fault.message.code
    return [(fault.line, fault.message.code) for fault in found]


def test_the_shipped_layout_has_the_seventeen_columns_and_a_code_for_every_outcome() -> None:
    layout = layout_named("generic")
    assert [column.heading for column in layout.columns] == SEVENTEEN.split()
    assert set(layout.codes[ContactField.OUTCOME].theirs) == set(Outcome)
    assert set(layout.codes[ContactField.NEGOTIATED].theirs) == set(Negotiated)
    assert all(column.masked for column in layout.columns)
    assert not layout.sensitive_notes
    for codes in layout.codes.values():
        assert all(codes.ours(theirs) == ours for ours, theirs in codes.theirs.items())


def test_every_field_can_be_asked_for() -> None:
    columns = "".join(
        f'[[column]]\nheading = "{field}"\nfield = "{field}"\n' for field in sorted(set(ContactField) - STATUS_ONLY)
    )
    layout, found = read_layout("x.toml", (HEAD + columns).encode())
    assert found == ()
    assert layout is not None
    assert {column.field for column in layout.columns} == set(ContactField) - STATUS_ONLY


def test_a_plain_layout_has_no_faults_and_a_shared_code_its_way_back() -> None:
    codes = '[codes.outcome]\nbusy = "NA"\noff = "NA"\nrefuses = "R"\n'
    assert faults(HEAD + COLUMNS) == []
    assert [code for _, code in faults(HEAD + COLUMNS + codes)] == ["exports.layout.no_way_back"] * 2
    layout, found = read_layout("x.toml", f'{HEAD}{COLUMNS}{codes}[back.outcome]\nNA = "off"\n'.encode())
    assert found == ()
    assert layout is not None
    map_ = layout.codes[ContactField.OUTCOME]
    assert (map_.ours("NA"), map_.ours("R"), map_.ours("?")) == ("off", "refuses", "")


@pytest.mark.parametrize(
    ("more", "line", "code"),
    [
        ('[[column]]\nheading = ""\nfield = "name"', 14, "bad_heading"),
        ('[[column]]\nheading = "案\\u202e号"\nfield = "name"', 14, "bad_heading"),
        ('[[column]]\nheading = "记录"\nfield = "name"', 14, "heading_twice"),
        ('[[column]]\nheading = "X"\nfield = "at"\nformat = "%B"', 16, "bad_format"),
        ('[[column]]\nheading = "X"\nfield = "placed_on"\nformat = "%H:%M"', 16, "bad_format"),
        ('[[column]]\nheading = "X"\nfield = "balance"\nformat = "fen"', 16, "bad_format"),
        ('[[column]]\nheading = "X"\nfield = "name"\nformat = "%Y"', 16, "bad_format"),
        ('[[column]]\nheading = "X"\nfield = "outcome"\nmasked = false', 16, "nothing_masked"),
        ('[[column]]\nheading = "X"\nfield = "name"\nfrom_file = ["Y"]', 16, "not_from_file"),
        ('[codes.name]\na = "b"', 13, "not_coded"),
        ('[codes.outcome]\nbusyy = "B"', 14, "unknown_value"),
        ('[codes.outcome]\nbusy = " "', 14, "bad_code"),
        ('[codes.outcome]\nbusy = "B"\n[back.outcome]\nB = "off"', 16, "wrong_way_back"),
        ('[back.outcome]\nB = "off"', 13, "not_coded"),
    ],
)
def test_a_fault_has_its_line(more: str, line: int, code: str) -> None:
    assert faults(HEAD + COLUMNS + more) == [(line, f"exports.layout.{code}")]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        (HEAD + COLUMNS.replace("serial", "serail"), 9, "calls.scripts.not_one_of"),
        (HEAD + COLUMNS + "[[colum]]\n", 13, "calls.scripts.unknown_key"),
        (HEAD.replace("id =", "name ="), 2, "calls.scripts.unknown_key"),
        (HEAD + "column = []", 7, "calls.scripts.unknown_key"),
        (HEAD.replace("bank-a", "../bank"), 2, "calls.scripts.bad_value"),
        (HEAD + COLUMNS + "x\n", 13, "calls.scripts.not_toml"),
        (HEAD + COLUMNS.replace("serial", "batch"), 7, "exports.layout.no_case"),
        (HEAD + COLUMNS.replace("record", "name"), 7, "exports.layout.no_marks"),
    ],
)
def test_a_layout_that_is_none_says_where(text: str, line: int, code: str) -> None:
    assert (line, code) in faults(text)


def test_a_banks_own_lies_in_the_data_folder_and_goes_before_a_shipped_one(desk_home) -> None:
    folder = desk_home / "layouts"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text(HEAD + COLUMNS, "utf-8")
    own = resource("layouts", "generic.toml").read_text("utf-8").replace('version = "2026.1"', 'version = "ours"')
    (folder / "b.toml").write_text(own, "utf-8")
    known, wrong = layouts()
    assert [(layout.id, layout.version) for layout in known] == [
        ("bank-a", "1"),
        ("generic", "ours"),
        ("generic-status", "2026.1"),
    ]
    assert wrong == ()


def test_a_broken_one_is_told_with_file_and_line_and_the_others_work_on(desk_home) -> None:
    folder = desk_home / "layouts"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text(HEAD + COLUMNS + '[codes.outcome]\nbusyy = "B"\n', "utf-8")
    assert layout_named("generic").id == "generic"
    with pytest.raises(Trouble) as caught:
        layout_named("bank-a")
    told = render(caught.value.message, "en")
    assert re.search(r"a\.toml, line 14: busyy", told)


def test_an_unknown_one_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused) as caught:
        layout_named("bank-z")
    assert "generic" in render(caught.value.message, "zh_CN")


def test_fields_with_codes_are_words_on_the_screen() -> None:
    for words in CODED.values():
        for member in words:
            assert word(member, "en") != f"{words.__name__}.{member.value}"
