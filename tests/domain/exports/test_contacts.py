"""Which contacts go to a bank, how each stands to what went before, and what the cells say."""

from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.money import Money
from collector_desk.domain.exports.contacts import (
    Printing,
    SentBefore,
    SentPlace,
    SentRow,
    Span,
    rows_to_send,
)
from collector_desk.domain.exports.layout import STATUS_ONLY, CodeMap, ContactField, ContactLayout, LayoutColumn
from collector_desk.domain.message import Message, Refused
from collector_desk.domain.vocabulary import (
    Addressee,
    ArrearsReason,
    CaseState,
    NumberKind,
    Outcome,
    SentMark,
    Speaker,
)
from tests.samples.contacts import TEN, contact, ended
from tests.samples.hostile import HIDDEN, HOSTILE

FIRST = SentPlace("r1", "K7M-N1001", 7)
ALL = Span(None, TEN + timedelta(days=1))


def said(message: Message) -> str:
    return f"{message.code} {' '.join(str(value) for value in message.params.values())}".strip()


def layout(*columns: LayoutColumn, codes=None, notes=False) -> ContactLayout:
    return ContactLayout("x", "1", {}, "zh_CN", "催记", "utf-8-sig", notes, columns, codes or {})


def printed(field: ContactField, row: SentRow, *, codes=None, notes=False, released=False, covered=False, **column):
    columns = (LayoutColumn("X", field, **column),)
    if field is ContactField.RECORD:
        columns += (LayoutColumn("M", ContactField.MARK),)
    made = Printing(
        layout(*columns, codes=codes, notes=notes),
        said,
        ZoneInfo("Asia/Shanghai"),
        date(2026, 11, 2),
        released,
        covered,
    )
    return made.cells(row)[0]


def row(end=None, mark=SentMark.NEW, first=None, **more) -> SentRow:
    return SentRow(contact(end, **more), mark, first)


def marks(contacts, sent=None, covered=(), *, span=ALL, repeats=False):
    found = rows_to_send(contacts, sent or {}, covered, span=span, repeats=repeats)
    return [(one.contact.attempt_id, one.mark) for one in found]


def test_what_the_bank_has_not_goes_out_in_the_order_of_time():
    later = contact(ended(), attempt_id="a2", at=TEN + timedelta(hours=1))
    assert marks([later, contact(ended())]) == [("a1", SentMark.NEW), ("a2", SentMark.NEW)]


def test_an_open_call_goes_out_only_once_it_has_an_outcome():
    assert marks([contact()]) == []
    # the export of noon covered it, and it ended afterwards
    noon = Span(None, TEN + timedelta(hours=2))
    assert marks([contact(ended())], covered=[noon]) == [("a1", SentMark.LATE)]
    before = Span(None, TEN - timedelta(hours=2))
    assert marks([contact(ended())], covered=[before]) == [("a1", SentMark.NEW)]


def test_days_left_out_of_an_export_are_not_late():
    covered = [Span(TEN + timedelta(days=1), TEN + timedelta(days=2))]
    assert marks([contact(ended())], covered=covered) == [("a1", SentMark.NEW)]


def test_what_went_out_goes_again_only_where_it_is_asked_for_or_another_now():
    same, other = {"a1": SentBefore(FIRST, "e1")}, {"a1": SentBefore(FIRST, "e0")}
    assert marks([contact(ended())], same) == []
    assert marks([contact(ended())], same, repeats=True) == [("a1", SentMark.REPEAT)]
    assert marks([contact(ended())], other) == [("a1", SentMark.CORRECTED)]
    assert rows_to_send([contact(ended())], other, (), span=ALL, repeats=False)[0].first == FIRST


def test_a_taken_back_outcome_is_told_once():
    told, untold = {"a1": SentBefore(FIRST, None)}, {"a1": SentBefore(FIRST, "e1")}
    assert marks([contact()], untold) == [("a1", SentMark.TAKEN_BACK)]
    assert marks([contact()], told) == []
    assert marks([contact()], told, repeats=True) == []
    assert marks([contact(ended())], told) == [("a1", SentMark.CORRECTED)]


def test_days_hold_what_lies_between_them_and_nothing_else():
    span = Span(TEN, TEN)
    assert marks([contact(ended())], span=span) == [("a1", SentMark.NEW)]
    for minutes in (-1, 1):
        assert marks([contact(ended(), at=TEN + timedelta(minutes=minutes))], span=span) == []


