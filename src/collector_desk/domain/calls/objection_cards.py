"""Answers to what debtors say: one card for each, as a value, with its words for whoever is on the line."""

from collections.abc import Mapping
from dataclasses import dataclass

from collector_desk.domain.vocabulary import ArrearsReason, Outcome, Speaker, Stage

_TONE = {Stage.PRE_DUE: 0, Stage.POLITE: 0, Stage.FIRM: 1, Stage.ESCALATION: 2, Stage.LEGAL: 2}


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """A number that helps in an emergency; a team can edit them."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class ObjectionCard:
    """One card in one language.

    ``say`` holds the words for the identified debtor by tone (polite, firm, escalation); the fields in braces are
    those of the scripts. ``say_unknown`` and ``say_third`` give away no debt, bank or product. ``heard`` (more ways
    people say it), ``find`` and ``alarm`` are for finding only. The last two are patterns: ``a|b+c+!d`` means a or
    b, and c near it, and no d anywhere; an alarm outranks everything.
    """

    id: str
    title: str
    sounds_like: tuple[str, ...]
    behind_it: str
    first_do: str
    say: tuple[str, str, str]
    say_unknown: str
    say_third: str
    never_say: tuple[str, ...]
    next_question: str
    log: str
    outcome: Outcome | None = None
    reason: ArrearsReason | None = None
    urgent: bool = False
    heard: tuple[str, ...] = ()
    find: tuple[str, ...] = ()
    alarm: tuple[str, ...] = ()
    help_numbers: tuple[HelpNumber, ...] = ()

    def words(self, speaker: Speaker, stage: Stage) -> str:
        """What to say to this speaker in this stage; harder in matter with the stage, never in manner."""
        if speaker is Speaker.UNKNOWN:
            return self.say_unknown
        if speaker is Speaker.THIRD_PARTY:
            return self.say_third
        return self.say[_TONE[stage]]

    def question(self, speaker: Speaker) -> str:
        """What to ask next. It may speak of the debt, so nobody who is not identified gets it, but where a life
        is at risk; empty then."""
        unproved = speaker in (Speaker.UNKNOWN, Speaker.THIRD_PARTY)
        return "" if unproved and not self.urgent else self.next_question


@dataclass(frozen=True, slots=True)
class Promise:
    """The words of a promise to pay: a time (``when``), and what may stand around it."""

    when: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """How people talk, for the finder: what is read as what, what is said along the way, and what is no
    objection: ``idle`` even several in a row, ``alone`` only by itself (不 and 方便 are no answer, 不方便 is), and
    a promise."""

    same: Mapping[str, str]
    filler: tuple[str, ...] = ()
    filler_english: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    promise: Promise = Promise()
    promise_english: Promise = Promise()


@dataclass(frozen=True, slots=True)
class Hit:
    """A card that fits what was typed; ``score`` from 0 to 1, an alarm is 1."""

    id: str
    title: str
    score: float
