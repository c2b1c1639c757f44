"""Figures as they are said aloud: amounts, dates, days and times in Chinese and English words.

A script is read into a telephone. A figure of eight digits is read wrong under pressure, its words are not.
Languages are ``"zh_CN"`` and ``"en"``; any other raises ValueError.
"""

from datetime import date, datetime, time

from collector_desk.domain.book.money import Money, exponent

LANGUAGES = ("zh_CN", "en")

_ZH_DIGITS = "零一二三四五六七八九"
_ZH_GROUPS = ("", "万", "亿", "万亿")
_ZH_CURRENCY = {
    "CNY": "元", "USD": "美元", "HKD": "港元", "EUR": "欧元", "GBP": "英镑", "TWD": "新台币",
    "JPY": "日元", "VND": "越南盾",
}  # fmt: skip
_EN_CURRENCY = {
    "CNY": "yuan", "USD": "US dollars", "HKD": "Hong Kong dollars", "EUR": "euros", "GBP": "pounds",
    "TWD": "Taiwan dollars", "JPY": "yen", "VND": "dong",
}  # fmt: skip
_EN_ONES = (  # noqa: SIM905 -- twenty words in a row read better so
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EN_GROUPS = ("", " thousand", " million", " billion", " trillion")
_EN_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth", "twenty": "twentieth", "thirty": "thirtieth",
}  # fmt: skip
_EN_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_LIMIT = 10**15
_MORNING, _NOON, _EVENING = 6, 12, 18


def number_words(value: int, language: str) -> str:
    """A whole number in words: 33911 is 三万三千九百一十一; raises ValueError from 10**15 on."""
    _known(language)
    if abs(value) >= _LIMIT:
        raise ValueError("too large to be said")
    if value < 0:
        return ("负" if language == "zh_CN" else "minus ") + number_words(-value, language)
    return _zh_number(value) if language == "zh_CN" else _en_number(value)


def amount_words(money: Money, language: str) -> str:
    """An amount in words: 三万三千九百一十一元六角二分; "… yuan and sixty-two fen"."""
    _known(language)
    scale = 10 ** exponent(money.currency)
    whole, rest = divmod(abs(money.minor), scale)
    text = (
        _zh_amount(whole, rest, money.currency) if language == "zh_CN" else _en_amount(whole, rest, money.currency)
    )
    if money.minor < 0:
        text = ("负" if language == "zh_CN" else "minus ") + text
    return text


def days_words(days: int, language: str) -> str:
    """A number of days: 三十五天, 两天; "thirty-five days", "one day"."""
    words = number_words(days, language)
    if language == "zh_CN":
        return ("两" if days == 2 else words) + "天"  # 两天, never 二天
    return f"{words} day" if days == 1 else f"{words} days"


def date_words(day: date, language: str, *, today: date | None = None) -> str:
    """A date: 十月十号; "the tenth of October". The year is said only where it isn't that of ``today``."""
    _known(language)
    other_year = today is not None and today.year != day.year
    if language == "zh_CN":
        year = "".join(_ZH_DIGITS[int(figure)] for figure in str(day.year)) + "年" if other_year else ""
        return f"{year}{_zh_number(day.month)}月{_zh_number(day.day)}号"
    text = f"the {_en_ordinal(day.day)} of {_EN_MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if other_year else text


def time_words(at: time, language: str) -> str:
    """A time of day: 下午六点半; "half past six in the evening"."""
    _known(language)
    return _zh_time(at) if language == "zh_CN" else _en_time(at)


def moment_words(at: datetime, language: str, *, today: date | None = None, near: bool = False) -> str:
    """A date and time: 十月十号下午六点; "six in the evening on the tenth of October". ``at`` is local time.

    With ``near`` the next days have their everyday names (今天, 明天, 后天; "today", "tomorrow"); what is promised
    is better said with its date.
    """
    clock = time_words(at.time(), language)
    name = _near_name((at.date() - today).days, language) if near and today else ""
    if language == "zh_CN":
        return (name or date_words(at.date(), language, today=today)) + clock
    return f"{clock} {name}" if name else f"{clock} on {date_words(at.date(), language, today=today)}"


def greeting_words(at: datetime, language: str) -> str:
    """The greeting for the hour at the listener's: 您好 the whole day; "Good morning" by the clock."""
    _known(language)
    if language == "zh_CN":
        return "您好"
    return "Good morning" if at.hour < _NOON else "Good afternoon" if at.hour < _EVENING else "Good evening"


def _near_name(days: int, language: str) -> str:
    names = ("今天", "明天", "后天") if language == "zh_CN" else ("today", "tomorrow")
    return names[days] if 0 <= days < len(names) else ""


def _known(language: str) -> None:
    if language not in LANGUAGES:
        raise ValueError(f"no spoken figures for {language}")


