"""Finding a debtor by whatever the person has: a piece of the name, pinyin, initials, digits of a number.

Two indexes, made when debtors come in. ``search_key`` holds every tail of a name, its pinyin and initials, and the
numbers reversed, so that "contains", "begins with" and "ends in" are all a range of one B-tree. ``search_digits``
is FTS5 with trigrams, for three and more digits out of the middle of a number.
"""

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Table, Text

from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.text import names, telephone
from collector_desk.domain.text.numbers import Numbered, written
from collector_desk.store.ids import all_packed, unpacked
from collector_desk.store.metadata import BigKey, Id, metadata
from collector_desk.store.numbers import debtors_named
from collector_desk.store.sqlite.bulk import json_text

search_debtor = Table(
    "search_debtor",
    metadata,
    Column("doc", BigKey, primary_key=True),
    Column("debtor_id", Id(), nullable=False, unique=True),
    Column("keys", Text, nullable=False),  # what stands in search_key for it, so that it can be taken out again
)

search_key = Table(
    "search_key",
    metadata,
    Column("key", Text, primary_key=True),
    Column("doc", BigKey, primary_key=True),
    sqlite_with_rowid=False,
)

SEARCH_DDL = (
    "CREATE VIRTUAL TABLE search_digits USING fts5(digits, tokenize='trigram')",
    # what was erased must be gone from the index as well
    "INSERT INTO search_digits (search_digits, rank) VALUES ('secure-delete', 1)",
)

# What a key is: the first character of each key in the table.
_NAME, _PINYIN, _INITIALS, _WHOLE, _REVERSED = "n", "y", "i", "w", "r"
_LONGEST_NAME = 40
_YU, _U = re.compile("([ln])yu"), re.compile("([ln])u(?![aion])")
_END = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class SearchRow:
    """What a debtor is found by: names; phone, ID and account numbers; case numbers."""

    debtor_id: str
    names: tuple[str, ...] = field(repr=False)
    numbers: tuple[str, ...] = field(repr=False)


class Keyed(NamedTuple):
    """Debtors ready to be indexed, as JSON: what SQLite takes apart nobody has to hand over one by one."""

    debtors: int
    keys: str  # of each their id, and every key of ``search_key``
    digits: str  # of each the text of ``search_digits``


def _normal(text: str) -> str:
    """Full width to plain, no case, no separators, nothing unseen: names and numbers by the folding of names."""
    return text if text.isascii() and text.isdigit() else names.folded(text)  # most are


