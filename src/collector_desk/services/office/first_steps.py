"""What a new store still needs before the first call, in the order it is done."""

from dataclasses import dataclass

from collector_desk.domain.conduct import Share
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import read
from collector_desk.services.packs import releases
from collector_desk.store.office.inventory import any_case, count_people


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing to do; ``act`` says who may do it."""

    name: str
    act: Act
    done: bool


def first_steps(seat: Seat) -> tuple[FirstStep, ...]:
    """Release the packs, let people in, set the share of the caps, import a file; none once there are cases."""
    with seat.store.read() as conn:
        if any_case(conn):
            return ()
        people = count_people(conn)
        share = read(conn, Share)
        try:
            releases.require_released(conn)
            released = True
        except Refused:
            released = False
    return (
        FirstStep("packs", Act.RELEASE_PACKS, released),
        FirstStep("people", Act.MANAGE_PEOPLE, people > 1),
        FirstStep("share", Act.SET_SHARE, share.effective is not None),
        FirstStep("import", Act.IMPORT, False),
    )
