"""Numbers people read out: how they look, how they are drawn, and every way of typing one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.text.numbers import (
    DEMO_PREFIX,
    FIGURES,
    LETTERS,
    Numbered,
    Written,
    draw_prefix,
    spelt,
    written,
)

PREFIXES = st.randoms(use_true_random=False).map(lambda rng: draw_prefix(rng.choice))


def test_numbers_look_as_they_do() -> None:
    told = [spelt("K7M", kind, 1042) for kind in Numbered]
    assert told == ["K7M-1042", *(f"K7M-{letter}1042" for letter in "VEPCNAGU")]


@given(PREFIXES, st.sampled_from(Numbered), st.integers(0, 999_999_999))
def test_what_is_spelt_is_read(prefix: str, kind: Numbered, serial: int) -> None:
    text = spelt(prefix, kind, serial)
    assert written(text) == written(text.lower().replace("-", "")) == Written(prefix, kind, serial)
    assert written(text.removeprefix(prefix)) == Written("", kind, serial)


@given(PREFIXES)
def test_a_prefix_spells_nothing_and_is_no_number(prefix: str) -> None:
    assert len(prefix) == 3
    assert prefix[0] in LETTERS
    assert set(prefix) & set(FIGURES)
    assert not set(prefix) & set("AEIOUSZBGQL015")
    assert prefix[0] not in {kind.value for kind in Numbered}


def test_stores_draw_prefixes_of_their_own() -> None:
    rng = random.Random(5)  # noqa: S311 -- a test, always the same
    drawn = {draw_prefix(rng.choice) for _ in range(2000)}
    assert len(drawn) > 1000
    assert {prefix[0] for prefix in drawn} == set(LETTERS)
    assert written(f"{DEMO_PREFIX}1")


@pytest.mark.parametrize(
    "typed", ["K7M-1042", " k7m 1042\n", "Ｋ７Ｍ－１０４２", "K7M—1042", "K7M.1042", "\u200bk7m‑1042", "K7M/1042"]
)
def test_any_spelling_is_read(typed: str) -> None:
    assert written(typed) == Written("K7M", Numbered.CASE, 1042)


@pytest.mark.parametrize("typed", ["", "K7M", "K7M-", "7KM-1042", "王1042", "K7M-X1042", "K7M-1042x", "1" * 10])
def test_what_is_no_number_is_not_read(typed: str) -> None:
    assert written(typed) is None
