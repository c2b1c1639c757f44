"""The people of a store: making it, signing in and out, adding people, roles, leaving."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Refused, Trouble
from collector_desk.domain.people import Act, Person, require, require_still
from collector_desk.domain.states import TieReason
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import Role
from collector_desk.services.book import queueing, refresh
from collector_desk.services.desk import settings, standing
from collector_desk.services.desk.clock import Clock, SystemClock
from collector_desk.services.desk.seat import Seat, Writing, acting, reading, still_here
from collector_desk.services.desk.settings import Agency, DeskSettings
from collector_desk.services.office.passwords import check_password
from collector_desk.services.record import ties
from collector_desk.store import heads
from collector_desk.store import tables as t
from collector_desk.store.desk import people as kept
from collector_desk.store.endorsements import granted_text
from collector_desk.store.engine import Connection
from collector_desk.store.keys import Unlocked
from collector_desk.store.keys import people as slot_names
from collector_desk.store.numbers import next_number
from collector_desk.store.record import holding
from collector_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class NewStore:
    """What the first start leaves: the seat of the first person, and the code to print once."""

    seat: Seat
    recovery_code: str = field(repr=False)


def create_store(
    folder: Path,
    *,
    name: str,
    password: str,
    agency: Agency | None = None,
    demo: bool = False,
    clock: Clock | None = None,
) -> NewStore:
    """Make a store; its first person is manager and lead (and works cases as a senior agent until others come)."""
    watch = clock or SystemClock()
    person_name = _checked_name(name)
    known = (agency.name, agency.neutral_name) if agency is not None else ()
    check_password(password, (person_name, folder.name, *known))
    roles = frozenset({Role.MANAGER, Role.LEAD})

    seats: list[Seat] = []

    def first(store: Store, conn: Connection, unlocked: Unlocked) -> None:
        serial, number = next_number(conn, t.person)
        person = Person(unlocked.person_id, person_name, number, roles)
        seat = Seat(store, person, unlocked, watch, refresh.settle)  # nobody is anybody yet
        seats.append(seat)
        act = Writing(conn, seat, "store.create", seat.now())
        _let_in(act, person, serial)
        _grant(act, seat, seat.person.id, roles, granted=True)
        settings.write(act, agency or Agency(name="", neutral_name=""))
        settings.write(act, DeskSettings(demo=demo))
        ties.write(act, seat, TieReason.MADE)
        standing.begin(seat)

    made_at = watch.now()
    _, _, code = Store.create(folder, name=person_name, password=password, at=made_at, first=first, demo=demo)
    standing.tie(seats[0])
    return NewStore(seats[0], code)


def sign_in(folder: Path, who: str, password: str, *, clock: Clock | None = None) -> Seat:
    """Open the store as ``who`` (name or id). Raises Trouble: wrong password, damaged file, another root.

    Whether it is the store this computer remembers, ``Seat.standing`` says: one may look even where it isn't.
    """
    watch = clock or SystemClock()
    store, unlocked = Store.open(folder, who, password)
    seat = _seated(store, unlocked, watch)
    from collector_desk.services.intake import recovery  # not before the sign-in is painted
    from collector_desk.store.visits.pieces import drop_leftovers

    with suppress(Trouble):  # a full disk is told by the next act; the next import clears up as well
        recovery.recover(seat)
        drop_leftovers(store)
    return seat


def first_sign_in(folder: Path, who: str, *, given: str, own: str, clock: Clock | None = None) -> Seat:
    """Sign in with the password that was given and choose one's own at once. Raises as ``sign_in`` and
    ``change_password``; the given password is proved once for both, which saves a key derivation."""
    seat = sign_in(folder, who, given, clock=clock)
    try:
        with seat.store.read() as conn:
            check_password(own, (folder.name, *_known(conn)))
        _change_password(seat, seat.unlocked, own)
    except BaseException:
        seat.let_go()
        raise
    return seat


def _seated(store: Store, unlocked: Unlocked, watch: Clock) -> Seat:
    """The person at the store just opened, which is held against what this computer remembers of it."""
    try:
        with store.read() as conn:
            person = person_of(conn, unlocked.person_id)
            require_still(person, person)
            zone = settings.read(conn, DeskSettings).zone
        seat = Seat(store, person, unlocked, watch, refresh.settle, zone)
        standing.look(seat)
    except BaseException:
        store.close()
        raise
    return seat


def recover(
    folder: Path, who: str, code: str, new_password: str, *, clock: Clock | None = None
) -> tuple[Seat, str]:
    """Open with the printed recovery code, set a new password; returns the seat and a new code to print.

    The old code goes on opening the store until ``keyring.confirm_recovery``.
    """
    watch = clock or SystemClock()
    check_password(new_password, (folder.name, *(one.name for one in slot_names(folder))))

    store, unlocked, new_code = Store.open_with_recovery(
        folder, code, who=who, new_password=new_password, at=watch.now()
    )
    return _seated(store, unlocked, watch), new_code


def prove(seat: Seat, password: str) -> None:
    """Raise Trouble where it is not the signed-in person's password (the idle lock asks), SeatLost for who left."""
    look(seat)
    seat.store.prove(seat.person.id, password)


def look(seat: Seat) -> None:
    """Whether who sits here may go on. Raises SeatLost for who left, or lost a role; a role more counts at once."""
    with seat.store.read() as conn:
        still_here(conn, seat)


def sign_out(seat: Seat) -> Message | None:
    """Leave: what is held goes back to the pool, the chain's head is signed, the mark moved, the file let go.

    Whose access was closed meanwhile signs nothing any more, and who still has the password given to them not yet;
    nobody does at a store that is in doubt or was found broken. Gives back what kept the mark from being written.
    """
    queueing.release(seat)
    if seat.vouches and standing.doubt(seat) is None:
        with seat.store.write() as conn:
            if heads.may_sign(conn, seat.unlocked):
                heads.sign_head(conn, seat.unlocked, seat.now())
    told = standing.move(seat)
    seat.store.close()
    return told


