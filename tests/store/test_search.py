from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Integer

from collector_desk.store.keys import Unlocked
from collector_desk.store.search import (
    SearchRow,
    add_waiting,
    begin_waiting,
    find,
    index_debtors,
    index_later,
    remove_debtors,
    with_keys,
)
from collector_desk.store.store import Store
from collector_desk.store.tables import debtor
from tests.samples.ids import an_id

WORDS: dict[str, str] = {}
"""The word each id was made from."""


def row(word: str, names: tuple[str, ...], numbers: tuple[str, ...]) -> SearchRow:
    WORDS[an_id(word)] = word
    return SearchRow(an_id(word), names, numbers)


ROWS = [
    row("a", ("王小敏",), ("13800138000", "110101199001011234", "6222020000001111", "C2026-000001")),
    row("b", ("曾伟",), ("+86 139-1111-2222", "11010119850505123X", "6222020000002222", "C2026-000002")),
    row("c", ("欧阳 敏",), ("010-62345678", "310104197001010000", "6222020000003333", "C2026-000003")),
    row("d", ("NGUYEN Van An",), ("０９１２３４５６７", "A1234567", "6222020000004444", "C2026-000004")),
    row("e", ("吕𠮷",), ("13800138001", "", "6222020000005555", "C2026-000005", "C2026-000105")),
]

ODD = ('曾"小\\敏"', "O'Brien Ann", "欧阳 吕𠮷")
"""Names with what JSON writes otherwise."""


def bare_debtor(debtor_id: str, *, visible: bool = True) -> dict[str, Any]:
    def value(column: Any) -> Any:
        if column.name == "visible":
            return visible
        if column.nullable:
            return None
        return 0 if isinstance(column.type, Integer | Boolean) else debtor_id

    return {column.name: value(column) for column in debtor.columns}


@pytest.fixture
def desk(opened: tuple[Store, Unlocked]) -> Store:
    store, _ = opened
    with store.write() as conn:
        conn.execute(debtor.insert(), [bare_debtor(one.debtor_id) for one in ROWS])
        index_debtors(conn, ROWS)
    return store


def found(store: Store, text: str, limit: int = 50) -> list[str]:
    with store.read() as conn:
        return [WORDS[debtor_id] for debtor_id in find(conn, text, limit)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("王", ["a"]),
        ("小敏", ["a"]),
        ("敏", ["a", "c"]),
        ("王小敏", ["a"]),
        ("欧阳敏", ["c"]),
        ("wxm", ["a"]),
        ("WX", ["a"]),
        ("wang xiao", ["a"]),
        ("xiaomin", ["a"]),
        ("min", ["a", "c"]),
        ("zengwei", ["b"]),  # a surname is read otherwise than the word
        ("cengwei", ["b"]),
        ("zw", ["b"]),
        ("nguyen", ["d"]),
        ("van an", ["d"]),
        ("𠮷", ["e"]),
        ("lv", ["e"]),
        ("8000", ["a"]),
        ("13800", ["a", "e"]),
        ("138 0013 8000", ["a"]),
        ("00138", ["a", "e"]),
        ("2222", ["b"]),
        ("123x", ["b"]),
        ("1990", ["a"]),
        ("62345678", ["c"]),
        ("0912345", ["d"]),
        ("a1234567", ["d"]),
        ("C2026-000105", ["e"]),
        ("c2026000002", ["b"]),
        ("6222020000003333", ["c"]),
        ("12", []),  # two digits say nothing
        ("", []),
        ("   ", []),
        ("不在", []),
    ],
)
def test_finds_by_what_the_person_has(desk: Store, typed: str, expected: list[str]) -> None:
    assert sorted(found(desk, typed)) == expected


def test_the_whole_number_comes_first(desk: Store) -> None:
    extra = row("f", ("周",), ("913800138000",))
    with desk.write() as conn:
        conn.execute(debtor.insert(), [bare_debtor(an_id("f"))])
        index_debtors(conn, [extra])
    assert found(desk, "13800138000") == ["a", "f"]
    assert found(desk, "13800138000", 1) == ["a"]


def test_indexing_again_replaces_and_removing_forgets(desk: Store) -> None:
    with desk.write() as conn:
        index_debtors(conn, [row("a", ("李四",), ("15000000000",))])
    assert found(desk, "王小敏") == []
    assert found(desk, "3800138000") == []
    assert found(desk, "李四") == ["a"]
    with desk.write() as conn:
        remove_debtors(conn, [an_id("a"), an_id("b"), an_id("never there")])
    assert found(desk, "李四") == found(desk, "150000") == found(desk, "曾") == []


