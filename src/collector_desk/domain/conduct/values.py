"""What the conduct gate is asked with and what it answers: plain frozen values.

Whoever asks (``services``) gathers the ``Facts`` once per debtor and asks ``decide`` once per number. Every
instant is aware; lists may be in any order. What is left out counts as not known, never as "no".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message
from collector_desk.domain.vocabulary import (
    Addressee,
    CallMode,
    CaseState,
    Channel,
    Direction,
    Disclosure,
    Flag,
    Result,
    Verdict,
)


class Level(StrEnum):
    """How a rule binds: the law, a "should", or this house's own choice."""

    HARD = "hard"
    SOFT = "soft"
    HOUSE = "house"


class Confidence(StrEnum):
    """How well the rule's words are known; W and M are never called the law."""

    T = "T"  # the words of the rule itself were seen
    Q = "Q"  # quoted or closely paraphrased
    W = "W"  # one weak source
    M = "M"  # memory only
    H = "H"  # house policy, no legal source claimed


class Purpose(StrEnum):
    """What a contact is for; ``None`` on an action means that nobody said."""

    COLLECT = "collect"
    INFORMATION = "information"  # an answer, a statement, a complaint's result: no demand
    ASK_CONTACT_DETAILS = "ask_contact_details"
    ASK_TO_PASS_ON = "ask_to_pass_on"  # noqa: S105 -- no password
    CONFIRM_LOCATION = "confirm_or_correct_location"
    OPEN_LINE = "open_line"  # a debtor's promised call-back to hear them, no demand


class ConsentScope(StrEnum):
    """What a debtor agreed to."""

    AGREED_HOURS = "agreed_hours"  # contact in ``window``
    MORE_TALKS = "more_talks"  # asked for further calls in this span
    CALL_BACK = "call_back"  # asked for one call back; used up by the next talk


class ApprovalKind(StrEnum):
    """What a lead approved beforehand."""

    THIRD_PARTY = "third_party"  # this debtor counts as lost: the reserved contacts may be asked
    RELEASE = "release"  # a pause is decided: what contact remains was settled and told to the debtor
    BANK_MEANS = "bank_means"  # the bank agreed to this line or account


@dataclass(frozen=True, slots=True)
class Content:
    """What a message, voicemail, letter or script step carries.

    ``parts`` names what it contains ("balance", "seal", "opt_out", …). ``hits`` are the lexicons whose phrases
    the wording check found outside quoted speech; ``None`` means that nobody checked.
    """

    kind: str
    parts: frozenset[str] = frozenset()
    hits: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A field visit as it stands at the moment of asking; ``None`` where it is not known."""

    people: int
    place: str | None = None  # home, office_area, neutral, school, hospital_ward, …
    entry_consent: bool | None = None
    carried: frozenset[str] | None = None  # badge, authorisation_letter
    av_record: bool | None = None
    child_opened: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """One contact somebody is about to make (or to answer, where ``direction`` is in)."""

    channel: Channel
    to: Addressee
    number_id: str | None = field(default=None, repr=False)
    direction: Direction = Direction.OUT
    mode: CallMode = CallMode.TALK
    purpose: Purpose | None = None
    actor_id: str = ""
    debt_ids: frozenset[str] = frozenset()
    discloses: Disclosure = Disclosure.NOTHING
    means: frozenset[str] = frozenset()  # private_phone, private_social_app, number_rotation, …
    content: Content | None = field(default=None, repr=False)
    visit: PlannedVisit | None = None
    recording: bool | None = None  # False: it can't be recorded
    recording_reason: str = ""
    relations: frozenset[str] = frozenset()  # every relation known of this person: contact, guarantor, spouse, …
    guarantor_proven: bool | None = None


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One attempt or inbound contact of the last 30 days or so.

    ``result`` is ``None`` while the attempt is still open: it then counts for every cap, so that two seats
    can't take the same last call. ``debtor_id`` empty means the debtor of the facts; another id is a debtor who
    shares the number. ``ended_at`` is when it was over; ``None``: as it began.
    """

    at: datetime
    channel: Channel
    direction: Direction
    to: Addressee
    number_id: str | None = field(repr=False)
    result: Result | None
    mode: CallMode = CallMode.TALK
    debtor_id: str = ""
    debt_ids: frozenset[str] = frozenset()
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """Something the debtor agreed to. It counts only with its words, its proof and its end (``until``, exclusive).

    ``window`` is a span of the debtor's wall clock in seconds of the day; an end before the start runs over
    midnight.
    """

    scope: ConsentScope
    since: datetime
    until: datetime | None
    window: tuple[int, int] | None = None
    words: str = field(default="", repr=False)
    proof: str = field(default="", repr=False)
    withdrawn_at: datetime | None = None
    channels: frozenset[Channel] = frozenset()  # empty: every channel


@dataclass(frozen=True, slots=True)
class ConsentInForce:
    """A consent that was neither withdrawn nor has run out; ``agreed`` is False while it waits for a lead."""

    id: str
    scope: ConsentScope
    until: datetime | None
    agreed: bool = True


