"""Which column of a bank's list of cases means what, and which words say what becomes of a case."""

import re
from collections.abc import Sequence
from typing import Any

from collector_desk.domain.book.serials import names_ours, names_serial
from collector_desk.domain.text.bare import bare
from collector_desk.domain.vocabulary import BankWord
from collector_desk.intake.columns import NONE_HIDDEN, ColumnMatch, Field, Hidden, letter, match_columns, normal
from collector_desk.intake.layout import texts

_SEARCHED = 40  # rows from the top in which a header is looked for
_NUMBERED = frozenset({Field.SERIAL, Field.CASE_NO})
NAMING = frozenset({Field.ACCOUNT_NO, Field.CARD_NO, Field.CUSTOMER_NO, Field.ID_NO}) | _NUMBERED
_KEPT = NAMING | {Field.NAME, Field.CARD_TAIL}
_TOPIC = {
    BankWord.RECALL: "撤案|撤回|撤单|召回|recall(?:ed)?",
    BankWord.STOP: "停催|暂停催收|停止催收|stop(?:ped)?|suspend(?:ed)?",
    BankWord.LIFT: "恢复催收|解除停催|复催|resume(?:d)?",
    BankWord.EXTEND: "留案|续委|延期|展期|延案|extension|extended",
}
_DAY = r"(?:日期|时间|日|date|on)"
_WHY = r"(?:原因|理由|说明|reason)"
_WORD = re.compile(
    r"(?:案件)?(?:处理|操作|调整|变更|案件)(?:方式|类型|意见|状态|动作|结果)|(?:action|instruction|status|decision)"
)
_ANSWER = re.compile(
    r"(?:是否)?(?:同意|批准|准予)?(?:留案|续委|延期)?(?:是否)?(?:审批|批复|答复|反馈|同意)?(?:结果|意见)?|approved|answer|extensiongranted"
)
_ASKS = re.compile(r"是否|审批|批复|答复|反馈|同意|批准|结果|意见|approved|answer|granted")
_NEW_END = re.compile(
    r"(?:留案|续委|延期|延案|展期)(?:后)?(?:至|到|截止|到期|退案|委托)+(?:日期|日|时间)?"
    r"|(?:新|延期后|调整后)的?(?:委托)?(?:退案|到期|截止|结束)(?:日期|日|时间)?|(?:new)?(?:mandate)?end(?:date|s|son)?|extendedto"
)
_SAID_ON = re.compile(r"(?:通知|申请|操作|生效|处理)(?:日期|时间|日)|effectivedate|date")
_DAY_ALONE, _WHY_ALONE = re.compile(_DAY), re.compile(_WHY)
_SAID_WHY = re.compile(r"原因|理由|备注|说明|reason|remarks?|note")
_MEANT = {word: re.compile(pattern, re.I) for word, pattern in _TOPIC.items()}
_SAID = (  # in a cell the order tells: "解除停催" is no stop, "不同意留案" is no extension
    (BankWord.LIFT, re.compile(r"恢复|解除|解停|复催|继续催收|resume|lift", re.I)),
    (BankWord.NO_EXTENSION, re.compile(r"不(?:予|同意|准|可)?(?:留案|续委|延期)|到期退|not?exten", re.I)),
    (BankWord.STOP, re.compile(r"停催|停止催收|暂停|stop|suspend|hold", re.I)),
    (BankWord.EXTEND, re.compile(r"留案|续委|延期|展期|延案|extend|extension", re.I)),
    (BankWord.RECALL, re.compile(r"撤案|撤回|撤单|退案|召回|收回|recall|return|withdraw", re.I)),
)
_NO = re.compile(r"(?:不|否|拒|驳回|退案|no?$|n$|rejected|refused|declined)", re.I)
_FLAG_NO = re.compile(r"否|不是|不|未|无|n|no|false|0", re.I)
_YES = re.compile(r"(?:是|同意|可|准|通过|批准|留案|续委|y(?:es)?$|ok$|approved|granted)", re.I)


def word_said(text: str) -> BankWord | None:
    """What words such as a title or a cell say is to become of cases; None where they say nothing of it."""
    plain = normal(text)
    return next((word for word, pattern in _SAID if pattern.search(plain)), None) if plain else None


def answer_said(text: str) -> BankWord | None:
    """Whether a case may stay: a bank's yes or no."""
    plain = normal(text)
    if not plain:
        return None
    if _NO.match(plain):
        return BankWord.NO_EXTENSION
    return BankWord.EXTEND if _YES.match(plain) else None


def says_no(text: str) -> bool:
    """Whether a flag such as that under "是否撤案" says no: then nothing is said of the case."""
    return _FLAG_NO.fullmatch(normal(text)) is not None


