"""Whose weeks the demo tells on purpose, so that every list of the desk has something to show. Pure.

The days between are filled by whoever comes next in the queue and by chance (``work``). A step that the conduct
gate refuses is not made: the story goes on without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from collector_desk.demo.work import Reply
from collector_desk.domain.book.closing import Ending
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel, Speaker

Notes = Mapping[str, Sequence[str]]


class Who(Enum):
    """Which untried debtor a story is about."""

    ANYBODY = auto()
    LATE_BEFORE = auto()  # was overdue in earlier months as well
    LARGE = auto()  # the same, among the largest balances
    OLD = auto()  # the same, long past due: a visit may be asked for
    ONE_NUMBER = auto()  # has a mobile and nothing else


@dataclass(frozen=True, slots=True)
class ToldCall:
    """One call of a story: how many days before today, and what it comes to.

    ``due`` is the day of the promise, told like ``back``; ``place``: which of the outcome's notes.
    """

    back: int
    outcome: Outcome
    due: int | None = None
    hour: int = 18
    minute: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What happens with one debtor. ``hands_off``: nobody else calls them, so that they stand there today."""

    who: Who
    steps: tuple[ToldCall, ...]
    visit: str | None = None
    refused: bool = False  # the lead does not agree to the promise
    ending: tuple[int, Ending] | None = None
    hands_off: bool = True


_TALKED = frozenset(
    {
        Outcome.PROMISE_FULL,
        Outcome.PROMISE_PART,
        Outcome.CALL_BACK,
        Outcome.REFUSES,
        Outcome.WANTS_PLAN,
        Outcome.DISPUTE,
        Outcome.COMPLAINT,
        Outcome.HARDSHIP,
        Outcome.REPRESENTED,
        Outcome.STOP_CALLING,
    }
)
_REASONS = {
    Outcome.DISPUTE: ArrearsReason.DISPUTED_CHARGE,
    Outcome.WANTS_PLAN: ArrearsReason.LOST_JOB,
    Outcome.HARDSHIP: ArrearsReason.ILLNESS_FAMILY,
    Outcome.REFUSES: ArrearsReason.WILL_NOT_PAY,
    Outcome.PROMISE_FULL: ArrearsReason.WAITING_WAGES,
    Outcome.PROMISE_PART: ArrearsReason.SHORT_OF_CASH,
}


def reply_of(step: ToldCall, back: int, notes: Notes) -> Reply:
    """The end of a story's call that was made ``back`` days before today."""
    said = notes.get(step.outcome.value, ())
    talked = step.outcome in _TALKED
    others = step.outcome in {Outcome.DECEASED, Outcome.THIRD_PARTY}
    promise = step.outcome in {Outcome.PROMISE_FULL, Outcome.PROMISE_PART}
    return Reply(
        step.outcome,
        Speaker.DEBTOR if talked else Speaker.THIRD_PARTY if others else Speaker.UNKNOWN,
        70 + 9 * step.place if said else 0,
        said[step.place % len(said)] if said else "",
        reason=_REASONS.get(step.outcome),
        channel=PayChannel.BANK_APP if promise else None,
        share={Outcome.PROMISE_FULL: 1.0, Outcome.PROMISE_PART: 0.3}.get(step.outcome),
        days=1 if step.due is None else back - step.due,
        hour=step.hour,
        minute=step.minute,
    )


def _tries(*backs: int) -> tuple[ToldCall, ...]:
    """In vain, one day after the other."""
    ways = (Outcome.NO_ANSWER, Outcome.BUSY, Outcome.VOICEMAIL)
    return tuple(ToldCall(back, ways[place % len(ways)]) for place, back in enumerate(backs))


def _once(who: Who, outcome: Outcome, back: int, place: int = 0) -> Course:
    return Course(who, (ToldCall(back, outcome, place=place),))


def _unkept(outcome: Outcome, due: int, place: int) -> ToldCall:
    return ToldCall(due + 1, outcome, due=due, place=place)