@dataclass(frozen=True, slots=True)
class Approval:
    """A lead's approval, until it runs out; ``flag`` names the pause a release is for."""

    kind: ApprovalKind
    by: str
    at: datetime
    until: datetime | None = None
    flag: Flag | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A lead's stored decision to go past one overridable rule, with its reason."""

    rule: str
    by: str
    reason: str = field(repr=False)
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Debt:
    """One account of the debtor's. ``owed``: something is; ``mandate_ends``: the last day it may be collected.

    ``claimed``: what the debtor says they have paid on it, while the bank's word on that is still to come, and till
    the day before ``claimed_until``; ``remainder``: what is owed, where that remained after all was paid.
    """

    id: str
    state: CaseState = CaseState.OPEN
    owed: bool = True
    mandate_ends: date | None = None
    claimed: Message | None = None
    claimed_until: date | None = None
    stopped: bool = False  # the bank says that nobody collects on it for now
    remainder: Money | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the institution's daily caps that this workstation may use; ``None``: nothing set."""

    effective: int | None = None
    connected: int | None = None

    def of(self, counts: str) -> int | None:
        """The part of the caps that count talks, or of those that count whatever else."""
        return self.effective if counts == "effective" else self.connected


@dataclass(frozen=True, slots=True)
class External:
    """What the bank and its other agencies did with this debtor on the day of ``as_of``, as imported.

    ``ours_included``: whoever sent it says that our own calls up to ``as_of`` are inside. Otherwise it counts as
    the others' alone, and all of ours come on top: the strictest reading.
    """

    as_of: datetime
    effective_today: int | None = None
    connected_today: int | None = None
    ours_included: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is known of one debtor and their numbers, cheap to build from a few indexed reads.

    ``zones`` are the IANA names of every place the debtor may be at; empty: not known. ``high_water`` is the
    instant of the last row of history on this machine, ``clock_jump`` how far the wall clock ran ahead of the
    steady one since. ``debts`` are all the accounts placed with us; ``None``: nobody said.
    """

    debtor_id: str
    debts: tuple[Debt, ...] | None = None
    zones: tuple[str, ...] = ()
    history: Sequence[PastEvent] = ()
    flags: frozenset[Flag] = frozenset()
    consents: tuple[Consent, ...] = ()
    share: Share | None = None
    external: External | None = None
    external_earlier: External | None = None  # the newest before it, for a figure that ``external`` leaves out
    approvals: tuple[Approval, ...] = ()
    overrides: tuple[Override, ...] = ()
    identity_verified: bool = False
    identity_failures: int = 0
    identified_ever: bool = False
    # the debtor's mobiles as the bank gave them; None: all of theirs
    reserved_numbers: frozenset[str] | None = field(default=None, repr=False)
    # numbers another debtor has as well; those of somebody else; those whose owner asked never to be called
    shared_numbers: frozenset[str] = field(default=frozenset(), repr=False)
    wrong_numbers: frozenset[str] = field(default=frozenset(), repr=False)
    stopped_numbers: frozenset[str] = field(default=frozenset(), repr=False)
    # given as the debtor's though known as somebody else's, until a lead decides; those a lead decided are theirs
    held_numbers: frozenset[str] = field(default=frozenset(), repr=False)
    accepted_numbers: frozenset[str] = field(default=frozenset(), repr=False)
    # what stands for a number on file and is none by its form
    not_numbers: frozenset[str] = field(default=frozenset(), repr=False)
    # third parties' numbers ever spoken to
    contacts_reached: frozenset[str] = field(default=frozenset(), repr=False)
    high_water: datetime | None = None
    clock_jump: timedelta = timedelta(0)
    store_doubt: Message | None = None  # why the history may lack what was done: another store, or an earlier one


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the gate said so: one rule, as a value.

    ``text`` holds the rule's plain words by language (empty for the gate's own checks); ``detail`` what it
    means here, with its figures. ``until`` is when this rule alone lets the contact through; ``None`` with a
    block: time won't help. ``ask_for`` names the missing fact of an ask.
    """

    rule: str
    verdict: Verdict
    detail: Message
    pack: str = ""
    level: Level | None = None
    clause: str = ""
    clause_zh: str = ""
    conf: Confidence | None = None
    text: Mapping[str, str] = field(default_factory=dict)
    n: int | None = None
    m: int | None = None
    until: datetime | None = None
    overridable: bool = False
    overridden_by: str | None = None  # the lead whose stored override turned this block into a warning
    ask_for: str | None = None


@dataclass(frozen=True, slots=True)
class MustDo:
    """Something that has to be said or done with this contact."""

    rule: str
    detail: Message
    text: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """The gate's answer. Store it with the attempt, pass or refuse.

    ``reasons`` stand strictest first and include notes that did not change the verdict. ``next_allowed_at``
    (UTC, whole seconds) is the first instant at which the verdict is no longer a block if nothing else happens;
    ``None`` when it is none now, or when only a person's act can change it. ``close_by`` is the edge of the
    hours this contact has to end by.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]
    next_allowed_at: datetime | None
    must_do: tuple[MustDo, ...]
    pack_hash: str
    close_by: datetime | None = None
    institution_total_known: bool = True

    @property
    def blocked(self) -> bool:
        """Whether the contact must not be made now."""
        return self.verdict is Verdict.BLOCK

    @property
    def overridable(self) -> bool:
        """Whether a lead other than the caller may let this block pass, with a reason."""
        blocks = [reason for reason in self.reasons if reason.verdict is Verdict.BLOCK]
        return bool(blocks) and all(reason.overridable for reason in blocks)
