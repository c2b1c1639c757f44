"""How often the right card is among the best three for wordings nobody tuned on.

The wordings in objections_heldout.toml were written apart from the cards; a failure names cards and rates, never
the wordings, so that nobody tunes on them.
"""

import tomllib
from pathlib import Path

import pytest

from collector_desk.packs.objections import shipped_cards, shipped_index

HELD_OUT = tomllib.loads(Path(__file__).with_name("objections_heldout.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_nine_of_ten_unseen_wordings_find_their_card(lang):
    index = shipped_index(lang)
    missed = {
        card: [sum(card not in [hit.id for hit in index.find(text)] for text in texts), len(texts)]
        for card, texts in HELD_OUT[lang].items()
    }
    wordings = sum(count for _, count in missed.values())
    rate = 1 - sum(count for count, _ in missed.values()) / wordings
    weak = {card: f"{count} of {of} missed" for card, (count, of) in missed.items() if count}
    assert set(missed) <= set(shipped_cards(lang))
    assert lang != "zh_CN" or set(missed) == set(shipped_cards(lang))
    assert rate >= 0.9, (lang, round(rate, 3), wordings, weak)
