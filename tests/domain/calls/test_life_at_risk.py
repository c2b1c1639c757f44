"""Whoever is on the line, wherever the script stands: a life at risk brings the words of care, and no debt."""

from dataclasses import replace

import pytest

from collector_desk.domain.calls.life_at_risk import turned_to_care
from collector_desk.domain.calls.outcomes import open_outcomes
from collector_desk.domain.calls.scripts import Phase, ScriptPurpose, Stop, Walk
from collector_desk.domain.vocabulary import Disclosure, Outcome
from tests.samples.scripts import shipped_pack, small_pack


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("ended", [False, True])
def test_every_step_of_every_script_turns_to_the_words_of_care(language, ended):
    pack = shipped_pack(language)
    places = [
        Stop(script.purpose, step.id, speaker)
        for script in pack.scripts
        for step in script.steps
        for speaker in sorted(step.audience)
    ]
    assert len({stop.speaker for stop in places}) == 4
    for stop in places:
        walk = turned_to_care(Walk(pack, ScriptPurpose.POLITE, (stop,), ended=ended))
        assert walk.current.phase is Phase.CARE, stop
        assert walk.current.discloses is Disclosure.NOTHING
        assert "{help_line}" in walk.current.say
        assert (walk.speaker, walk.outcome) == (stop.speaker, Outcome.RISK_TO_LIFE)
        assert Outcome.RISK_TO_LIFE in open_outcomes(stop.speaker)
        assert len(turned_to_care(walk).path) == len(walk.path) <= 2
        assert len(walk.path) == 1 or walk.can_go_back
        if len(walk.path) == 2:
            assert walk.back().here == replace(stop, digit="", outcome=None)


def test_a_pack_without_such_words_says_so():
    walk = Walk.begin(small_pack(), ScriptPurpose.POLITE)
    with pytest.raises(ValueError, match="life at risk"):
        turned_to_care(walk)
