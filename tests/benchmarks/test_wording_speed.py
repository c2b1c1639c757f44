"""The wording check at a key press: 500 characters against 5,000 phrases, at most 2 ms (issue of the live call)."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from collector_desk.domain.text.wording import Category, Phrase, WordingCheck
from collector_desk.packs.lexicon import load_lexicon
from collector_desk.packs.pinyin import syllables

NOTE = ("本人说工资推迟，预计周五到账后先还两千元，剩下的下周再还；已说明金额和渠道。" * 20)[:500]


def test_a_long_note_against_five_thousand_phrases(benchmark: Callable[..., Any]) -> None:
    lexicon = load_lexicon()
    chance = random.Random(7)  # noqa: S311 -- invented phrases, the same each time
    common = sorted(set(NOTE + "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年"))
    made = [
        Phrase("".join(chance.choices(common, k=chance.randint(3, 8))), Category.THREAT)
        for _ in range(5000 - len(lexicon.phrases))
    ]
    check = WordingCheck(replace(lexicon, phrases=lexicon.phrases + tuple(made)), syllables())
    benchmark(check.check, NOTE)
