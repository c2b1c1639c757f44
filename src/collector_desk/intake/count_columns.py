"""Which column of a bank's counts means what: who is meant, talks, connected calls, and the time of the figures."""

import re
from collections.abc import Sequence
from typing import Any

from collector_desk.domain.text.bare import bare
from collector_desk.intake.columns import NONE_HIDDEN, ColumnMatch, Field, Hidden, letter, match_columns, normal
from collector_desk.intake.layout import texts

NAMING = (Field.ID_NO, Field.ACCOUNT_NO, Field.CARD_NO, Field.CASE_NO)
FIGURES = (Field.EFFECTIVE_TODAY, Field.CONNECTED_TODAY)
_KEPT = frozenset({Field.NAME, Field.ID_NO, Field.ACCOUNT_NO, Field.CARD_NO})
_SEARCHED = 40  # rows from the top in which a header is looked for
_CASE = re.compile(r"(?:我司|本司)?案件?(?:编号|号码?)|case(?:no|number|id)?")
_EFFECTIVE = re.compile(
    r"有效(?:通话|沟通|通电|对话|会话|交流|联系|接触|触达|催收|接通|电话|呼叫)?(?:次数|数量|数|量|次)?|"
    r"effective(?:talk|call|conversation|contact)?s?|conversations?|talks?"
)
_CONNECTED = re.compile(
    r"(?:已|电话)?(?:接通|拨通)(?:电话|通话|呼叫)?(?:次数|数量|数|量|次)?|"
    r"connected(?:call)?s?|callsconnected|answered(?:call)?s?|callsanswered"
)
# What stands around the words without changing them: whose figure it is, of what day, "number of".
_AROUND = re.compile(
    r"今日|当日|本日|今天|当天|每日|日|今|累计|合计|总计|总|机构|全行|本行|我行|银行|行内|全机构|其他|其它|各|委外|外包|"
    r"催收|公司|及|与|和|的|today's|todays|today|daily|total|institution(?:s|al)?|bank|all(?=agenc|inst)|agenc(?:y|ies)|other|numberof|no\.?of|count(?:s|of)?|times"
)
_NOT_TODAY = re.compile(
    r"率|本月|当月|上月|近.*[月天日]|本周|上周|昨|前日|历史|至今|以来|"
    r"时长|时间|日期|rate|month|week|yesterday|ever|duration|last|since"
)
_AS_OF = re.compile(
    r"(?:数据|统计|更新|查询|报送|提取|导出|采集|截数|快照|取数)?(?:截至|截止)?(?:到|至)?"
    r"(?:日期时间|时间点|时间|时点|时刻|日期)|截至|截止|asof(?:date|time|datetime)?|datatime|datatimestamp|"
    r"snapshot(?:time)?|updatedat|reporttime|reportedat|timestamp|cutoff(?:time)?|datetime|time|date"
)


def meaning(header: str) -> Field | None:
    """What a heading means."""
    if not header or len(header) >= 40:
        return None
    known = match_columns([header], payments=True)[0].field
    if known in _KEPT:
        return known
    word = normal(header)
    if _CASE.fullmatch(word):
        return Field.CASE_NO
    if _AS_OF.fullmatch(word):
        return Field.AS_OF
    if _NOT_TODAY.search(word):
        return None
    bare = _AROUND.sub("", word)
    for field, pattern in ((Field.EFFECTIVE_TODAY, _EFFECTIVE), (Field.CONNECTED_TODAY, _CONNECTED)):
        if pattern.fullmatch(bare) or pattern.fullmatch(word):
            return field
    return None


def match_counts(headers: Sequence[str], hidden: Hidden = NONE_HIDDEN) -> tuple[ColumnMatch, ...]:
    """What every non-empty heading means; of two with one meaning one that is seen wins, then the first."""
    found = [(at, word, meaning(word)) for at, word in enumerate(headers) if word and at not in hidden.left]
    first = hidden.first((at, field) for at, _, field in found if field is not None)
    matches: list[ColumnMatch] = []
    for at, header, field in found:
        twice, unseen = field is not None and at not in first, at in hidden.columns
        known = None if twice else field
        matches.append(ColumnMatch(at, letter(at), header, known, twice=twice, hidden=unseen))
    return (*matches, *hidden.left_out(headers))


def counts_header(rows: Sequence[Sequence[Any]]) -> tuple[int, list[str]] | None:
    """The header's last row and its words: the first near the top that names a debtor and a figure.

    It may stand on two rows, a merged heading such as "今日次数" over "有效通话" and "接通".
    """
    for index in range(min(len(rows), _SEARCHED)):
        here = texts(rows[index])
        if _is_header(here):
            return index, _named(rows, index, here)
        if index + 1 < len(rows) and any(here):
            below = texts(rows[index + 1])
            both = [under or over for over, under in zip(here, below, strict=True)]
            if _words_only(rows[index + 1]) and not _is_header(below) and _is_header(both):
                return index + 1, _named(rows, index + 1, both)
    return None


def _is_header(words: Sequence[str]) -> bool:
    found = {meaning(word) for word in words if word}
    return not found.isdisjoint(NAMING) and not found.isdisjoint(FIGURES)


def _words_only(row: Sequence[Any]) -> bool:
    return all(type(cell) is str and not any(char.isdigit() for char in cell) for cell in row if cell != "")


def _named(rows: Sequence[Sequence[Any]], header: int, words: list[str]) -> list[str]:
    """A column that has cells but no heading is named by its letter, so that none is lost."""
    found = [bare(word) for word in words]
    for index, heading in enumerate(found):
        if not heading and any(row[index] != "" for row in rows[header + 1 :]):
            found[index] = f"({letter(index)})"
    return found
