"""A day's visits as rounds: what one pair does in one district, in an order that makes sense by the addresses.

No maps service is asked: the district and the street are read off the address itself, as it is written in China
(province, city, district or county, subdistrict, street, numbers). What can't be read stands last, never wrong.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

_MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
_PROVINCE = re.compile(r"[^\d]{2,8}?(?:特别行政区|自治区|省)")
_CITY = re.compile(r"[^\d省]{2,9}?(?:自治州|地区|市|盟)")
_DISTRICT = re.compile(r"[^\d路街道号]{1,9}?(?:区|县|旗|市)")
_NO_DISTRICT = ("小区", "社区", "校区", "厂区", "院区", "宿舍区", "家属区", "生活区", "住宅区")
_SUBDISTRICT = re.compile(r"[^\d路号]{1,8}?(?:街道办事处|街道办|街道|镇|乡|苏木)(?![路街巷道])")
_STREET = re.compile(r"[^\d号]{1,12}?(?:大道|大街|胡同|路|街|道|巷|弄|里|村)")
_DIGITS = re.compile(r"\d+")
_CHINESE = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE_NUMBER = re.compile(r"([零〇一二两三四五六七八九十百]{1,5})(?=[号栋幢座单层楼室巷弄组门])")


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address as far as they could be read; ``numbers`` in the order they stand."""

    province: str = ""
    city: str = ""
    district: str = ""
    subdistrict: str = ""
    street: str = ""
    numbers: tuple[int, ...] = ()

    @property
    def area(self) -> str:
        """City and district as people say them; empty where neither could be read."""
        return f"{self.city}{self.district}"


def read_address(line: str) -> Address:
    """Read an address off one line. Never fails: what is written otherwise has fewer parts."""
    rest = re.sub(r"[\s,，·]+", "", unicodedata.normalize("NFKC", line))[:200]
    province, rest = _take(_PROVINCE, rest)
    rest = rest.removeprefix("市辖区")
    city, rest = _city(rest)
    rest = rest.removeprefix("市辖区")
    district, after = _take(_DISTRICT, rest)
    if district.endswith(_NO_DISTRICT):
        district = ""
    else:
        rest = after
    subdistrict, rest = _take(_SUBDISTRICT, rest)
    street, rest = _take(_STREET, rest)
    rest = _CHINESE_NUMBER.sub(lambda match: str(_number(match[1])), rest)
    numbers = tuple(int(digits[:9]) for digits in _DIGITS.findall(rest)[:8])
    return Address(province, city, district, subdistrict, street, numbers)


def _city(rest: str) -> tuple[str, str]:
    for name in _MUNICIPALITIES:  # often written without 市, and twice: 上海上海市
        if rest.startswith(name):
            return name + "市", rest.removeprefix(name).removeprefix("市").removeprefix(name + "市")
    return _take(_CITY, rest)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)


def _number(text: str) -> int:
    """A small Chinese number: 十二, 二十, 一百零三, or digits one after another (二六〇一)."""
    if not set(text) & set("十百"):
        return int("".join(str(_CHINESE[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _CHINESE:
            digit = _CHINESE[character]
        else:
            total += (digit or 1) * (100 if character == "百" else 10)
            digit = 0
    return total + digit


@dataclass(frozen=True, slots=True)
class DayOrder:
    """What a lead put in order by hand for a day: visit ids in the wished order, and which are spare."""

    order: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundStop:
    """One visit of a round. ``spare``: gone to only where time is left. ``early``: planned for before the stop
    above it, so that the order and the times contradict each other.
    """

    visit_id: str
    number: str
    address: str = field(repr=False)
    start: datetime
    pair: tuple[str, ...]  # ids of everybody who goes
    spare: bool = False
    early: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """What one team does in one district on one day. ``area`` is empty where no address names its district."""

    area: str
    pair: tuple[str, ...]
    stops: tuple[RoundStop, ...]


def rounds(stops: Iterable[RoundStop], order: DayOrder) -> tuple[Round, ...]:
    """The stops of a day grouped by team and district; by hand where somebody did, else by address; spares last."""
    groups: dict[tuple[tuple[str, ...], str], list[RoundStop]] = {}
    for stop in stops:
        groups.setdefault((stop.pair, read_address(stop.address).area), []).append(stop)
    wished = {visit_id: place for place, visit_id in enumerate(order.order)}
    spares = frozenset(order.spares)
    made = [Round(area, pair, _in_order(found, wished, spares)) for (pair, area), found in groups.items()]
    return tuple(sorted(made, key=lambda one: (one.pair, one.stops[0].start, one.area == "", one.area)))


def _in_order(
    found: Sequence[RoundStop], wished: Mapping[str, int], spares: frozenset[str]
) -> tuple[RoundStop, ...]:
    by_hand = len(wished)

    def key(stop: RoundStop) -> tuple[object, ...]:
        return (
            stop.visit_id in spares,
            wished.get(stop.visit_id, by_hand),
            *address_key(stop.address),
            stop.number,
        )

    latest: datetime | None = None
    ready = []
    for stop in sorted(found, key=key):
        spare = stop.visit_id in spares
        early = latest is not None and stop.start < latest and not spare
        ready.append(replace(stop, spare=spare, early=early))
        latest = stop.start if latest is None or stop.start > latest else latest
    return tuple(ready)


def address_key(line: str) -> tuple[object, ...]:
    """What sorts addresses as somebody walks: by district, subdistrict, street, then house, building, room."""
    found = read_address(line)
    return (found.area == "", found.area, found.subdistrict, found.street == "", found.street, found.numbers)


def moved(order: Sequence[str], visit_id: str, by: int) -> tuple[str, ...]:
    """The order with one visit moved up (negative) or down by so many places; at the ends it stays."""
    places = list(order)
    if visit_id not in places:
        return tuple(places)
    at = places.index(visit_id)
    places.pop(at)
    places.insert(max(0, min(len(places), at + by)), visit_id)
    return tuple(places)
