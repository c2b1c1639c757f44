"""What the call screen reads of a call: the case, who is on the line, what may be seen, what is said and typed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from collector_desk.domain.book.ageing import stage_of
from collector_desk.domain.book.debts import CaseFacts, in_full
from collector_desk.domain.book.history import Guarantee
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import IdentityCheck, IdentityFacts
from collector_desk.domain.calls.log import PROMISES, OpenAttempt
from collector_desk.domain.calls.promises import PromisePresets, presets
from collector_desk.domain.calls.script_fields import ScriptField
from collector_desk.domain.calls.scripts import Walk, render
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Addressee, Direction, NumberKind, Outcome, Speaker, Stage
from collector_desk.services.book.cases import OpenCase
from collector_desk.services.calls.live.form import Form
from collector_desk.services.calls.live.talk import Talk
from collector_desk.services.calls.script_facts import words_for
from collector_desk.services.desk.seat import Seat
from collector_desk.services.gate.facts import JudgedNumber


class CallState:
    """The case on the screen and, once begun, its call. Nothing here changes the store."""

    def __init__(self, seat: Seat, language: str) -> None:
        self.seat = seat
        self.language = language
        self.case: OpenCase | None = None
        self.walk: Walk | None = None
        self.unmasked = False
        self._phone_id: str | None = None
        self._talk: Talk | None = None

    @property
    def attempt(self) -> OpenAttempt | None:
        """The call under way."""
        return self._talk.attempt if self._talk else None

    @property
    def form(self) -> Form:
        """The log being filled in; without a call, an empty one that is not kept."""
        return self._talk.form if self._talk else Form()

    @property
    def identity(self) -> IdentityCheck:
        """The answers to the identity questions so far."""
        return self._talk.identity if self._talk else IdentityCheck()

    @property
    def talking(self) -> bool:
        """Whether the clock of the talk runs."""
        return self._talk is not None and self._talk.ended_at is None

    @property
    def speaker(self) -> Speaker:
        """Who is on the line."""
        return self.walk.speaker if self.walk and self._talk else Speaker.UNKNOWN

    @property
    def no_number(self) -> bool:
        """Whether no waiting lets one call this debtor: somebody finds a number, goes there, or asks the lead."""
        case = self.case
        return self._talk is None and case is not None and case.file.queue_class is QueueClass.NO_NUMBER

    @property
    def nobody_yet(self) -> bool:
        """Whether we called and nobody was spoken to yet: the script stands at its first step."""
        ringing = self._talk is not None and self._talk.attempt.direction is Direction.OUT
        return ringing and self.walk is not None and len(self.walk.path) == 1 and not self.walk.ended

    @property
    def third_party(self) -> bool:
        """Whether somebody else is on the line: no figure may be seen anywhere."""
        return self._talk is not None and self.speaker is Speaker.THIRD_PARTY

    @property
    def to_guarantor(self) -> bool:
        """Whether the call under way, or the one to be made next, is for a guarantor."""
        attempt = self.attempt
        if attempt is not None:
            return attempt.to is Addressee.GUARANTOR
        return self.number is not None and self.number.phone.kind is NumberKind.GUARANTOR

    @property
    def guarantee(self) -> Guarantee | None:
        """The guarantee the call is about; None with the debtor's own."""
        number = self.number
        return self.case.guarantees.get(number.phone.id) if self.case and number and self.to_guarantor else None

    @property
    def identity_facts(self) -> IdentityFacts:
        """What the answers are compared with: the guarantor's own facts where the call is for a guarantor."""
        if self.case is None:
            raise Refused("book.cases.gone")
        if self.to_guarantor:
            return (self.guarantee or Guarantee("", "", "")).identity
        return self.case.identity

    @property
    def facts_open(self) -> bool:
        """Whether name, numbers and amounts may stand unmasked on the screen."""
        if self.third_party:
            return False
        checked = self.speaker in (Speaker.DEBTOR, Speaker.GUARANTOR) and self.identity.passed
        return checked or self.unmasked

    @property
    def stage(self) -> Stage:
        """The stage of the oldest account."""
        return stage_of(self.case.file.lead_case.days) if self.case else Stage.POLITE

    @property
    def zone(self) -> ZoneInfo:
        """The debtor's zone, by which days and times are typed."""
        return ZoneInfo((self.case.file.debtor.zone if self.case else "") or self.seat.zone)

    @property
    def now_there(self) -> datetime:
        """Now, on the debtor's clock."""
        return self.seat.now().astimezone(self.zone)

    @property
    def today(self) -> date:
        """The calendar day at the debtor's."""
        return self.now_there.date()

    @property
    def number(self) -> JudgedNumber | None:
        """The number dialled or to be dialled next."""
        if self.case is None:
            return None
        chosen = next((card for card in self.case.numbers if card.phone.id == self._phone_id), None)
        return chosen or self.case.next_number or next(iter(self.case.numbers), None)

    def dialled(self) -> str:
        """The whole number of the call under way; "" where there is none, or where the debtor calls."""
        attempt = self.attempt
        return attempt.number if attempt and attempt.direction is Direction.OUT else ""

    def seconds(self) -> int:
        """Seconds of the talk so far."""
        if self._talk is None:
            return 0
        until = self._talk.ended_at or self.seat.now()
        return max(int((until - self._talk.attempt.begun_at).total_seconds()), 0)

    def spoken(self) -> str:
        """The words of the present step with this case's figures."""
        if self.walk is None or self.case is None:
            return ""
        return render(self.walk.current, self.words())

    def words(self) -> dict[ScriptField, str]:
        """The words of the script's fields for this call, with what is being agreed as typed so far."""
        if self.case is None:
            return {}
        due = self.form.moment(self.now_there).instant(self.now_there)
        promise = self.outcome in PROMISES
        return words_for(
            self.seat,
            self.case.file,
            self.language,
            guarantee=self.guarantee,
            promised=self.amount if promise else None,
            promised_by=due if promise else None,
            call_back_at=None if promise else due,
        )

    def presets(self) -> PromisePresets | None:
        """The one-key values of the promise."""
        if self.case is None:
            return None
        return presets(in_full(self.account), self.seat.now(), self.zone)

    @property
    def account(self) -> CaseFacts:
        """The account a promise or payment is for: the one chosen, else the one longest past due."""
        if self.case is None:
            raise Refused("book.cases.gone")
        chosen = next((case for case in self.case.file.cases if case.id == self.form.case_id), None)
        return chosen or self.case.file.lead_case

    @property
    def outcome(self) -> Outcome | None:
        """The outcome in the form."""
        return self.form.said_outcome

    @property
    def amount(self) -> Money | None:
        """The amount as typed; None where it is none."""
        return self.form.money(self.currency)

    @property
    def currency(self) -> str:
        """In which amounts are typed: that of the account."""
        return self.account.balance.currency if self.case else "CNY"
