"""Where the ways of a step stand: what is about a life is always red, always 0, always at the end of the last row."""

import pytest

from collector_desk.packs.scripts import LANGUAGES
from collector_desk.services.packs import shipped
from collector_desk.ui.work.call.script_card import _laid_out, _of_a_life


def steps():
    for language in LANGUAGES:
        files = shipped.shipped_scripts(language)
        yield from ((language, script, step) for script in files_of(files) for step in script.steps)


def files_of(pack):
    from collector_desk.packs.scripts import read_script_files

    read, _ = read_script_files({name: text.encode() for name, text in pack.files.items()})
    return read.scripts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_to_what_saves_a_life_stands_where_it_always_stands(language):
    found = [step for said, _, step in steps() if said == language and any(map(_of_a_life, step.branches))]
    assert len(found) > 10
    for step in found:
        places = _laid_out(step.branches)
        assert sorted(branch.label for branch in places.values()) == sorted(one.label for one in step.branches)
        at, danger = next((place, branch) for place, branch in places.items() if _of_a_life(branch))
        assert danger.digit == "0", step.id
        assert at % 3 == 2, step.id
        assert at == max(places), step.id
        assert at in (8, 11), step.id