@given(st.lists(st.sampled_from(["e1", "e2", None]), max_size=8))
def test_however_an_outcome_changes_the_bank_ends_up_with_what_holds(ends):
    """One export after each change: what was sent last is what holds, and nothing goes out twice unchanged."""
    sent: dict[str, SentBefore] = {}
    for end in ends:
        now = contact(ended(id=end) if end else None)
        for one in rows_to_send([now], sent, (), span=ALL, repeats=False):
            first = sent["a1"].first if "a1" in sent else FIRST
            assert one.first == (first if "a1" in sent else None)
            sent["a1"] = SentBefore(first, one.contact.end.id if one.contact.end else None)
        assert marks([now], sent) == []
        assert (sent["a1"].last_said if "a1" in sent else None) == end


def test_a_serial_is_the_banks_where_its_file_had_one():
    asked = {"from_file": ("档案号", "个案序列号")}
    assert printed(ContactField.SERIAL, row(ended()), **asked) == "BK-77"
    assert printed(ContactField.SERIAL, row(ended())) == "K7M-1001"


def test_what_is_personal_stands_behind_its_mask_unless_opened():
    for field, masked, whole in (
        (ContactField.NAME, "朱**", "朱雪彩"),
        (ContactField.NUMBER, "161****0001", "16188000001"),
        (ContactField.ID_NUMBER, "**************0001", "000103198201010001"),
        (ContactField.ACCOUNT, "************1234", "6200000000001234"),
        (ContactField.CUSTOMER_NO, "***0001", "C100001"),
        (ContactField.SPOKEN_TO, "朱**", "朱雪彩"),
    ):
        assert printed(field, row(ended())) == masked
        assert printed(field, row(ended()), masked=False) == whole
        assert printed(field, row(ended()), masked=False, covered=True) == masked


def test_formats_of_instants_days_and_amounts():
    due = row(ended(Outcome.PROMISE_PART), promised=Money(123450), promised_at=TEN)
    assert printed(ContactField.AT, due, format="%Y年%m月%d日 %H:%M:%S") == "2026年11月23日 10:00:00"
    assert printed(ContactField.PROMISED_ON, due, format="%Y%m%d") == "20261123"
    assert printed(ContactField.PLACED_ON, due) == "2026-11-02"
    assert printed(ContactField.RETURN_ON, due) == "2026-12-31"
    assert printed(ContactField.FOLLOW_UP, due) == ""
    assert printed(ContactField.PROMISED, due) == Decimal("1234.50")
    assert printed(ContactField.PROMISED, due, format="grouped") == "1,234.50"
    assert printed(ContactField.PROMISED, due, format="minor") == 123450
    assert (printed(ContactField.DAYS, due), printed(ContactField.CURRENCY, due)) == (23, "CNY")
    assert printed(ContactField.DISTRICT, due) == "广州市天河区"
    assert printed(ContactField.BALANCE, due) == Decimal("33911.62")


def test_a_promise_stands_only_with_an_outcome_that_is_one():
    promised = {"promised": Money(123450), "promised_at": TEN}
    assert printed(ContactField.PROMISED, row(ended(Outcome.REFUSES), **promised)) == ""
    assert printed(ContactField.PROMISED_ON, row(None, SentMark.TAKEN_BACK, FIRST, **promised)) == ""


def test_whom_it_was_with():
    theirs = {"number_kind": NumberKind.CONTACT, "owner_name": "薛梅", "relation": "配偶"}
    for end, more, to, name in (
        (ended(), {}, Addressee.DEBTOR, "朱雪彩"),
        (ended(Outcome.NO_ANSWER, speaker=Speaker.UNKNOWN), {}, Addressee.DEBTOR, "朱雪彩"),
        (ended(Outcome.THIRD_PARTY, speaker=Speaker.THIRD_PARTY), {}, Addressee.OTHER, ""),
        (ended(Outcome.THIRD_PARTY, speaker=Speaker.THIRD_PARTY), theirs, Addressee.CONTACT, "薛梅"),
        (ended(speaker=Speaker.DEBTOR), theirs, Addressee.DEBTOR, "朱雪彩"),
        (ended(speaker=Speaker.GUARANTOR), {"number_kind": NumberKind.GUARANTOR}, Addressee.GUARANTOR, ""),
        (ended(), {"number_kind": None, "number": ""}, Addressee.DEBTOR, "朱雪彩"),
    ):
        one = contact(end, **more)
        assert one.to is to
        assert printed(ContactField.SPOKEN_TO, SentRow(one, SentMark.NEW), masked=False) == name
    spoken = row(ended(Outcome.THIRD_PARTY, speaker=Speaker.THIRD_PARTY), **theirs)
    assert printed(ContactField.RELATION, spoken) == "配偶"
    assert printed(
        ContactField.RELATION, row(ended()), codes={ContactField.RELATION: CodeMap({"debtor": "本人"}, {})}
    )
    assert printed(ContactField.RELATION, row(ended())) == "Addressee.debtor"


