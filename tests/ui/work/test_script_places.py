"""Where the ways of a step stand: what is about a life is always 0, and at the end of the last row."""

import pytest

from collector_desk.packs.scripts import LANGUAGES, read_script_files
from collector_desk.services.packs import shipped
from collector_desk.ui.work.call.script_card import _laid_out, _of_a_life


def steps(language):
    files = {name: text.encode() for name, text in shipped.shipped_scripts(language).files.items()}
    read, _ = read_script_files(files)
    return [step for script in read.scripts for step in script.steps]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_to_what_saves_a_life_stands_where_it_always_stands(language):
    found = [step for step in steps(language) if any(map(_of_a_life, step.branches)) and step.id != "risk"]
    assert len(found) > 10
    for step in found:
        places = _laid_out(step.branches)
        assert sorted(branch.label for branch in places.values()) == sorted(one.label for one in step.branches)
        at, danger = next((place, branch) for place, branch in places.items() if _of_a_life(branch))
        assert danger.digit == "0", step.id
        assert at % 3 == 2, step.id
        assert at == max(places), step.id
        assert at in (8, 11), step.id
