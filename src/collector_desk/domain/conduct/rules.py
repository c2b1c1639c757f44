"""Conduct rules as values: one class for every kind a pack may hold, and the pack itself.

``packs.rules`` reads them from TOML. Fields not given stand at their mildest form only where that is what the
law says; times of day are seconds since local midnight (86400 is the end of the day).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from collector_desk.domain.conduct.values import Confidence, Level, Purpose
from collector_desk.domain.message import Message
from collector_desk.domain.vocabulary import Addressee, CallMode, Channel, Direction, Flag, Verdict

Zone = str
"""``debtor`` (home zones count as the pack's law time), ``own`` (the debtor's own zone) or an IANA name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule has. ``text`` are its plain words by language."""

    kind: ClassVar[str] = ""
    id: str
    level: Level
    clause: str
    clause_zh: str = ""  # the clause as Chinese readers know it; empty: as ``clause``
    conf: Confidence
    text: Mapping[str, str]
    override: Literal["lead"] | None = None

    @property
    def verdict(self) -> Verdict:
        """What a breach leads to: hard and house block, soft warns, and so does what is only weakly known."""
        if self.level is Level.SOFT or self.conf in (Confidence.W, Confidence.M):
            return Verdict.WARN
        return Verdict.BLOCK


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWindow(Rule):
    """Contact only from ``start`` to ``end`` of the wall clock; ``open`` edges shut out the very edge too."""

    kind: ClassVar[str] = "contact_window"
    channels: frozenset[Channel]
    start: int
    end: int
    to: frozenset[Addressee] = frozenset(Addressee)
    over_midnight: bool = False  # ``end`` is on the next day; has to be said, so that no slip opens the night
    edges: Literal["closed_open", "open_open"] = "closed_open"
    tz: Zone = "debtor"
    zones_only: frozenset[str] = frozenset()  # this rule is for debtors in these zones; empty: all
    days: frozenset[int] = frozenset(range(7))  # Monday is 0
    calendar: str | None = None  # closed on the days of this calendar of the pack
    override_by_consent: Literal["agreed_hours"] | None = None
    must_end_inside: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptCap(Rule):
    """At most ``max`` contacts of a sort within ``window_days`` local days (1: the calendar day).

    ``counts``: attempt (all that rang), unanswered (busy, rang out), connected (somebody or
    something picked up) or effective (a talk with the identified debtor). An attempt still open counts for all
    of them.
    """

    kind: ClassVar[str] = "attempt_cap"
    channels: frozenset[Channel]
    counts: Literal["attempt", "unanswered", "connected", "effective"]
    per: Literal["debtor", "number", "debt", "contact"]
    max: int
    window_days: int
    to: frozenset[Addressee] = frozenset({Addressee.DEBTOR})
    modes: frozenset[CallMode] = frozenset(CallMode)
    count_modes: frozenset[CallMode] | None = None  # which past calls count; None: ``modes``
    directions: frozenset[Direction] = frozenset({Direction.OUT})
    scope: Literal["seat", "institution"] = "seat"
    unknown_external: Literal["ask", "block", "ignore"] = "ignore"
    lifted_by: frozenset[str] = frozenset()
    consent_lifts_days: int = 0
    tz: Zone = "debtor"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationCooldown(Rule):
    """No call for ``days`` local days after a talk; the day of the talk is day one."""

    kind: ClassVar[str] = "conversation_cooldown"
    channels: frozenset[Channel]
    days: int
    per: Literal["debtor", "debt"] = "debt"
    inbound_counts: bool = True
    consent_lifts_days: int = 0
    tz: Zone = "debtor"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateCondition:
    """One way in which a debtor counts as out of reach; exactly one of the fields is set."""

    invalid_number: bool = False
    failed_attempts: int = 0
    opens: Literal["next_day", "at_once"] = "next_day"
    failed_days: int = 0
    consecutive_days: bool = True
    different_hours: bool = False
    died: bool = False
    no_capacity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyGate(Rule):
    """Third parties only once one of ``opens_when`` holds, and with the approval asked for."""

    kind: ClassVar[str] = "third_party_gate"
    opens_when: tuple[GateCondition, ...]
    approval: Literal["lead"] | None = None
    to: frozenset[Addressee] = frozenset({Addressee.CONTACT, Addressee.OTHER})
    tz: Zone = "debtor"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyContact(Rule):
    """What may be said to a third party, to which of them, and when never again."""

    kind: ClassVar[str] = "third_party_contact"
    allowed: frozenset[Addressee]
    purposes: frozenset[Purpose]
    forbid_fields: frozenset[str]
    stop_on_refusal: bool = True
    max_ever: int = 0  # 0: no such cap


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRule(Rule):
    """Nothing of a debt before the person is known."""

    kind: ClassVar[str] = "identity_check"
    min_factors: int
    max_failures: int
    must_include: frozenset[str]  # one of these is among the right ones
    before: Literal["any_debt_word"] = "any_debt_word"

    @property
    def proofs(self) -> tuple[Message, ...]:
        """The words of what one right answer has to be among."""
        return tuple(Message(f"Factor.{name}") for name in sorted(self.must_include))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningDisclosure(Rule):
    """What has to be said at the opening: ``say`` always, ``say_first`` at the first identified contact."""

    kind: ClassVar[str] = "opening_disclosure"
    channels: frozenset[Channel]
    say: tuple[str, ...]
    say_first: tuple[str, ...] = ()
    after_identity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording(Rule):
    """The contact is recorded; where it can't be, a reason is wanted before the log closes."""

    kind: ClassVar[str] = "recording"
    channels: frozenset[Channel]
    missing: Literal["reason", "block"] = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Rule):
    """How long records are kept at least, and what becomes of them then."""

    kind: ClassVar[str] = "retention"
    keep_years: int
    counted_from: Literal["event", "last_activity", "settlement", "case_close"]
    records: frozenset[str] = frozenset()  # of ``names.RECORDS``; empty: every record
    delete_after_days: int | None = None
    hold_flags: frozenset[str] = frozenset()
    then: Literal["store_only", "delete"] = "store_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRule(Rule):
    """How a field visit is made."""

    kind: ClassVar[str] = "visit"
    min_people: int = 0
    carry: frozenset[str] = frozenset()
    consent_for: frozenset[str] = frozenset()  # places that need the person's consent each time
    banned_places: frozenset[str] = frozenset()
    av_record: bool = False
    max_minutes: int = 0
    stop_if_child: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelBan(Rule):
    """Means that are never used, unless the bank agreed where the rule says so."""

    kind: ClassVar[str] = "channel_ban"
    ban: frozenset[str]
    unless_bank_agreed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageContent(Rule):
    """What a short message or voicemail holds, must not hold, and (``only_also``) may hold at all."""

    kind: ClassVar[str] = "message_content"
    applies: frozenset[str]
    must_have: frozenset[str] = frozenset()
    must_not_have: frozenset[str] = frozenset()
    only_also: frozenset[str] | None = None
    opt_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent(Rule):
    """What a collection letter must and must not hold."""

    kind: ClassVar[str] = "letter_content"
    must_have: frozenset[str]
    must_not_have: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProhibitedPhrase(Rule):
    """Wording of a lexicon that must not go out; the wording check finds it, this rule judges it."""

    kind: ClassVar[str] = "prohibited_phrase"
    lexicon: str
    applies: frozenset[str]
    action: Literal["block", "ask"] = "block"
    when_flag: Flag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateStop(Rule):
    """A state of the debtor that stops contact, but for ``exceptions`` or after a lead's release."""

    kind: ClassVar[str] = "state_stop"
    flags: frozenset[Flag]
    channels: frozenset[Channel] = frozenset(Channel)
    to: frozenset[Addressee] = frozenset(Addressee)
    exceptions: frozenset[Purpose] = frozenset()
    until: Literal["flag_ends", "lead_release"] = "flag_ends"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepaymentPlan(Rule):
    """What a repayment plan may be and must contain."""

    kind: ClassVar[str] = "repayment_plan"
    max_months: int
    must_have: frozenset[str]
    oral_needs_recording: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Rule):
    """By when something has to be answered or done."""

    kind: ClassVar[str] = "deadline"
    event: str
    due_days: int
    day_kind: Literal["calendar", "business"] = "calendar"
    extend_to: tuple[int, ...] = ()
    calendar: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKeeping(Rule):
    """When a promise is kept, and until when money comes in time; for the promises given while it is in use.

    ``kept_from`` and ``broken_below`` are hundredths of the promised amount; what lies between is kept in part.
    """

    kind: ClassVar[str] = "promise_keeping"
    kept_from: int
    broken_below: int
    grace_bank_days: int  # bank days after the day it was due


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestSum(Rule):
    """What remains after payment in full (interest, as a rule) is no reason to call below ``least``, in yuan."""

    kind: ClassVar[str] = "smallest_sum"
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateWarning(Rule):
    """How many days before a mandate's last day it is told, the last time in the head of the case."""

    kind: ClassVar[str] = "mandate_warning"
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BankSilence(Rule):
    """After how many bank days without a word of its bank a placement stands on a lead's board, and cases whose
    promise waits for that word are worked again."""

    kind: ClassVar[str] = "bank_silence"
    board_after: int
    cases_after: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """A dated calendar of the house, with where it comes from; a year it does not cover is said, not guessed."""

    id: str
    source: str
    years: frozenset[int]
    closed: frozenset[date]
    working: frozenset[date] = frozenset()  # weekend days that are worked


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence a pack adds to a contact it has no rule for."""

    id: str
    channels: frozenset[Channel]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One versioned file of rules. ``hash`` is the SHA-256 of the file's bytes."""

    id: str
    version: str
    jurisdiction: str
    valid_from: date
    valid_to: date | None = None  # the last day it holds
    tz: str  # law time: days of validity, and the zone of its home zones
    home_zones: frozenset[str] = frozenset()
    warn_abroad: bool = False
    on_unknown: Verdict = Verdict.BLOCK
    status: Literal["draft", "released"] = "draft"
    title: Mapping[str, str]
    rules: tuple[Rule, ...]
    notes: tuple[Note, ...] = ()
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    hash: str = ""


KINDS: Mapping[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        ContactWindow,
        AttemptCap,
        ConversationCooldown,
        ThirdPartyGate,
        ThirdPartyContact,
        IdentityRule,
        OpeningDisclosure,
        Recording,
        Retention,
        VisitRule,
        ChannelBan,
        MessageContent,
        LetterContent,
        ProhibitedPhrase,
        StateStop,
        RepaymentPlan,
        Deadline,
        PromiseKeeping,
        SmallestSum,
        MandateWarning,
        BankSilence,
    )
}
"""Every kind of rule, each asked somewhere. A pack with any other would promise what nothing does: refused."""