def everybody(seat: Seat) -> tuple[Person, ...]:
    """All people of the store, those who left as well, by name."""
    with seat.store.read() as conn:
        return kept.of_this_store(conn)


def person_of(conn: Connection, person_id: str) -> Person:
    """One person of the store. Raises KeyError where nobody bears this id."""
    found = kept.person_of(conn, person_id)
    if found is None:
        raise KeyError(person_id)
    return found


def add(seat: Seat, *, name: str, password: str, roles: frozenset[Role]) -> Person:
    """Let a person in with a first password and roles; the manager's act."""
    require(seat.person, Act.MANAGE_PEOPLE)
    person_name = _checked_name(name)
    with reading(seat, Act.MANAGE_PEOPLE) as conn:
        check_password(password, (person_name, seat.folder.name, *_known(conn)))
    slot = seat.store.prepare_slot(name=person_name, password=password, root=seat.unlocked.root)
    with acting(seat, "person.add") as act:
        require(seat.person, Act.MANAGE_PEOPLE)
        serial, number = next_number(act.conn, t.person)
        person = Person(slot.person_id, person_name, number, roles, first_password=True)
        _let_in(act, person, serial)
        _grant(act, seat, person.id, roles, granted=True)
        seat.store.admit(act.conn, slot, by=seat.unlocked, at=act.at)
    return person


def set_roles(seat: Seat, person_id: str, roles: frozenset[Role]) -> Changes:
    """Grant and take roles; a line of history each. The store keeps at least one active manager."""
    require(seat.person, Act.MANAGE_PEOPLE)
    with acting(seat, "role.grant") as act:
        person = person_of(act.conn, person_id)
        if Role.MANAGER in person.roles and Role.MANAGER not in roles:
            _keep_a_manager(act.conn, person_id)
        _grant(act, seat, person_id, roles - person.roles, granted=True)
        _grant(act, seat, person_id, person.roles - roles, granted=False)
    return Changes(people=frozenset({person_id}))


def set_badge(seat: Seat, person_id: str, until: date | None) -> Changes:
    """Put on file until when (that day still) a person's badge is valid; visits are planned by it."""
    require(seat.person, Act.MANAGE_PEOPLE)
    with acting(seat, "person.badge") as act:
        if person_of(act.conn, person_id).badge_until == until:
            return Changes()
        act.record(t.badge, {"person_id": person_id, "valid_until": until})
    return Changes(people=frozenset({person_id}))


def leave(seat: Seat, person_id: str) -> Changes:
    """Close a person's access: roles and slot go, their password opens nothing any more; their history stays.

    A window they have open signs them out. A call they left open keeps its draft and waits for a lead.
    """
    require(seat.person, Act.MANAGE_PEOPLE)
    with acting(seat, "person.leave") as act:
        person = person_of(act.conn, person_id)
        if Role.MANAGER in person.roles:
            _keep_a_manager(act.conn, person_id)
        holding.put_back(act.conn, person_id)  # but a call left open waits for a lead (``left_open``)
        _grant(act, seat, person_id, person.roles, granted=False)
        seat.store.close_slot(act.conn, person_id, actor_id=seat.person.id, at=act.at)
    return Changes(people=frozenset({person_id}))


def change_password(seat: Seat, *, old: str, new: str) -> None:
    """Change one's own password. Raises Trouble for a wrong old one, Refused for a new one too weak.

    The password somebody gave goes with its signing key; the new key is endorsed by it.
    """
    with seat.store.read() as conn:
        check_password(new, (seat.folder.name, *_known(conn)))
    _change_password(seat, seat.store.prove(seat.person.id, old), new)


def _change_password(seat: Seat, proven: Unlocked, new: str) -> None:
    slot = seat.store.prepare_password(proven, new)
    with acting(seat, "password.change") as act:
        seat.store.change_password(act.conn, slot, at=act.at)
    seat.unlocked = slot.unlocked


def _known(conn: Connection) -> list[str]:
    """What everybody at the store knows, and would try first."""
    agency = settings.read(conn, Agency)
    return [*kept.names(conn).values(), agency.name, agency.neutral_name]


def _checked_name(name: str) -> str:
    text = cleaned(name, 81)
    if not text:
        raise Refused("office.no_name", "name")
    if len(text) > 80:
        raise Refused("office.long_name", "name", most=80)
    return text


def _keep_a_manager(conn: Connection, leaving_id: str) -> None:
    if not any(Role.MANAGER in one.roles for one in kept.active(conn) if one.id != leaving_id):
        raise Refused("office.last_manager")


def _let_in(act: Writing, person: Person, serial: int) -> None:
    row = {"person_id": person.id, "issuer": act.store_id, "serial": serial, "name": person.name}
    act.record(t.person_added, row | {"first_password": person.first_password})


def _grant(act: Writing, seat: Seat, person_id: str, roles: frozenset[Role], *, granted: bool) -> None:
    """Every role given or taken is a line of history, signed by the manager who does it."""
    store_id, key = seat.store_id, seat.unlocked.signing_key
    for role in sorted(roles, key=lambda role: (role is Role.MANAGER, role)):  # a manager's own role goes last
        text = granted_text(store_id, person_id, role.value, granted=granted, at=act.at)
        row = {
            "person_id": person_id,
            "role": role.value,
            "granted": granted,
            "at": act.at,
            "signed_by": seat.unlocked.public_key,
            "signature": key.sign(text),
        }
        act.record(t.role_grant, row)
