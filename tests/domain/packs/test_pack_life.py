"""Which version is in use, and that no order of steps lets one person do what takes two."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.message import Refused
from collector_desk.domain.packs.life import PackStep, StepLine, alone, in_use, refuse_release

PACK = ("scripts", "p")
AUTHORS = {"v0": None, "v1": "lead", "v2": "manager"}
AT = datetime(2026, 11, 23, tzinfo=UTC)
STEPS = st.lists(
    st.builds(
        lambda version, step, actor: StepLine(PACK, version, AUTHORS[version], step, actor, AT),
        st.sampled_from(sorted(AUTHORS)),
        st.sampled_from([PackStep.HANDED_IN, PackStep.RETURNED, PackStep.RELEASED, PackStep.WITHDRAWN]),
        st.sampled_from(["lead", "manager", "legal"]),
    ),
    max_size=12,
)


@given(STEPS, st.sampled_from(sorted(AUTHORS)), st.sampled_from(["lead", "manager", "legal"]))
def test_a_release_always_has_two_persons(lines, version, actor):
    """Whatever went before: where it is let through, somebody else handed it in, and nobody releases their own."""
    try:
        refuse_release(version, lines, actor)
    except Refused:
        return
    last = [line for line in lines if line.version_id == version][-1]
    assert last.step is PackStep.HANDED_IN
    assert actor not in (last.actor_id, AUTHORS[version])


@given(STEPS)
def test_in_use_is_the_last_release_not_withdrawn_since(lines):
    used = in_use(lines).get(PACK)
    releases = [place for place, line in enumerate(lines) if line.step is PackStep.RELEASED]
    if not releases:
        assert used is None
        return
    last = lines[releases[-1]]
    withdrawn = any(
        line.step is PackStep.WITHDRAWN and line.version_id == last.version_id for line in lines[releases[-1] :]
    )
    assert used is (None if withdrawn else last)


@given(STEPS)
def test_one_person_alone_never_goes_back(lines):
    """What was released once, or stands against a version of the store's own, is never one person's to release."""
    released = {line.version_id for line in lines if line.step is PackStep.RELEASED}
    for version in AUTHORS:
        if version in released or released & {"v1", "v2"}:
            assert not alone(PACK, version, lines)


def test_who_handed_in_an_earlier_version_cant_release_it():
    lines = [StepLine(PACK, "v0", None, PackStep.HANDED_IN, "legal", AT)]
    with pytest.raises(Refused):
        refuse_release("v0", lines, "legal")
    refuse_release("v0", lines, "manager")