def meaning(header: str) -> tuple[Field | None, BankWord | None]:
    """What a heading means, and of which word it speaks ("撤案原因" of a recall)."""
    if not header or len(header) >= 40:
        return None, None
    known = match_columns([header], payments=True)[0].field
    if known in _KEPT:
        return known, None
    if names_serial(header):
        return Field.SERIAL, None
    if names_ours(header):
        return Field.CASE_NO, None
    plain = normal(header)
    if _NEW_END.fullmatch(plain):
        return Field.NEW_END, BankWord.EXTEND
    about = next((word for word, pattern in _MEANT.items() if pattern.search(plain)), None)
    if about is BankWord.EXTEND and _ASKS.search(plain) and _ANSWER.fullmatch(plain):
        return Field.ANSWER, BankWord.EXTEND
    if about is not None:
        rest = _MEANT[about].sub("", plain)
        if _DAY_ALONE.fullmatch(rest):
            return Field.SAID_ON, about
        if _WHY_ALONE.fullmatch(rest):
            return Field.SAID_WHY, about
        if rest in ("", "是否", "标志", "标识", "状态", "flag"):
            return Field.SAID, about
    if _WORD.fullmatch(plain):
        return Field.SAID, None
    if plain and _ANSWER.fullmatch(plain):
        return Field.ANSWER, None
    if _SAID_ON.fullmatch(plain):
        return Field.SAID_ON, None
    return (Field.SAID_WHY, None) if _SAID_WHY.fullmatch(plain) else (None, None)


def match_words(headers: Sequence[str], hidden: Hidden = NONE_HIDDEN) -> tuple[ColumnMatch, ...]:
    """What every non-empty heading means; of two of one meaning one that is seen wins, then the first, but for days
    and reasons of another word ("撤案日期", "停催日期")."""
    found = [(at, word, *meaning(word)) for at, word in enumerate(headers) if word and at not in hidden.left]
    first = hidden.first((at, (field, about)) for at, _, field, about in found if field is not None)
    matches: list[ColumnMatch] = []
    for at, header, field, about in found:
        twice, unseen = field is not None and at not in first, at in hidden.columns
        contact = about.value if about is not None and field is not None and field not in _KEPT else ""
        known = None if twice else field
        matches.append(ColumnMatch(at, letter(at), header, known, contact, twice=twice, hidden=unseen))
    return (*matches, *hidden.left_out(headers))


def words_header(rows: Sequence[Sequence[Any]], *said_above: str) -> tuple[int, list[str]] | None:
    """The row near the top that names a case and what is said of it, and its words.

    A list may say it in its title, the sheet's or the file's name alone (``said_above``).
    """
    titled = any(word_said(text) is not None for text in said_above)
    for index in range(min(len(rows), _SEARCHED)):
        words = [bare(word) for word in texts(rows[index])]
        found = [meaning(word) for word in words if word]
        fields = {field for field, _ in found}
        if fields.isdisjoint(NAMING):
            titled = titled or any(word_said(word) is not None and len(word) < 40 for word in words)
            continue
        if _tells(found) or titled or _says_in_cells(rows, index, words):
            return index, [
                f"({letter(at)})" if not word and any(row[at] != "" for row in rows[index + 1 :]) else word
                for at, word in enumerate(words)
            ]
    return None


def _says_in_cells(rows: Sequence[Sequence[Any]], header: int, words: Sequence[str]) -> bool:
    """Whether a column such as "处理方式" says below what becomes of cases: any list may have one of that name."""
    said = [at for at, word in enumerate(words) if word and meaning(word)[0] is Field.SAID]
    below = rows[header + 1 : header + 1 + _SEARCHED]
    return any(word_said(str(row[at])) is not None for row in below for at in said)


def _tells(found: Sequence[tuple[Field | None, BankWord | None]]) -> bool:
    return any(field is not None and about is not None for field, about in found) or Field.ANSWER in {
        field for field, _ in found
    }


def _flags_nobody(rows: Sequence[Sequence[Any]], header: int, at: int, field: Field | None) -> bool:
    """Whether a column such as "是否停催" says no of everybody, as in a placement of cases that all go on."""
    below = [normal(str(row[at])) for row in rows[header + 1 :] if row[at] != ""]
    return field is Field.SAID and bool(below) and all(map(says_no, below))


def holds_words(rows: Sequence[Sequence[Any]], header: int) -> bool:
    """Whether a table that could be a placement's is such a list: a heading or title speaks of a recall or stop.
    A placement may well have a column about how long its cases may stay."""
    told = (BankWord.RECALL, BankWord.STOP)
    named = [(at, meaning(bare(word))) for at, word in enumerate(texts(rows[header])) if word]
    found = [meant for _, meant in named]
    if any(about in told and not _flags_nobody(rows, header, at, field) for at, (field, about) in named):
        return True
    if {Field.ANSWER, Field.NEW_END} <= {field for field, _ in found}:  # our own list, the bank's answer filled in
        return True
    above = [bare(word) for row in rows[:header] for word in texts(row) if word]
    return any(_MEANT[word].search(normal(text)) for word in told for text in above if len(text) < 40)
