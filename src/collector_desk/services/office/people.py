"""The people of a store: making it, signing in and out, adding people, roles, leaving."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.people import MIN_PASSWORD, Act, Person, require, require_still
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import Role
from collector_desk.services.book import queueing, refresh
from collector_desk.services.desk import settings
from collector_desk.services.desk.clock import Clock, SystemClock
from collector_desk.services.desk.seat import Seat, Writing, acting, person_from, still_here
from collector_desk.services.desk.settings import Agency, DeskSettings
from collector_desk.services.record import holding
from collector_desk.store import heads
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
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
    check_password(password)
    store, unlocked, code = Store.create(folder, name=person_name, password=password, at=watch.now(), demo=demo)
    roles = frozenset({Role.MANAGER, Role.LEAD})
    person = Person(unlocked.person_id, person_name, "1001", roles)
    seat = Seat(store, person, unlocked, watch, refresh.settle)
    with store.write() as conn:  # nobody is anybody yet
        act = Writing(conn, seat, "store.create", seat.now())
        _insert_person(act, person, unlocked.public_key)
        for role in sorted(roles):
            _grant(act, person.id, role, granted=True)
        settings.write(act, agency or Agency(name="", neutral_name=""))
        settings.write(act, DeskSettings(demo=demo))
    return NewStore(seat, code)


def sign_in(folder: Path, who: str, password: str, *, clock: Clock | None = None) -> Seat:
    """Open the store as ``who`` (name or id). Raises Trouble: wrong password, damaged file, old copy put back."""
    watch = clock or SystemClock()
    store, unlocked = Store.open(folder, who, password)
    try:
        mark = heads.load_mark(store.store_id)
        with store.read() as conn:
            if mark:
                heads.check_mark(conn, mark)
            person = person_of(conn, unlocked.person_id)
            require_still(person, person)
            zone = settings.read(conn, DeskSettings).zone
    except BaseException:
        store.close()
        raise
    seat = Seat(store, person, unlocked, watch, refresh.settle, zone)
    from collector_desk.services.intake import recovery  # not before the sign-in is painted
    from collector_desk.store.visits.pieces import drop_leftovers

    with suppress(Trouble):  # a full disk is told by the next act; the next import clears up as well
        recovery.recover(seat)
        drop_leftovers(store)
    return seat


def recover(
    folder: Path, who: str, code: str, new_password: str, *, clock: Clock | None = None
) -> tuple[Seat, str]:
    """Open with the printed recovery code, set a new password; returns the seat and the new code to print."""
    watch = clock or SystemClock()
    check_password(new_password)
    store, unlocked, new_code = Store.open_with_recovery(
        folder, code, who=who, new_password=new_password, at=watch.now()
    )
    with store.write() as conn:
        person = person_of(conn, unlocked.person_id)
        conn.execute(update(t.person).where(t.person.c.id == person.id).values(public_key=unlocked.public_key))
        zone = settings.read(conn, DeskSettings).zone
    return Seat(store, person, unlocked, watch, refresh.settle, zone), new_code


def prove(seat: Seat, password: str) -> None:
    """Raise Trouble where it is not the signed-in person's password (the idle lock asks), SeatLost for who left."""
    look(seat)
    seat.store.prove(seat.person.id, password)


def look(seat: Seat) -> None:
    """Whether who sits here may go on. Raises SeatLost for who left, or lost a role; a role more counts at once."""
    with seat.store.read() as conn:
        still_here(conn, seat)


def sign_out(seat: Seat) -> None:
    """Leave: what is held goes back to the pool, the chain's head is signed, the file is let go.

    Whose access was closed meanwhile signs nothing any more.
    """
    queueing.release(seat)
    mark = None
    with seat.store.write() as conn:
        if person_of(conn, seat.person.id).active:
            mark = heads.sign_head(conn, seat.unlocked, seat.now())
    if mark is not None:
        heads.save_mark(mark)
    seat.store.close()


def everybody(seat: Seat) -> tuple[Person, ...]:
    """All people of the store, those who left as well, by name."""
    with seat.store.read() as conn:
        rows = conn.execute(select(t.person).order_by(t.person.c.name)).all()
    return tuple(person_from(row) for row in rows)