@pytest.mark.parametrize("most", [1, 7, 1000])
def test_many_are_indexed_in_pieces_as_they_are_at_once(desk: Store, most: int) -> None:
    new = [
        row(letter, (name,), (f"138{letter}", "44010619600101001X"))
        for letter, name in zip("uvw", ODD, strict=True)
    ]

    def indexed() -> tuple[list[tuple[str, str]], ...]:
        with desk.read() as conn:
            keys = "SELECT k.key, hex(s.debtor_id) FROM search_key k JOIN search_debtor s ON s.doc = k.doc"
            digits = "SELECT digits, hex(debtor_id) FROM search_digits d JOIN search_debtor s ON doc = d.rowid"
            return tuple(sorted(map(tuple, conn.exec_driver_sql(sql))) for sql in (keys, digits))

    with desk.write() as conn:
        index_debtors(conn, new)
    at_once = indexed()
    with desk.write() as conn:
        remove_debtors(conn, [each.debtor_id for each in new])
        begin_waiting(conn)
        waiting = index_later(conn, with_keys(new[:1])) + index_later(conn, with_keys(new[1:]))
    assert len(indexed()[0]) + waiting == len(at_once[0])
    for _ in range(0, waiting, most):
        with desk.write() as conn:
            add_waiting(conn, most)
    assert indexed() == at_once


def test_a_staged_import_is_not_found(desk: Store) -> None:
    with desk.write() as conn:
        conn.execute(debtor.insert(), [bare_debtor(an_id("g"), visible=False)])
        index_debtors(conn, [row("g", ("赵六",), ())])
    assert found(desk, "赵六") == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=30))
def test_no_text_breaks_it(desk: Store, text: str) -> None:
    assert set(found(desk, text)) <= {"a", "b", "c", "d", "e"}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from('0123456789"*^:()-AND OR NOT'), max_size=12))
def test_the_query_language_is_not_reachable(desk: Store, text: str) -> None:
    assert set(found(desk, text)) <= {"a", "b", "c", "d", "e"}


SPELT = [
    row("mobile", ("张三",), ("13800130041",)),
    row("line", ("李四",), ("010-02345678",)),
    row("extension", ("王五",), ("010-02345678-8001",)),
]


@pytest.fixture
def spelt(opened: tuple[Store, Unlocked]) -> Store:
    store, _ = opened
    with store.write() as conn:
        conn.execute(debtor.insert(), [bare_debtor(one.debtor_id) for one in SPELT])
        index_debtors(conn, SPELT)
    return store


@pytest.mark.parametrize(
    "typed",
    [
        *("+8613800130041", "86 138 0013 0041", "0086-13800130041", "013800130041", "tel:13800130041"),
        *(
            "13800130041\n",
            "１３８００１３００４１",
            "\u202a13800130041\u202c",
            '="13800130041"',
            "+86138001",
            "0138001",
        ),
    ],
)
def test_a_mobile_is_found_in_any_spelling(spelt: Store, typed: str) -> None:
    assert found(spelt, typed) == ["mobile"]


@pytest.mark.parametrize(
    "typed",
    [
        *("+86 10 0234 5678", "(010)02345678", "010-02345678转8001", "86-10-02345678 ext 8001", "0234 5678"),
        *("861002345", "tel:+86-10-0234-5678;ext=8001"),
    ],
)
def test_a_landline_is_found_with_or_without_its_extension(spelt: Store, typed: str) -> None:
    assert set(found(spelt, typed)) == {"line", "extension"}


@pytest.fixture
def named(opened: tuple[Store, Unlocked]) -> Store:
    store, _ = opened
    people = [row("dots", ("阿卜杜拉·买买提",), ()), row("radical", ("⻢云",), ()), row("lv", ("吕女",), ())]
    with store.write() as conn:
        conn.execute(debtor.insert(), [bare_debtor(one.debtor_id) for one in people])
        index_debtors(conn, people)
    return store


@pytest.mark.parametrize("dot", [*"·•．・･‧∙⋅", "", " "])
def test_a_name_is_found_whatever_its_dot(named: Store, dot: str) -> None:
    assert found(named, f"阿卜杜拉{dot}买买提") == ["dots"]
    assert found(named, f"买买{dot}提")[:1] == ["dots"]


@pytest.mark.parametrize("typed", ["马云", "⻢云", "mayun", "my"])
def test_a_name_in_radicals_is_found(named: Store, typed: str) -> None:
    assert "radical" in found(named, typed)


@pytest.mark.parametrize("typed", ["lv", "lü", "lu", "lyu", "lvnv", "lünü", "lyunyu", "LÜ"])
def test_the_u_with_dots_is_found_however_it_is_spelt(named: Store, typed: str) -> None:
    assert found(named, typed) == ["lv"]


@pytest.mark.parametrize("typed", ["张三\n", "\u200b张三", "\t张三 ", "zhangsan\r\n", "张\u200d三"])
def test_a_pasted_name_is_found(spelt: Store, typed: str) -> None:
    assert found(spelt, typed) == ["mobile"]
