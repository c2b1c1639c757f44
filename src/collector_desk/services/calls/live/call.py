"""One call from its case to its outcome: what the call screen holds, as a plain object without a window.

It keeps the case, the attempt, the walk through the script, the identity check and the form of the log, and turns
them into a ``CallLog``. Everything that changes the store goes through ``calling``, ``cases`` and ``drafts``.
"""

from datetime import datetime, timedelta
from typing import Any

from collector_desk.domain.book.debts import less_owed
from collector_desk.domain.book.money import Money, format_figure
from collector_desk.domain.calls.identity import Factor, IdentityCheck, is_right
from collector_desk.domain.calls.log import CallLog, LogCheck, OpenAttempt
from collector_desk.domain.calls.outcomes import open_outcomes, rule_for
from collector_desk.domain.calls.scripts import ScriptPack, ScriptPurpose, Walk
from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct import Reason, closing
from collector_desk.domain.message import Message, Refused
from collector_desk.domain.states import DraftKind
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    Direction,
    Flag,
    NumberKind,
    Outcome,
    RecordingGap,
    Speaker,
)
from collector_desk.packs import pinyin
from collector_desk.services.book import cases
from collector_desk.services.book.cases import OpenCase
from collector_desk.services.calls import calling, recording
from collector_desk.services.calls.live.state import CallState
from collector_desk.services.calls.live.talk import Talk, replayed, stepped
from collector_desk.services.calls.script_facts import purpose_for
from collector_desk.services.desk import drafts
from collector_desk.services.desk.seat import Seat
from collector_desk.services.packs import objections, releases, wording

_UNSURE_FROM = timedelta(minutes=1)  # a desk back sooner than that finds the same talk still on


def warm_up(seat: Seat, language: str) -> None:
    """Read what the first call needs (scripts, answers, the wording check), so that it opens as the others do."""
    with seat.store.read() as conn:
        releases.active_scripts(conn, language)
    wording.check_in_use(seat).check(".", Speaker.UNKNOWN)
    objections.find("…", language)
    pinyin.readings()


