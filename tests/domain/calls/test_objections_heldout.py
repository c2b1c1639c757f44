"""How often the right card is among the best three for wordings nobody tuned on.

The wordings in objections_heldout.toml and objections_heldout_2.toml were written apart from the cards; a failure
names cards and rates, never the wordings, so that nobody tunes on them.
"""

import tomllib
from pathlib import Path

import pytest

from collector_desk.packs.objections import shipped_cards, shipped_index

SETS = {
    name: tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("objections_heldout", "objections_heldout_2")
}
NOTHING = SETS["objections_heldout_2"]["nothing"]


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_nine_of_ten_unseen_wordings_find_their_card(lang, name):
    held_out = SETS[name][lang]
    index = shipped_index(lang)
    missed = {
        card: [sum(card not in [hit.id for hit in index.find(text)] for text in texts), len(texts)]
        for card, texts in held_out.items()
    }
    wordings = sum(count for _, count in missed.values())
    rate = 1 - sum(count for count, _ in missed.values()) / wordings
    weak = {card: f"{count} of {of} missed" for card, (count, of) in missed.items() if count}
    assert set(missed) <= set(shipped_cards(lang))
    assert lang != "zh_CN" or set(missed) == set(shipped_cards(lang))
    assert rate >= 0.9, (lang, round(rate, 3), wordings, weak)


def test_nine_of_ten_unseen_texts_that_are_no_objection_give_nothing():
    index = shipped_index("zh_CN")
    answered = sum(bool(index.find(text)) for text in NOTHING["idle"])
    assert answered <= 0.1 * len(NOTHING["idle"]), (answered, len(NOTHING["idle"]))


def test_unseen_figures_of_speech_set_off_no_alarm():
    index = shipped_index("zh_CN")
    first = [index.find(text)[:1] for text in NOTHING["figurative"]]
    assert sum(hits[0].id == "risk_to_life" for hits in first if hits) == 0