def _zh_group(value: int, *, first: bool) -> str:
    """Up to four digits; ``first`` where nothing stands before them (十二, but 一百一十二)."""
    text, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = value // size % 10
        if figure == 0:
            gap = bool(text)
            continue
        if gap and text:
            text += "零"
        gap = False
        name = "两" if figure == 2 and size >= 100 else _ZH_DIGITS[figure]  # 两千, 两百
        if size == 10 and figure == 1 and first and not text:  # 十二, not 一十二
            name = ""
        text += name + unit
    return text


def _zh_number(value: int) -> str:
    if value == 0:
        return _ZH_DIGITS[0]
    groups: list[int] = []
    while value:
        value, low = divmod(value, 10000)
        groups.append(low)
    text, gap = "", False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if group == 0:
            gap = True
            continue
        if text and (gap or group < 1000):  # a missing thousand is said as 零
            text += "零"
        gap = False
        lone_two = group == 2 and index > 0  # 两万, 两亿
        text += ("两" if lone_two else _zh_group(group, first=not text)) + _ZH_GROUPS[index]
    return text


def _zh_amount(whole: int, rest: int, currency: str) -> str:
    name = _ZH_CURRENCY.get(currency, currency)
    if currency != "CNY":
        return _zh_number(whole) + (_zh_point(rest, exponent(currency)) if rest else "") + name
    jiao, fen = divmod(rest, 10)
    text = (("两" if whole == 2 else _zh_number(whole)) + name) if whole or not rest else ""
    if jiao:
        text += ("两" if jiao == 2 and not text else _ZH_DIGITS[jiao]) + "角"
    elif fen and text:
        text += "零"
    if fen:
        text += ("两" if fen == 2 and not text else _ZH_DIGITS[fen]) + "分"
    return text


def _zh_point(rest: int, places: int) -> str:
    return "点" + "".join(_ZH_DIGITS[int(figure)] for figure in f"{rest:0{places}d}".rstrip("0"))


def _zh_time(at: time) -> str:
    if at.hour == _NOON:
        part = "中午"
    else:
        part = (
            "凌晨"
            if at.hour < _MORNING
            else "早上"
            if at.hour < 9
            else "上午"
            if at.hour < _NOON
            else "下午"
            if at.hour <= _EVENING
            else "晚上"
        )
    hour = at.hour if at.hour <= _NOON else at.hour - 12
    minutes = "" if at.minute == 0 else "半" if at.minute == 30 else _zh_minutes(at.minute)
    return part + ("两" if hour == 2 else _zh_number(hour)) + "点" + minutes


def _zh_minutes(minute: int) -> str:
    return ("零" if minute < 10 else "") + _zh_number(minute) + "分"


def _en_below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    words = f"{_EN_ONES[hundreds]} hundred" if hundreds else ""
    if rest:
        small = (
            _EN_ONES[rest] if rest < 20 else _EN_TENS[rest // 10] + (f"-{_EN_ONES[rest % 10]}" if rest % 10 else "")
        )
        words = f"{words} and {small}" if words else small
    return words


def _en_number(value: int) -> str:
    if value == 0:
        return _EN_ONES[0]
    parts: list[str] = []
    rest, index = value, 0
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            joint = "and " if index == 0 and rest and group < 100 else ""  # two thousand and five
            parts.append(joint + _en_below_thousand(group) + _EN_GROUPS[index])
        index += 1
    return " ".join(reversed(parts))


def _en_amount(whole: int, rest: int, currency: str) -> str:
    name = _EN_CURRENCY.get(currency, currency)
    if currency != "CNY":
        point = (
            f" point {' '.join(_EN_ONES[int(f)] for f in f'{rest:0{exponent(currency)}d}'.rstrip('0'))}"
            if rest
            else ""
        )
        return f"{_en_number(whole)}{point} {name}"
    if not rest:
        return f"{_en_number(whole)} {name}"
    small = f"{_en_number(rest)} fen"
    return f"{_en_number(whole)} {name} and {small}" if whole else small


def _en_ordinal(value: int) -> str:
    words = _en_number(value)
    head, dash, last = words.rpartition("-")
    return head + dash + _EN_ORDINALS.get(last, last + "th")


def _en_time(at: time) -> str:
    if at.hour == _NOON and at.minute == 0:
        return "noon"
    part = "in the morning" if at.hour < _NOON else "in the afternoon" if at.hour < _EVENING else "in the evening"
    hour = _en_number(at.hour % 12 or 12)
    if at.minute == 0:
        return f"{hour} {part}"
    if at.minute == 30:
        return f"half past {hour} {part}"
    minutes = ("oh " if at.minute < 10 else "") + _en_number(at.minute)
    return f"{hour} {minutes} {part}"