class LiveCall(CallState):
    """What is done with the case and its call. Methods raise Refused and Trouble as the services do."""

    def __init__(self, seat: Seat, language: str) -> None:
        super().__init__(seat, language)
        self._saved: tuple[str, dict[str, Any]] | None = None  # the last log saved, for taking it back
        self.arrived: set[Flag] = set()  # set elsewhere while this call is live, and not told yet
        self.closed_meanwhile: Message | None = None  # so was the last account on which something was owed
        self.paid_meanwhile: Money | None = None  # what the bank said was paid while this call is live
        self.last_known: datetime | None = None  # taken up after a crash: until when the talk is known to have gone

    # --- the case ------------------------------------------------------------------------------------

    def open(self, debtor_id: str, read: OpenCase | None = None) -> None:
        """Bring a case to the screen, as ``read`` before or as it is now. Refused while another call is open."""
        if self._talk and self._talk.attempt.debtor_id != debtor_id:
            raise Refused("calls.other_open")
        self.case = read or cases.open_case(self.seat, debtor_id)
        if self._talk is None:
            self.unmasked = False
            self._phone_id = None
            self._prepare()

    def refresh(self) -> None:
        """Read the case anew; the call goes on as it is."""
        if self.case is not None:
            self.take_fresh(cases.open_case(self.seat, self.case.file.debtor.id))

    def take_fresh(self, case: OpenCase) -> bool:
        """Take a case that was read anew elsewhere; False where another one is on the screen by now."""
        if self.case is None or self.case.file.debtor.id != case.file.debtor.id:
            return False
        if self._talk is not None:
            new = case.file.flags - self.case.file.flags
            self.arrived |= {flag for flag in new if self._talk.mark(f"flag:{flag.value}", self.seat.now())}
            closed = case.nothing_owed if self.case.nothing_owed is None else None
            if closed is not None and self._talk.mark("closed", self.seat.now()):
                self.closed_meanwhile = closed
            less = less_owed(self.case.file.cases, case.file.cases)
            if less.minor > 0 and self._talk.mark(f"paid:{less}", self.seat.now()):
                self.paid_meanwhile = less
        self.case = case
        owing = {account.id for account in case.file.owing}
        if self._talk is not None and owing and self.form.case_id not in owing:
            self.form.case_id = ""  # that account was closed meanwhile
        return True

    def close(self) -> None:
        """Take the case off the screen."""
        if self._talk is None:
            self.case = self.walk = self._phone_id = None
            self.unmasked = False

    def choose_number(self, phone_id: str) -> None:
        """Choose the number to dial, before the call."""
        if self._talk is None:
            self._phone_id = phone_id
            self._prepare()

    def unmask(self) -> None:
        """Look behind the masks: a line of history. Not while a third party is on the line."""
        if self.case is None or self.facts_open or self.third_party:
            return
        cases.unmask(self.seat, self.case.file.debtor.id, "unmask")
        self.unmasked = True
        self.refresh()

    def speak(self, language: str) -> None:
        """Go on in another language, at the same step."""
        if language == self.language:
            return
        self.language = language
        if self.case is not None:
            self._prepare()
            self._replay()

    # --- the call ------------------------------------------------------------------------------------

    def begin(self, *, inbound: bool = False) -> Changes:
        """Open the attempt and start the clock. Raises GateRefused and what else ``calling.begin`` raises."""
        if self.case is None or self._talk is not None:
            return Changes()
        card = self.number
        # who calls back stands before the number they call from: the debtor, or the guarantor chosen beforehand
        known = card is not None and (not inbound or self._calls_back_as_guarantor)
        begun = calling.begin(
            self.seat,
            debtor_id=self.case.file.debtor.id,
            phone_id=card.phone.id if card and known else None,
            direction=Direction.IN if inbound else Direction.OUT,
            script=self._purpose(inbound=inbound).value,
            script_hash=self._pack().digest,
        )
        self._talk = Talk(begun.attempt, edge=begun.decision.close_by if not inbound else None)
        self.arrived, self.closed_meanwhile, self.paid_meanwhile = set(), None, None
        self.form.recording = recording.reference(self.seat, begun.attempt.id)
        self._phone_id = begun.attempt.phone_id
        self._prepare()
        return begun.changes

    def closing(self) -> Reason | None:
        """Once before the edge of the hours and once at it: what to tell who is still talking; both are logged."""
        talk = self._talk
        if talk is None or not self.talking:
            return None
        found = closing(talk.edge, self.seat.now())
        return found if found and talk.mark(found.rule.removeprefix("gate."), self.seat.now()) else None

    def hang_up(self) -> None:
        """The talk is over: the clock stops."""
        if self._talk and self._talk.ended_at is None:
            self._talk.ended_at = self.seat.now()
        self.last_known = None

    def resume(self) -> bool:
        """Take up the attempt that a crash (or a taken-back outcome) left open, with its draft."""
        attempt = calling.open_attempt(self.seat)
        if attempt is None or self._talk is not None:
            return False
        draft = drafts.load(self.seat, DraftKind.CALL, attempt.id)
        self._take_up(attempt, draft.content if draft else {})
        self._doubt_the_time(max(draft.saved_at, attempt.begun_at) if draft else attempt.begun_at)
        return True

    def _doubt_the_time(self, known: datetime) -> None:
        """Nobody saw the talk since: the log keeps that, and the agent is asked whether it was over."""
        if self._talk and self.talking and self.seat.now() - known >= _UNSURE_FROM:
            self.last_known = known
            self._talk.mark("interrupted", known)

    def ended_when_last_known(self) -> None:
        """The talk was over by the time the desk came back: it counts up to the last instant it is known of."""
        if self._talk and self._talk.ended_at is None:
            self._talk.ended_at = self.last_known
        self.last_known = None

    def choose(self, digit: str) -> bool:
        """Take a branch of the script; False where there is none of that digit."""
        if self._talk is None or self.walk is None:
            return False
        if not any(branch.digit == digit for branch in self.walk.branches):
            return False
        self._move(digit)
        return True

    def back(self) -> bool:
        """Back a step; False at the beginning."""
        if self._talk is None or self.walk is None or not self.walk.can_go_back:
            return False
        self._move("back")
        return True

    def someone_else(self) -> None:
        """Somebody else answers; asked again: it is the debtor after all, whose identity is checked anew."""
        if self._talk is None or self.walk is None:
            return
        if self.speaker is Speaker.THIRD_PARTY:
            self._move("debtor")
        elif self.walk.can_switch:
            self.unmasked = False
            self._move("third")

    def answer(self, factor: Factor, said: str) -> bool:
        """Compare what the debtor said; only right or wrong comes back. The script goes on once it is decided."""
        if self._talk is None or self.case is None or self.walk is None or not self.walk.at_identity_check:
            return False
        right = is_right(factor, said, self.identity_facts, pinyin.readings())
        check = self._talk.identity.answered(factor, right=right)
        self._talk.identity = check
        if check.passed or check.failed:
            self._move("passed" if check.passed else "failed")
        return right

    def correct_slip(self) -> bool:
        """The last wrong answer was a slip of the finger: asked again, once; False where there is none."""
        talk = self._talk
        if talk is None or self.walk is None or not talk.identity.can_correct:
            return False
        closed = talk.identity.failed and talk.moves[-1:] == ["failed"]
        if not closed and not self.walk.at_identity_check:
            return False
        talk.identity = talk.identity.corrected()
        if closed:
            self._move("back")
        return True

    def offer(self, card_id: str, question: str, outcome: Outcome | None) -> None:
        """An objection card was used: logged with the path, its question offered as a branch where one is free.

        Where a life is at risk nothing is offered: the script itself turns to the words of care at once.
        """
        if self._talk is None or self.walk is None:
            return
        self._talk.cards.append(card_id)
        try:
            if outcome is Outcome.RISK_TO_LIFE:
                self.form.outcome_chosen = False  # whatever was to be agreed before, this call ends otherwise
                self._move("care")
            elif all(branch.label != question for branch in self.walk.branches):
                self.walk = self.walk.offering(question, outcome=outcome)
        except ValueError:
            return  # no digit is free, or a pack without those words: they stand on the card all the same

    def finish(self, outcome: Outcome | None = None) -> Changes:
        """Save the call. With ``outcome`` (the one-key ones) nothing else of the form counts.

        Raises Refused naming the field at fault; then nothing was written and nothing typed is lost.
        """
        talk = self._talk
        if talk is None:
            raise Refused("calls.not_open")
        log = CallLog(outcome, path=self._path()) if outcome else self.log()
        content = self.content()
        changes = calling.finish(self.seat, talk.attempt.id, log)
        self._saved = (talk.attempt.id, content)
        self._talk = self.last_known = None
        self.unmasked = False
        return changes

    def take_back(self) -> Changes:
        """Take the last outcome of today back; its call is open again, with what was typed if it is still known."""
        attempt, changes = calling.take_back(self.seat)
        content = self._saved[1] if self._saved and self._saved[0] == attempt.id else {}
        self._take_up(attempt, content)
        if self._talk and self._talk.ended_at is None:  # its talk is long over
            self._talk.ended_at = attempt.begun_at + timedelta(seconds=attempt.talked or 0)
        self._saved = None
        return changes

    # --- the log -------------------------------------------------------------------------------------

    def set_outcome(self, outcome: Outcome, *, chosen: bool = True) -> None:
        """Put an outcome into the form, with what usually goes with it."""
        if preset := self.presets():
            self.form.set_outcome(outcome, preset, chosen=chosen)

    def set_account(self, case_id: str) -> None:
        """Another account is what they speak of: an amount that is its whole debt becomes the other's."""
        before = self.presets()
        self.form.case_id = case_id
        after = self.presets()
        if before and after and self.form.amount == format_figure(before.full):
            self.form.amount = format_figure(after.full)

    def set_reason(self, reason: ArrearsReason | None, *, chosen: bool = True) -> None:
        """Put a reason for the arrears into the form."""
        self.form.reason = reason.value if reason else ""
        self.form.reason_chosen = chosen

    def set_recording_gap(self, gap: RecordingGap | None) -> None:
        """Why there is no recording (None: there is one): a reference put in by itself goes and comes with it."""
        if self._talk is None:
            return
        by_itself = recording.reference(self.seat, self._talk.attempt.id)
        self.form.recording_gap = gap.value if gap else ""
        if gap and self.form.recording == by_itself:
            self.form.recording = ""
        elif gap is None and not self.form.recording:
            self.form.recording = by_itself

    def log(self) -> CallLog:
        """The form as a log. Raises Refused where no outcome was chosen or something typed can't be read."""
        outcome = self.outcome
        if outcome is None:
            raise Refused("calls.no_outcome", "outcome")
        silent = rule_for(outcome).one_key and outcome is not Outcome.WRONG_NUMBER
        known = CallLog(
            outcome=outcome,
            speaker=Speaker.UNKNOWN if silent else self.speaker,
            identity=self.identity,
            talk_seconds=self.seconds(),
            path=self._path(),
            debtor_spoken=self.walk is not None and any(stop.speaker is Speaker.DEBTOR for stop in self.walk.path),
        )
        return self.form.log(known, currency=self.currency, now=self.now_there)

    def check(self) -> LogCheck | None:
        """What the form would meet if it were saved now; None where there is nothing to judge yet."""
        if self._talk is None or self.outcome is None:
            return None
        try:
            return calling.check(self.seat, self._talk.attempt, self.log())
        except Refused:
            return None

    # --- the draft -----------------------------------------------------------------------------------

    def content(self) -> dict[str, Any]:
        """What is half typed, as the draft keeps it."""
        return self._talk.content() if self._talk else {}

    def keep(self) -> datetime | None:
        """Write the draft down; returns when, None without a call."""
        if self._talk is None:
            return None
        drafts.save(self.seat, DraftKind.CALL, self._talk.attempt.id, self.content())
        return self.seat.now()

    # --- within --------------------------------------------------------------------------------------

    def _purpose(self, *, inbound: bool = False) -> ScriptPurpose:
        if self.case is None:
            raise Refused("book.cases.gone")
        if self._calls_back_as_guarantor if inbound else self.to_guarantor:
            return ScriptPurpose.GUARANTOR
        return purpose_for(self.case.file, self.stage, self.seat.now(), inbound=inbound)

    @property
    def _calls_back_as_guarantor(self) -> bool:
        """Whether a guarantor's number was chosen: else who calls back is the debtor."""
        return self._phone_id is not None and self.to_guarantor

    def _prepare(self) -> None:
        """The script at its first step, for the number and the way the call is made."""
        inbound = bool(self.attempt and self.attempt.direction is Direction.IN)
        home = ScriptPurpose(self.attempt.script) if self.attempt and self.attempt.script else self._purpose()
        card = self.number
        pack = self._pack()
        if card and card.phone.kind is NumberKind.CONTACT and not inbound:
            self.walk = Walk.begin(pack, ScriptPurpose.THIRD_PARTY, home=home)
        else:
            self.walk = Walk.begin(pack, home)

    def _pack(self) -> ScriptPack:
        """The scripts in use now, released ones in a real store."""
        with self.seat.store.read() as conn:
            return releases.active_scripts(conn, self.language)

    def _take_up(self, attempt: OpenAttempt, content: dict[str, Any]) -> None:
        self._talk = self.last_known = None
        self.open(attempt.debtor_id)
        self._talk = Talk.from_content(attempt, content)
        if not self.form.recording and not self.form.recording_gap:
            self.form.recording = recording.reference(self.seat, attempt.id)
        if self._talk.edge is None and attempt.direction is Direction.OUT and self.talking:
            self._talk.edge = calling.closing_edge(self.seat, attempt)
        self.arrived, self.closed_meanwhile, self.paid_meanwhile = set(), None, None
        self._phone_id = attempt.phone_id
        self._prepare()
        self._replay()

    def _replay(self) -> None:
        """Walk again where the moves led."""
        if self._talk and self.walk:
            self.walk = replayed(self.walk, self._talk.moves)

    def _move(self, move: str) -> None:
        if self._talk is None or self.walk is None:
            return
        self.walk = stepped(self.walk, move)
        self._talk.moves.append(move)
        self.last_known = None  # who goes on with the script is still talking
        if move == "debtor":
            self._talk.identity = IdentityCheck()  # another person speaks now
        self._follow()

    def _follow(self) -> None:
        """What the script has learnt goes into the form, unless the agent chose otherwise."""
        walk, form = self.walk, self.form
        if walk is None:
            return
        possible = open_outcomes(self.speaker)
        if self.outcome is not None and self.outcome not in possible:
            form.outcome, form.outcome_chosen = "", False  # agreed with somebody else than is on the line now
        if not form.outcome_chosen:
            found = walk.outcome if walk.outcome in possible else None
            found = found or (Outcome.THIRD_PARTY if self.third_party else None)
            if found:
                self.set_outcome(found, chosen=False)
            else:
                form.outcome = ""
        if not form.reason_chosen:
            form.reason = walk.reason.value if walk.reason else ""

    def _path(self) -> tuple[str, ...]:
        return self._talk.path(self.walk) if self._talk and self.walk else ()
