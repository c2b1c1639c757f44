"""What the person at the seat can do with a draft or a version of a pack: which buttons the workshop shows."""

from enum import StrEnum

from collector_desk.domain.packs.life import PackStep, alone
from collector_desk.domain.people import Act, may
from collector_desk.services.desk.seat import Seat
from collector_desk.services.packs.releases import PackState
from collector_desk.services.packs.workshop import PackDraft
from collector_desk.store.packs import versions


class PackAct(StrEnum):
    """One thing to do."""

    COPY = "copy"
    HAND_IN = "hand_in"
    RELEASE = "release"
    RETURN = "return"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"
    GIVE_UP = "give_up"


def choices(seat: Seat, item: PackDraft | PackState) -> frozenset[PackAct]:
    """What is open to this person now; the acts themselves ask again."""
    edits, releases = (may(seat.person.roles, act) for act in (Act.EDIT_PACKS, Act.RELEASE_PACKS))
    if isinstance(item, PackDraft):
        return frozenset({PackAct.HAND_IN, PackAct.GIVE_UP} if edits else {PackAct.GIVE_UP})
    found = {PackAct.COPY} if edits else set()
    if item.step is PackStep.HANDED_IN:
        if item.step_by_id == seat.person.id:
            found.add(PackAct.TAKE_BACK)
        elif releases:
            found.add(PackAct.RETURN)
            if item.author_id != seat.person.id:
                found.add(PackAct.RELEASE)
    elif item.in_use:
        if releases:
            found.add(PackAct.WITHDRAW)
    elif _alone(seat, item):
        if releases:
            found.add(PackAct.RELEASE)
    elif edits or releases:
        found.add(
            PackAct.HAND_IN
        )  # an earlier version, or a newer one of the program, in the place of the one in use
    return frozenset(found)


def _alone(seat: Seat, item: PackState) -> bool:
    with seat.store.read() as conn:
        lines = versions.steps(conn)
    return item.shipped and alone((item.kind, item.id), item.version_id, lines)
