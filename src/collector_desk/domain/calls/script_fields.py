"""The fixed list of fields a script's words may hold, what each gives away, and their words for one call.

A script names a field as ``{amount_words}``. There is no other way for a figure of the case to get into spoken
text, so what a sentence can disclose is known before anybody speaks it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from collector_desk.domain.book.money import Money
from collector_desk.domain.text import names, spoken
from collector_desk.domain.text.cleaning import visible
from collector_desk.domain.vocabulary import Disclosure

GAP = "＿＿＿"
"""What stands where a draft names no field of ours; what a call lacks is said otherwise (``said_instead``)."""

_LONGEST = 60
_COMPOUND = (  # surnames of two characters
    "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐司徒司空夏侯端木南宫独孤宇文长孙钟离闻人"
    "申屠太史澹台公冶宗政濮阳淳于单于百里呼延轩辕西门第五拓跋完颜纳兰"
)
_SURNAMES = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))


class Sex(StrEnum):
    """How a person is addressed; None where the file doesn't say."""

    FEMALE = "female"
    MALE = "male"


class ScriptField(StrEnum):
    """A field of spoken text."""

    GREETING = "greeting"
    PERSON_CALLED = "person_called"  # 王先生: whom the call is for, surname with the form of address
    AGENCY_NEUTRAL = "agency_neutral"
    AGENT_NAME = "agent_name"
    AGENT_NUMBER = "agent_number"
    HOTLINE = "hotline"  # the agency's own number to call back
    CALL_BACK_WORDS = "call_back_words"
    HELP_LINE = "help_line"
    DEBTOR_CALLED = "debtor_called"  # the debtor, said to the guarantor
    BANK = "bank"
    PRODUCT = "product"
    BANK_HOTLINE = "bank_hotline"
    COMPLAINT_NUMBER = "complaint_number"
    AMOUNT_WORDS = "amount_words"  # what is due now
    BALANCE_WORDS = "balance_words"  # the whole debt
    DAYS_WORDS = "days_words"
    DUE_DATE_WORDS = "due_date_words"
    AS_OF_WORDS = "as_of_words"
    PAY_WAYS = "pay_ways"
    LAST_PROMISE_WORDS = "last_promise_words"  # the promise on file
    PROMISE_WORDS = "promise_words"  # the promise being made: until when how much
    PROMISE_AMOUNT_WORDS = "promise_amount_words"
    PROMISE_TIME_WORDS = "promise_time_words"


_NEUTRAL = frozenset(
    {
        ScriptField.GREETING,
        ScriptField.AGENCY_NEUTRAL,
        ScriptField.AGENT_NAME,
        ScriptField.AGENT_NUMBER,
        ScriptField.HOTLINE,
        ScriptField.CALL_BACK_WORDS,
        ScriptField.HELP_LINE,
    }
)