def test_a_word_without_a_code_refuses_and_is_named():
    codes = {ContactField.OUTCOME: CodeMap({"refuses": "R1"}, {})}
    assert printed(ContactField.OUTCOME, row(ended()), codes=codes) == "R1"
    with pytest.raises(Refused) as caught:
        printed(ContactField.OUTCOME, row(ended(Outcome.BUSY)), codes=codes)
    assert caught.value.message.code == "exports.unmapped"
    assert caught.value.message.params["value"] == "Outcome.busy"
    assert caught.value.message.params["layout"] == "x"
    # a contact that was taken back has no outcome to give a code for
    assert printed(ContactField.OUTCOME, row(None, SentMark.TAKEN_BACK, FIRST), codes=codes) == ""


@pytest.mark.parametrize(
    "end",
    [
        ended(reason=ArrearsReason.ILLNESS_FAMILY, note="客户母亲住院"),
        ended(Outcome.HARDSHIP, reason=None, note="客户母亲住院"),
        ended(Outcome.RISK_TO_LIFE, note="客户母亲住院"),
        ended(Outcome.DECEASED, reason=None, note="客户母亲住院"),
    ],
)
def test_outcome_and_code_stand_for_a_sensitive_note(end):
    told = "客户母亲住院"
    for notes, released in ((False, False), (True, False), (False, True)):
        text = printed(ContactField.RECORD, row(end), notes=notes, released=released)
        assert told not in text
        assert text.startswith("exports.instead_of_note")
        assert (end.reason or end.outcome).value in text
    assert printed(ContactField.RECORD, row(end), notes=True, released=True) == told
    assert told not in printed(ContactField.RECORD, row(end), notes=True, released=True, covered=True)


def test_a_note_goes_out_with_long_numbers_hidden_unless_opened():
    end = ended(note="客户报卡号 6222021234567890 要求核对")
    assert printed(ContactField.RECORD, row(end)) == "客户报卡号 **************** 要求核对"
    assert printed(ContactField.RECORD, row(end), masked=False) == end.note
    assert printed(ContactField.RECORD, row(end), masked=False, covered=True) == "客**"


def test_marks_stand_in_their_column_or_before_the_record():
    corrected = row(ended(), SentMark.CORRECTED, FIRST)
    alone = Printing(
        layout(LayoutColumn("记录", ContactField.RECORD)), said, ZoneInfo("Asia/Shanghai"), None
    ).cells(corrected)
    assert alone == ("[SentMark.corrected exports.first_sent K7M-N1001 7] " + ended().note,)
    assert printed(ContactField.MARK, corrected) == "SentMark.corrected"
    assert printed(ContactField.FIRST_SENT, corrected) == "exports.first_sent K7M-N1001 7"
    assert printed(ContactField.FIRST_SENT, row(ended())) == ""
    assert printed(ContactField.RECORD, corrected) == ended().note
    taken = row(None, SentMark.TAKEN_BACK, FIRST)
    (text,) = Printing(
        layout(LayoutColumn("记录", ContactField.RECORD)), said, ZoneInfo("Asia/Shanghai"), None
    ).cells(taken)
    assert text == "[SentMark.taken_back exports.first_sent K7M-N1001 7]"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("field", [one for one in ContactField if one not in {ContactField.BLANK, *STATUS_ONLY}])
def test_hostile_text_makes_a_cell_that_hides_nothing(field, text):
    end = ended(Outcome.PROMISE_FULL, note=text, next_at=TEN)
    one = contact(
        end,
        name=text,
        customer_no=text,
        id_number=text,
        number=text,
        number_kind=NumberKind.CONTACT,
        owner_name=text,
        relation=text,
        address=text,
        collector=text,
        collector_no=text,
        promised=Money(1),
        promised_at=TEN,
    )
    for masked in ({}, {"masked": False}):
        cell = printed(field, SentRow(one, SentMark.REPEAT, FIRST), **masked)
        if isinstance(cell, str):
            assert not HIDDEN & set(cell)
            assert "\n" not in cell
            assert len(cell) <= 32_000


def test_the_state_and_what_a_talk_came_to():
    closed = row(ended(Outcome.WANTS_PLAN))
    assert printed(ContactField.NEGOTIATED, closed) == "Negotiated.by_plan"
    assert printed(ContactField.NEGOTIATED, row(ended())) == ""
    assert printed(ContactField.STATE, closed) == f"CaseState.{CaseState.OPEN.value}"