def earlier_stories(unpaid_due: int) -> tuple[Course, ...]:
    """Everything before yesterday. ``unpaid_due``: how many days back what stands there broken was due."""
    promised = Outcome.PROMISE_FULL
    return (
        *(Course(Who.OLD, _tries(*backs), visit=name) for name, backs in _VISITED.items()),
        *(Course(Who.LATE_BEFORE, _tries(*backs)) for backs in ((12, 9, 5), (10, 8, 4), (9, 7, 3))),
        *(Course(Who.LARGE, _tries(back)) for back in (5, 4, 3, 2)),
        *(Course(Who.LATE_BEFORE, _tries(back), hands_off=False) for back in (6, 5, 4, 4, 3, 2)),
        *(
            Course(Who.LATE_BEFORE, (ToldCall(back, Outcome.PROMISE_PART, due=-4, place=back),), refused=True)
            for back in (5, 3)
        ),
        # nothing came in of them, as the bank's last file tells: they stand there broken this morning
        *(Course(Who.ANYBODY, (_unkept(promised, unpaid_due, place),)) for place in (0, 1)),
        Course(Who.ANYBODY, (_unkept(Outcome.PROMISE_PART, unpaid_due, 2),)),
        # and one whose time has passed, of which the bank has not told yet
        Course(Who.ANYBODY, (ToldCall(2, promised, due=1, hour=19, place=3),)),
        Course(Who.ONE_NUMBER, (ToldCall(8, Outcome.WRONG_NUMBER),)),
        Course(Who.ONE_NUMBER, (ToldCall(3, Outcome.WRONG_NUMBER),)),
        _once(Who.ANYBODY, Outcome.DECEASED, 10),
        _once(Who.ANYBODY, Outcome.REPRESENTED, 9),
        _once(Who.ANYBODY, Outcome.HARDSHIP, 8),
        _once(Who.ANYBODY, Outcome.DISPUTE, 7, 1),
        _once(Who.ANYBODY, Outcome.STOP_CALLING, 6),
        # what is over says the bank, in a letter
        *(
            Course(
                Who.ANYBODY,
                (ToldCall(back, promised, due=back - 1, place=back),),
                ending=(back - 1, Ending.SETTLED),
            )
            for back in (18, 15, 11, 6)
        ),
        Course(Who.LATE_BEFORE, (ToldCall(13, Outcome.REFUSES),), ending=(7, Ending.RECALLED)),
    )


_VISITED = {"v12": (16, 14), "v9": (13, 11), "v6": (11, 9), "v5": (10, 8), "v3": (7, 5), "v2": (6, 4)}
"""The visits by the evening on which they are asked for, and the tries in vain before."""


def yesterdays_stories(now: datetime) -> tuple[Course, ...]:
    """What today begins with: matters for the lead, call-backs around this very hour, promises due today."""
    worked = min(max(now, now.replace(hour=9, minute=30)), now.replace(hour=18, minute=0))

    def back(minutes: int, place: int) -> ToldCall:
        at = worked + timedelta(minutes=minutes)
        return ToldCall(1, Outcome.CALL_BACK, hour=at.hour, minute=at.minute // 5 * 5, place=place)

    steps = (
        ToldCall(1, Outcome.DISPUTE),
        ToldCall(1, Outcome.WANTS_PLAN, place=1),
        ToldCall(1, Outcome.COMPLAINT, place=2),
        ToldCall(1, Outcome.PROMISE_FULL, due=-5, hour=12, place=3),
        back(-25, 0),
        back(-5, 1),
        back(20, 2),
        back(60, 3),
        ToldCall(1, Outcome.PROMISE_FULL, due=0, hour=12),
        ToldCall(1, Outcome.PROMISE_PART, due=0, hour=15, place=1),
        ToldCall(1, Outcome.PROMISE_FULL, due=0, hour=18, place=2),
        ToldCall(1, Outcome.PROMISE_FULL, due=0, hour=18, place=4),
    )
    return tuple(Course(Who.ANYBODY, (step,)) for step in steps)
