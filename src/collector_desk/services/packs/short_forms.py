"""Short forms of notes that people add: their own, and the team's by a lead. What comes with the program is a pack.

Each is kept as history: a change and a deletion are new lines. One's own are told to nobody else.
"""

from collections.abc import Sequence

from collector_desk.domain.calls import short_forms as domain
from collector_desk.domain.calls.short_forms import FormCheck, FormFinding, FormWish, ShortForm, Whose, folded
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, msg
from collector_desk.domain.people import Act, require
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.packs import in_use
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.packs.short_forms import KeptForm, usable_by
from collector_desk.store.search import names_debtor

MOST = 200
"""So many of their own a person may have, and so many the team."""


def every(seat: Seat, language: str) -> tuple[ShortForm, ...]:
    """All a person may look at: their own, the team's, and what comes with the program."""
    with seat.store.read() as conn:
        return _every(conn, seat.person.id, language)


def usable(seat: Seat, language: str) -> tuple[ShortForm, ...]:
    """What expands in this person's notes, their own first."""
    return domain.in_force(every(seat, language))


def check(seat: Seat, wish: FormWish, form_id: str = "") -> FormCheck:
    """What stands in the way of keeping it, and what would have to be confirmed; for a form while it is typed."""
    with seat.store.read() as conn:
        return _check(conn, seat, wish, form_id)


def save(seat: Seat, wish: FormWish, form_id: str = "", *, knowingly: bool = False) -> tuple[str, Changes]:
    """Keep a short form, a new one or (with its id) a changed one; returns its id.

    Raises Refused at the field at fault; with a warning (``packs.short_forms.confirm``) unless it comes
    ``knowingly``.
    """
    _require(seat, team=wish.team)
    with acting(seat, "short_form.save") as act:
        found = _check(act.conn, seat, wish, form_id)
        for refused in found.refusals:
            raise Refused(refused.message.code, refused.field_name, **refused.message.params)
        for warned in () if knowingly else found.warnings:
            raise Refused("packs.short_forms.confirm", warned.field_name, why=warned.message)
        mine = [one for one in _every(act.conn, seat.person.id, "en") if one.whose is _whose(team=wish.team)]
        if form_id and form_id not in {one.id for one in mine}:
            raise Refused("packs.short_forms.gone")
        if not form_id and len(mine) >= MOST:
            raise Refused("packs.short_forms.too_many", most=MOST)
        row = {
            "form_id": form_id or new_id(),
            "owner_id": None if wish.team else seat.person.id,
            "name": folded(wish.name),
            "replaces": wish.replaces and not wish.team,
            "gone": False,
            "text": cleaned(wish.text),
        }
        act.record(t.short_form, row)
    return str(row["form_id"]), Changes(settings=True)


def delete(seat: Seat, form_id: str) -> Changes:
    """Take a short form out of use; its lines stay in the history."""
    with acting(seat, "short_form.delete") as act:
        form = _kept(act.conn, seat, form_id)
        if form is None:
            raise Refused("packs.short_forms.gone")
        _require(seat, team=form.owner_id is None)
        act.record(
            t.short_form,
            {"form_id": form_id, "owner_id": form.owner_id, "name": form.name, "replaces": False, "gone": True},
        )
    return Changes(settings=True)


def replaces(seat: Seat, form_id: str) -> bool:
    """Whether one's own form says that it replaces another of its name."""
    with seat.store.read() as conn:
        form = _kept(conn, seat, form_id)
    return form is not None and form.owner_id is not None and form.replaces


def _kept(conn: Connection, seat: Seat, form_id: str) -> KeptForm | None:
    """A form of one's own or of the team; another's own is nobody's business."""
    return next((one for one in usable_by(conn, seat.person.id) if one.id == form_id), None)


def _check(conn: Connection, seat: Seat, wish: FormWish, form_id: str) -> FormCheck:
    others: Sequence[ShortForm] = [
        one for one in _every(conn, seat.person.id, "en") if not form_id or one.id != form_id
    ]
    found = domain.check_form(wish, others, in_use.wording(conn).check)
    if found.refusals or not names_debtor(conn, wish.text):
        return found
    return FormCheck(warnings=(FormFinding("text", msg("packs.short_forms.names_debtor")), *found.warnings))


def _every(conn: Connection, person_id: str, language: str) -> tuple[ShortForm, ...]:
    added = [
        ShortForm((one.name,), one.text, _whose(team=one.owner_id is None), one.id)
        for one in usable_by(conn, person_id)
    ]
    added.sort(key=lambda one: one.whose is Whose.TEAM)
    return (*added, *in_use.short_forms(conn, language))


def _whose(*, team: bool) -> Whose:
    return Whose.TEAM if team else Whose.OWN


def _require(seat: Seat, *, team: bool) -> None:
    require(seat.person, Act.EDIT_TEAM_FORMS if team else Act.WORK_CASE)
