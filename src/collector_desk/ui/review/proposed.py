"""What a lead is asked to agree to, in words: a consent, a guarantor, a figure, a pause its caller took back."""

from zoneinfo import ZoneInfo

from collector_desk.domain.conduct.times import clock_words
from collector_desk.domain.conduct.values import ConsentScope, External
from collector_desk.domain.message import Message, msg
from collector_desk.domain.office.tasks import LeadTask
from collector_desk.domain.text.masking import masked_name
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Seat
from collector_desk.services.money import falls
from collector_desk.services.permits import consents, counts_falling, guarantees
from collector_desk.services.permits.task_rules import said_by_rules
from collector_desk.ui.words import language, say
from collector_desk.words.messages import word

_SCOPES = {
    ConsentScope.AGREED_HOURS: "permits.permits.asks_hours",
    ConsentScope.MORE_TALKS: "permits.permits.asks_talks",
    ConsentScope.CALL_BACK: "permits.permits.asks_back",
}


def proposed(seat: Seat, task: LeadTask) -> tuple[str, ...]:
    """What waits for agreement, and what the rules in use say of such a task; none where there is neither."""
    zone = ZoneInfo(seat.zone)
    lines = (*_lines(seat, task), *said_by_rules(seat, task, language()))
    return tuple(say(line, zone=zone, now=seat.now()) for line in lines)


def words_of(seat: Seat, task: LeadTask) -> str:
    """What the debtor said, where the task is a consent of theirs."""
    asked = consents.of_task(seat, task.debtor_id, task.id) if task.kind is TaskKind.CONSENT else None
    return asked.consent.words if asked else ""


def _lines(seat: Seat, task: LeadTask) -> tuple[Message, ...]:
    if task.taken_back:
        if task.outcome is None:
            return (msg("permits.tasks.taken_back_open"),)
        return (msg("permits.tasks.taken_back", outcome=word(task.outcome, language())),)
    match task.kind:
        case TaskKind.CONSENT:
            return _consent(seat, task)
        case TaskKind.GUARANTEE:
            return _guarantee(seat, task)
        case TaskKind.FIGURE_FELL:
            return falls.words_of_task(seat, task.id)
        case TaskKind.COUNTS_FALL:
            return _figure(seat, task)
    return ()


def _consent(seat: Seat, task: LeadTask) -> tuple[Message, ...]:
    asked = consents.of_task(seat, task.debtor_id, task.id)
    if asked is None:
        return ()
    said = asked.consent
    start, end = (clock_words(second) for second in said.window or (0, 0))
    what = msg(_SCOPES[said.scope], start=start, end=end, until=said.until or said.since)
    return what, msg(
        "permits.permits.proof_on_file" if asked.on_file else "permits.permits.proof_named", proof=said.proof
    )


def _guarantee(seat: Seat, task: LeadTask) -> tuple[Message, ...]:
    asked = guarantees.of_task(seat, task.debtor_id, task.id)
    if asked is None:
        return ()
    return (
        msg(
            "permits.guarantees.asks",
            name=masked_name(asked.name),
            contract=asked.contract,
            day=asked.signed_on or "",
        ),
    )


def _figure(seat: Seat, task: LeadTask) -> tuple[Message, ...]:
    asked = counts_falling.of_task(seat, task.debtor_id, task.id, seat.now())
    if asked is None:
        return ()
    lines = [_counts("intake.counts.asks", asked.figure)]
    if asked.figure.ours_included:
        lines.append(msg("intake.counts.ours_inside"))
    before = asked.in_force
    lines.append(_counts("intake.counts.asks_instead", before) if before else msg("intake.counts.asks_share"))
    return tuple(lines)


def _counts(code: str, figure: External) -> Message:
    told = {
        name: msg("intake.counts.not_told") if value is None else value
        for name, value in (("effective", figure.effective_today), ("connected", figure.connected_today))
    }
    return msg(code, at=figure.as_of, **told)