def person_of(conn: Connection, person_id: str) -> Person:
    """One person of the store."""
    row = conn.execute(select(t.person).where(t.person.c.id == person_id)).one()
    return person_from(row)


def add(seat: Seat, *, name: str, password: str, roles: frozenset[Role]) -> Person:
    """Let a person in with a first password and roles; the manager's act."""
    require(seat.person, Act.MANAGE_PEOPLE)
    person_name = _checked_name(name)
    check_password(password)
    slot = seat.store.prepare_slot(person_id=new_id(), name=person_name, password=password)
    with acting(seat, "person.add") as act:
        numbers = [int(number) for number in act.conn.execute(select(t.person.c.number)).scalars()]
        person = Person(slot.person_id, person_name, str(max(numbers) + 1), roles)
        _insert_person(act, person, slot.public_key)
        for role in sorted(roles):
            _grant(act, person.id, role, granted=True)
        seat.store.admit(act.conn, slot, actor_id=seat.person.id, at=act.at)
    return person


def set_roles(seat: Seat, person_id: str, roles: frozenset[Role]) -> Changes:
    """Grant and take roles; a line of history each. The store keeps at least one active manager."""
    require(seat.person, Act.MANAGE_PEOPLE)
    with acting(seat, "role.grant") as act:
        person = person_of(act.conn, person_id)
        if Role.MANAGER in person.roles and Role.MANAGER not in roles:
            _keep_a_manager(act.conn, person_id)
        for role in sorted(person.roles ^ roles):
            _grant(act, person_id, role, granted=role in roles)
        act.conn.execute(
            update(t.person).where(t.person.c.id == person_id).values(roles=sorted(role.value for role in roles))
        )
    return Changes(people=frozenset({person_id}))


def set_badge(seat: Seat, person_id: str, until: date | None) -> Changes:
    """Put on file until when (that day still) a person's badge is valid; visits are planned by it."""
    require(seat.person, Act.MANAGE_PEOPLE)
    with acting(seat, "person.badge") as act:
        if person_of(act.conn, person_id).badge_until == until:
            return Changes()
        act.record(t.badge, {"person_id": person_id, "valid_until": until})
        act.conn.execute(update(t.person).where(t.person.c.id == person_id).values(badge_until=until))
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
        act.conn.execute(update(t.person).where(t.person.c.id == person_id).values(active=False, roles=[]))
        holding.put_back(act.conn, person_id)  # but a call left open waits for a lead (``left_open``)
        for role in sorted(person.roles):
            _grant(act, person_id, role, granted=False)
        seat.store.close_slot(act.conn, person_id, actor_id=seat.person.id, at=act.at)
    return Changes(people=frozenset({person_id}))


def change_password(seat: Seat, *, old: str, new: str) -> None:
    """Change one's own password. Raises Trouble for a wrong old one, Refused for a new one too short."""
    check_password(new)
    slot = seat.store.prepare_password(seat.unlocked, old, new)
    with acting(seat, "password.change") as act:
        seat.store.change_password(act.conn, slot, at=act.at)


def check_password(password: str) -> None:
    """Refuse a password that is too short or one character repeated."""
    if len(password) < MIN_PASSWORD or len(set(password)) < 3:
        raise Refused("office.weak_password", "password", least=MIN_PASSWORD)


def _checked_name(name: str) -> str:
    text = cleaned(name, 81)
    if not text:
        raise Refused("office.no_name", "name")
    if len(text) > 80:
        raise Refused("office.long_name", "name", most=80)
    return text


def _keep_a_manager(conn: Connection, leaving_id: str) -> None:
    rows = conn.execute(select(t.person).where(t.person.c.active.is_(True), t.person.c.id != leaving_id))
    if not any(Role.MANAGER.value in row.roles for row in rows):
        raise Refused("office.last_manager")


def _insert_person(act: Writing, person: Person, public_key: bytes) -> None:
    act.conn.execute(
        insert(t.person).values(
            id=person.id,
            name=person.name,
            number=person.number,
            roles=sorted(role.value for role in person.roles),
            public_key=public_key,
            active=True,
            created_at=act.at,
        )
    )


def _grant(act: Writing, person_id: str, role: Role, *, granted: bool) -> None:
    """Every role given or taken is a line of history."""
    act.record(t.role_grant, {"person_id": person_id, "role": role.value, "granted": granted})
