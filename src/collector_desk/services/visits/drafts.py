"""A visit's report while its pair types it, in as many windows as they like: one draft, nobody's words lost.

What comes in once the report was handed in lies beside it as late words: nobody signs before they are put in, or
left out by who wrote them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from collector_desk.domain.message import Refused
from collector_desk.domain.states import DraftKind
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.text.merging import Draft
from collector_desk.domain.visits.checks import VisitRules
from collector_desk.domain.visits.form import TEXTS, asked, typed_of
from collector_desk.domain.visits.steps import Visit, VisitState, VisitStep
from collector_desk.domain.visits.visit import VisitReport
from collector_desk.services.desk import drafts
from collector_desk.services.desk.seat import Seat
from collector_desk.store.desk import drafts as kept
from collector_desk.store.engine import Connection
from collector_desk.store.visits.reading import read_visit


@dataclass(frozen=True, slots=True)
class LateWords:
    """What somebody typed into a field after the report had been handed in."""

    name: str
    person_id: str
    person_name: str
    text: str = field(repr=False)


def save(
    seat: Seat,
    visit_id: str,
    typed: Mapping[str, str],
    *,
    base: Mapping[str, str],
    window: str,
    chosen: Collection[tuple[str, str]] = (),
) -> Draft:
    """Keep what stands in a window's fields, merged with what the others typed; returns the draft as it is now."""
    with seat.store.write() as conn:
        stored = kept.read(conn, DraftKind.VISIT, visit_id)
        visit = read_visit(conn, visit_id)
        handed_in = _handed_in(seat, visit)
        if stored is None and handed_in is not None and visit.state is not VisitState.SENT_BACK:
            unseen = {
                name: text
                for name, text in typed.items()
                if text not in (base.get(name, ""), handed_in.content.get(name, ""))
            }
            if not unseen:
                return handed_in
        return drafts.put(
            conn,
            seat,
            DraftKind.VISIT,
            visit_id,
            typed,
            base=base,
            window=window,
            chosen=chosen,
            stored=stored or handed_in,
        )


def load(seat: Seat, visit_id: str) -> Draft | None:
    """The draft as it is now, whoever began it."""
    return drafts.load(seat, DraftKind.VISIT, visit_id, anybody=True)


def late_words(seat: Seat, visit: Visit) -> tuple[LateWords, ...]:
    """What was typed and does not stand in the report that waits for its signatures."""
    with seat.store.read() as conn:
        return late_in(conn, visit)


def late_in(conn: Connection, visit: Visit) -> tuple[LateWords, ...]:
    """The late words of a visit, read inside a transaction."""
    if visit.state is not VisitState.REPORTED or visit.report is None or visit.plan is None:
        return ()
    draft = kept.read(conn, DraftKind.VISIT, visit.visit_id)
    if draft is None:
        return ()
    said = typed_of(visit.report, visit.plan)
    found = [
        LateWords(name, author, draft.names.get(author, ""), text)
        for name, text in draft.content.items()
        if (author := draft.authors.get(name)) and text.strip() and text != said.get(name, "")
    ]
    found += [
        LateWords(one.name, one.person_id, draft.names.get(one.person_id, ""), one.value) for one in draft.beside
    ]
    return tuple(found)


def leave_out(seat: Seat, visit_id: str) -> None:
    """Whoever wrote late words gives them up. Raises Refused where they are another's."""
    with seat.store.write() as conn:
        late = late_in(conn, read_visit(conn, visit_id))
        others = sorted({one.person_name for one in late if one.person_id != seat.person.id})
        if others:
            raise Refused("visits.late_of_another", names=tuple(others))
        kept.forget(conn, DraftKind.VISIT, visit_id)


def refuse_dropping(conn: Connection, seat: Seat, visit: Visit, report: VisitReport, rules: VisitRules) -> None:
    """Before a report is handed in: what the others typed stands in it. Raises Refused with the field at fault."""
    draft = kept.read(conn, DraftKind.VISIT, visit.visit_id)
    if draft is None or visit.plan is None:
        return
    for one in draft.beside:
        raise Refused("visits.two_texts", one.name, name=draft.names.get(one.person_id, ""))
    said = typed_of(report, visit.plan)
    wanted = asked(said, rules)
    for name, author in draft.authors.items():
        text = cleaned(str(draft.content.get(name, "")))
        if author == seat.person.id or not (name in wanted or name.startswith("statement:")):
            continue
        if (name in TEXTS or name.startswith("statement:")) and text not in said.get(name, ""):
            raise Refused("visits.words_of_another", name, name=draft.names.get(author, ""))


def _handed_in(seat: Seat, visit: Visit) -> Draft | None:
    """The report that was handed in last, as a draft to be typed on."""
    if visit.report is None or visit.plan is None:
        return None
    last = next((line for line in reversed(visit.history) if line.step is VisitStep.REPORT), None)
    typed = typed_of(visit.report, visit.plan)
    typed |= {f"statement:{one.person_id}": typed.get(f"statement:{one.person_id}", "") for one in visit.plan.team}
    authors = dict.fromkeys(typed, last.by) if last else {}
    names = {last.by: last.by_name} if last else {}
    return Draft(
        DraftKind.VISIT, visit.visit_id, dict(typed), seat.now(), last.by_name if last else "", authors, (), names
    )