FIELD_DISCLOSES: Mapping[ScriptField, Disclosure] = {
    field: Disclosure.NOTHING
    if field in _NEUTRAL
    else Disclosure.IDENTITY
    if field is ScriptField.PERSON_CALLED
    # The bank's own numbers say which bank it is; the debtor's name tells a guarantor whose debt it is.
    else Disclosure.DEBT
    for field in ScriptField
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFacts:
    """What is known when a call begins. Times are local to the debtor; None or "" isn't known.

    ``last_promised`` is the promise on file, ``promised`` the one under talk, filled in while the agent types it;
    ``call_back_at`` the agreed time for another call. With ``guarantor_name`` the call is for the guarantor.
    """

    now: datetime
    debtor_name: str = field(default="", repr=False)
    debtor_sex: Sex | None = None
    guarantor_name: str = ""
    guarantor_sex: Sex | None = None
    agency_neutral: str = ""
    agent_name: str = ""
    agent_number: str = ""
    hotline: str = ""
    help_line: str = "12356"
    bank: str = ""
    product: str = ""
    bank_hotline: str = ""
    complaint_number: str = ""
    due: Money | None = None
    balance: Money | None = None
    days_past_due: int | None = None
    due_date: date | None = None
    as_of: date | None = None
    pay_ways: Sequence[str] = ()
    last_promised: Money | None = None
    last_promised_by: datetime | None = None
    promised: Money | None = None
    promised_by: datetime | None = None
    call_back_at: datetime | None = None


def spoken_facts(facts: CallFacts, language: str) -> dict[ScriptField, str]:
    """The words of every field that is known. Text from files comes out on one line, hidden characters shown."""
    today = facts.now.date()
    words: dict[ScriptField, str] = {
        ScriptField.GREETING: spoken.greeting_words(facts.now, language),
        ScriptField.PERSON_CALLED: called(facts.guarantor_name, facts.guarantor_sex, language)
        or called(facts.debtor_name, facts.debtor_sex, language),
        ScriptField.DEBTOR_CALLED: called(facts.debtor_name, facts.debtor_sex, language),
        ScriptField.AGENCY_NEUTRAL: one_line(facts.agency_neutral),
        ScriptField.AGENT_NAME: one_line(facts.agent_name),
        ScriptField.AGENT_NUMBER: one_line(facts.agent_number),
        ScriptField.HOTLINE: one_line(facts.hotline),
        ScriptField.HELP_LINE: one_line(facts.help_line),
        ScriptField.BANK: one_line(facts.bank),
        ScriptField.PRODUCT: one_line(facts.product),
        ScriptField.BANK_HOTLINE: one_line(facts.bank_hotline),
        ScriptField.COMPLAINT_NUMBER: one_line(facts.complaint_number),
        ScriptField.PAY_WAYS: ("、" if language == "zh_CN" else ", ").join(one_line(way) for way in facts.pay_ways),
    }
    for item, money in (
        (ScriptField.AMOUNT_WORDS, facts.due),
        (ScriptField.BALANCE_WORDS, facts.balance),
        (ScriptField.PROMISE_AMOUNT_WORDS, facts.promised),
    ):
        words[item] = spoken.amount_words(money, language) if money else ""
    for item, day in ((ScriptField.DUE_DATE_WORDS, facts.due_date), (ScriptField.AS_OF_WORDS, facts.as_of)):
        words[item] = spoken.date_words(day, language, today=today) if day else ""
    if facts.promised_by is not None:
        words[ScriptField.PROMISE_TIME_WORDS] = spoken.moment_words(facts.promised_by, language, today=today)
    if facts.call_back_at is not None:
        words[ScriptField.CALL_BACK_WORDS] = spoken.moment_words(
            facts.call_back_at, language, today=today, near=True
        )
    if facts.days_past_due is not None:
        words[ScriptField.DAYS_WORDS] = spoken.days_words(facts.days_past_due, language)
    words[ScriptField.PROMISE_WORDS] = _promise(facts.promised, facts.promised_by, language, today)
    words[ScriptField.LAST_PROMISE_WORDS] = _promise(facts.last_promised, facts.last_promised_by, language, today)
    return {item: text for item, text in words.items() if text}


def _promise(amount: Money | None, by: datetime | None, language: str, today: date) -> str:
    if amount is None or by is None:
        return ""
    much, when = spoken.amount_words(amount, language), spoken.moment_words(by, language, today=today)
    return f"{when}之前还{much}" if language == "zh_CN" else f"{much} by {when}"


def called(name: str, sex: Sex | None, language: str) -> str:
    """How a person is addressed: 王先生, "Ms Wang"; with both forms where the sex isn't known.

    The full name is never said first: saying it is one of the identity questions.
    """
    if not name.strip():
        return ""
    family = surname(name)
    if names.folded(family) == names.folded(name):
        return ""  # a name of one part
    if language == "zh_CN":
        return family + {Sex.FEMALE: "女士", Sex.MALE: "先生", None: "先生／女士"}[sex]
    return {Sex.FEMALE: "Ms", Sex.MALE: "Mr", None: "Mr or Ms"}[sex] + " " + family


def surname(name: str) -> str:
    """The part of a name that is used in an address: 欧阳 of 欧阳娜娜, the first part of 买买提·吐尔逊.

    A name in Latin letters gives its last word.
    """
    text = one_line(name)
    for dot in names.DOTS:
        if dot in text:
            return text.split(dot, 1)[0].strip() or text
    if text[:1].isascii():
        return text.rsplit(" ", 1)[-1]
    return text[:2] if text[:2] in _SURNAMES and len(text) > 2 else text[:1]


def one_line(text: str) -> str:
    """Text from a file as it may stand in a spoken line: one line, hidden characters shown, not endless."""
    plain = " ".join(visible(text[: _LONGEST * 4]).split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