@lru_cache(maxsize=16384)
def _readings(char: str) -> tuple[str, ...]:
    """How one character may be read, as usual first: pinyin without tones; itself, or "" where it has none.

    Slow to import.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # 0.2 s; one character is in none
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else (char if char.isascii() else "",)


def _digits_only(number: str) -> bool:
    """Digits, perhaps with the X an ID number may end in: these go into ``search_digits``."""
    return number.isdigit() or number.removesuffix("x").isdigit()


@lru_cache(maxsize=16384)
def _keys_of_name(given: str) -> frozenset[str]:
    """Every tail of it as written and as usually read, and whole with one character at a time read otherwise
    (曾, 单, 解 …)."""
    name = _normal(given)[:_LONGEST_NAME]
    keys = {_NAME + name[start:] for start in range(len(name))}
    if name.isascii():
        return frozenset(keys)  # no Chinese in it: the name itself is its spelling
    readings = [_readings(char) for char in name]
    usual = [options[0] for options in readings]
    keys.add(_INITIALS + "".join([syllable[:1] for syllable in usual]))
    keys.update(_PINYIN + "".join(usual[start:]) for start in range(len(usual)))
    for position, options in enumerate(readings):
        for other in options[1:4]:
            syllables = [*usual[:position], other, *usual[position + 1 :]]
            keys.add(_INITIALS + "".join([syllable[:1] for syllable in syllables]))
            keys.add(_PINYIN + "".join(syllables))
            keys.add(_PINYIN + "".join(syllables[1:]))  # the given name; all tails would be too many
    return frozenset(keys)


def key_of_number(given: str) -> str:
    """The one key that a whole number, however it is written, and nothing else is found by; "" for none."""
    number = _normal(given)
    if not number:
        return ""
    return _REVERSED + number[::-1] if _digits_only(number) else _WHOLE + number


def _keyed(row: SearchRow) -> tuple[list[str], str]:
    """Every key a debtor is found by, and the text of their digits."""
    keys: set[str] = set()
    digits = []
    for name in row.names:
        keys |= _keys_of_name(name)
    for given in row.numbers:
        if given.isascii() and given.isdigit():  # nearly all are
            keys.add(_REVERSED + given[::-1])
            digits.append(given)
            continue
        number = _normal(given)
        if not number:
            continue
        keys.add(_REVERSED + number[::-1])
        if _digits_only(number):
            digits.append(number)
        else:  # the others' beginnings are found by their digits
            keys.add(_WHOLE + number)
    return sorted(keys), " ".join(digits)


def index_debtors(conn: Connection, rows: Iterable[SearchRow]) -> None:
    """Make the debtors findable; what was indexed of them before is replaced. 0.1 ms each."""
    rows = list(rows)
    if not rows:
        return
    remove_debtors(conn, [row.debtor_id for row in rows])
    docs = _indexed(conn, with_keys(rows))
    conn.exec_driver_sql(f"INSERT INTO search_key (key, doc) {_KEYS_OF}", docs)


def with_keys(rows: Iterable[SearchRow]) -> Keyed:
    """The debtors with their keys; do it before the transaction, the first time it loads pypinyin."""
    keys, digits = [], []
    for row in rows:
        found, text = _keyed(row)
        keys.append([row.debtor_id, *found])
        digits.append(text)
    return Keyed(len(keys), json_text(keys), json_text(digits))


def _indexed(conn: Connection, found: Keyed) -> tuple[int, int]:
    """Write debtors never indexed before, all but their keys; the numbers of the first and the last of them."""
    first = (conn.exec_driver_sql("SELECT max(doc) FROM search_debtor").scalar() or 0) + 1
    conn.exec_driver_sql(
        "INSERT INTO search_debtor (doc, debtor_id, keys) "
        "SELECT ? + key, unhex(value ->> 0), json_remove(value, '$[0]') FROM json_each(?)",
        (first, found.keys),
    )
    conn.exec_driver_sql(
        "INSERT INTO search_digits (rowid, digits) SELECT ? + key, value FROM json_each(?)", (first, found.digits)
    )
    return first, first + found.debtors - 1


_KEYS_OF = (
    "SELECT k.value, s.doc FROM search_debtor s, json_each(s.keys) k WHERE s.doc BETWEEN ? AND ? ORDER BY 1, 2"
)
"""The keys of debtors as they stand beside them, in the order of the index. SQLite reads and sorts them in a third
of the time that it takes to hand them over one by one."""

# --- very many at once --------------------------------------------------------------------------------------
# The keys of an import wait in the memory of the writer's connection until there are many: added in the order of
# the index they share its pages, and a commit costs by the page.


def begin_waiting(conn: Connection) -> None:
    """Once before the first ``index_later``."""
    forget_waiting(conn)
    conn.exec_driver_sql(
        "CREATE TEMP TABLE waiting_key (key TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (key, doc)) "
        "WITHOUT ROWID"
    )


def index_later(conn: Connection, found: Keyed) -> int:
    """The first half of indexing debtors never indexed before; returns how many keys wait for ``add_waiting``."""
    docs = _indexed(conn, found)
    return conn.exec_driver_sql(f"INSERT INTO temp.waiting_key {_KEYS_OF}", docs).rowcount


def add_waiting(conn: Connection, most: int) -> None:
    """The second half: the first of the keys that wait, at most so many."""
    ordered = "FROM temp.waiting_key ORDER BY key, doc"
    last = conn.exec_driver_sql(f"SELECT key, doc {ordered} LIMIT 1 OFFSET ?", (most - 1,)).first()
    some, which = "FROM temp.waiting_key", tuple[Any, ...]()
    if last is not None:  # else these are all that are left
        some, which = f"{some} WHERE (key, doc) <= (?, ?)", tuple(last)
    conn.exec_driver_sql(f"INSERT INTO search_key (key, doc) SELECT key, doc {some} ORDER BY 1, 2", which)
    conn.exec_driver_sql(f"DELETE {some}", which)


def forget_waiting(conn: Connection) -> None:
    """Where their debtors are taken away again."""
    conn.exec_driver_sql("DROP TABLE IF EXISTS temp.waiting_key")


def remove_debtors(conn: Connection, debtor_ids: Sequence[str]) -> None:
    """Make the debtors unfindable, without a trace in the indexes."""
    for start in range(0, len(debtor_ids), 500):
        some = all_packed(debtor_ids[start : start + 500])
        marks = ", ".join("?" * len(some))
        found = conn.exec_driver_sql(
            f"SELECT doc, keys FROM search_debtor WHERE debtor_id IN ({marks})",  # noqa: S608
            some,
        ).all()
        keys = sorted((key, doc) for doc, text in found for key in json.loads(text))
        docs = [(doc,) for doc, _ in found]
        if keys:
            conn.exec_driver_sql("DELETE FROM search_key WHERE key = ? AND doc = ?", keys)
        if docs:
            conn.exec_driver_sql("DELETE FROM search_digits WHERE rowid = ?", docs)
            conn.exec_driver_sql("DELETE FROM search_debtor WHERE doc = ?", docs)


def find(conn: Connection, text: str, limit: int = 50) -> list[str]:
    """Ids of debtors that ``text`` may mean, likeliest first, at most ``limit``; staged imports are not found.

    One character is enough for a name, three for digits. Whole numbers come before endings, endings before the
    middle, whole names before pieces of one, initials before pinyin. Those with whom everything is done (paid,
    returned, deceased …) stand behind all others; a few places are kept for them.
    """
    whole = text[:200].encode("utf-8", "replace").decode()  # half a character finds nothing
    typed = _normal(whole)[:60]
    if not typed or limit <= 0:
        return []
    named = debtors_named(conn, [whole], Numbered).get(whole, [])[:limit]  # a case's number, a visit's, whole
    # a telephone number is found however it is written: with its country, "tel:", an extension
    others = [digits for digits in telephone.searched(whole) if digits != typed]
    number = written(whole)
    if number is not None and number.prefix:  # what stands of it so far, while they type
        others.append(str(number.serial))
    others += _spelt_otherwise(typed)
    meant = (typed, *others)
    at_work, done = _found(conn, meant, limit)
    kept = max(limit - len(at_work), min(limit // 2, _KEPT_FOR_DONE))
    done = done[:kept]
    found = [*at_work[: limit - len(done)], *done]
    return list(dict.fromkeys([*named, *found]))[:limit]


def _spelt_otherwise(typed: str) -> list[str]:
    """The ü of 吕 and 女 is kept as v, as most type it; others write ü, yu, or u alone."""
    plain = typed.replace("ü", "v")
    if not (plain.isascii() and plain.isalpha()):
        return []
    found = (_YU.sub(r"\1v", plain), _U.sub(r"\1v", plain), plain)
    return [each for each in dict.fromkeys(found) if each != typed]


def _found(conn: Connection, meant: tuple[str, ...], limit: int) -> tuple[list[str], list[str]]:
    """Those at work, at most ``limit``, and those done with who were met on the way."""
    at_work: dict[str, None] = {}
    done: dict[str, None] = {}
    for sql, arguments in (way for each in meant for way in _ways(each)):
        if len(at_work) >= limit:
            break
        first = conn.exec_driver_sql(sql.format(within=f" LIMIT {_LOOKED_AT}", which="1"), arguments).all()
        for debtor_id, is_done in first:
            (done if is_done else at_work).setdefault(unpacked(debtor_id))
        if len(first) == _LOOKED_AT and len(at_work) < limit:
            # rows already found may come again, so ask for as many more
            which = f"NOT {_IS_DONE} LIMIT {limit + _LOOKED_AT}"
            for debtor_id, _ in conn.exec_driver_sql(sql.format(within="", which=which), arguments):
                at_work.setdefault(unpacked(debtor_id))
                if len(at_work) >= limit:
                    break
    return list(at_work)[:limit], list(done)


def names_debtor(conn: Connection, text: str) -> bool:
    """Whether a debtor's whole name stands in the text: two to four Chinese characters, or two or three words."""
    pieces: set[str] = set()
    for run in _HAN_RUN.findall(text):
        pieces.update(run[start : start + size] for size in (2, 3, 4) for start in range(len(run) - size + 1))
    words = _WORD.findall(_plain_words(text))
    pieces.update("".join(words[start : start + size]) for size in (2, 3) for start in range(len(words) - size + 1))
    keys = [_NAME + piece for piece in sorted(pieces)]
    for start in range(0, len(keys), 500):
        some = tuple(keys[start : start + 500])
        marks = ", ".join("?" * len(some))
        found = conn.exec_driver_sql(
            # a key of the whole name is as long as the name: tails of names are everyday words
            f"SELECT 1 FROM search_key k{_JOIN} WHERE k.key IN ({marks})"  # noqa: S608
            " AND length(k.key) = length(replace(d.name, ' ', '')) + 1 LIMIT 1",
            some,
        ).first()
        if found:
            return True
    return False


def _plain_words(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")
_WORD = re.compile(r"[a-z]+")
_JOIN = " JOIN search_debtor s ON s.doc = k.doc JOIN debtor d ON d.id = s.debtor_id AND d.visible"
_IS_DONE = f"+d.queue_class = {QueueClass.DONE.value}"
_KEPT_FOR_DONE = 5
"""Places at the end of a full answer for those with whom everything is done: they may be ringing up."""
_LOOKED_AT = 100
"""Of those a few digits may mean so many are looked at, whatever their state: each lies on pages of its own."""
_SHOWN = "SELECT s.debtor_id, {done} FROM ({docs}{{within}}) k{join} WHERE {{which}}"


def _of(docs: str) -> str:
    return _SHOWN.format(done=_IS_DONE, docs=docs, join=_JOIN)


_EXACT = _of("SELECT doc FROM search_key WHERE key = ?")
_RANGE = _of("SELECT doc FROM search_key WHERE key >= ? AND key < ?")
_MIDDLE = _of("SELECT rowid AS doc FROM search_digits WHERE search_digits MATCH ?")


def _ways(typed: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The questions to ask in turn."""

    def begins(kind: str, text: str) -> tuple[str, tuple[str, ...]]:
        return _RANGE, (kind + text, kind + text + _END)

    number = any(char.isdigit() for char in typed)
    if number:
        if len(typed) < 3:
            return
        yield _EXACT, (_REVERSED + typed[::-1],)
        yield begins(_REVERSED, typed[::-1])
        if _digits_only(typed):
            yield _MIDDLE, (f'"{typed}"',)
        else:
            yield begins(_WHOLE, typed)
        return
    yield _EXACT, (_NAME + typed,)
    yield begins(_NAME, typed)
    if typed.isascii():
        yield _EXACT, (_INITIALS + typed,)
        yield begins(_INITIALS, typed)
        yield begins(_PINYIN, typed)
