"""What the keys and buttons of the work view do with a call, from dialling to its saved outcome."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from collector_desk.domain.calls.identity import Factor
from collector_desk.domain.calls.objection_cards import ObjectionCard
from collector_desk.domain.calls.outcomes import question_talk_time
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.text.masking import masked_name
from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.services.gate.answers import GateRefused, reasons_of, strictest_reason, who_must_act
from collector_desk.services.permits import scheduling
from collector_desk.ui.theme import Tone
from collector_desk.ui.window.keys import native
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import instant, language, say, word
from collector_desk.ui.work.call.page_interface import View, told_calmly
from collector_desk.ui.work.call.telephone import hand_over
from collector_desk.ui.work.call.telling import Telling
from collector_desk.ui.work.call.turns import CaseTurns

_DRAFT_MS = 600


class WorkActs(QObject):
    """Does what is asked with the ``LiveCall`` and tells the page to draw it; ``turns`` goes from case to case."""

    moved = Signal()

    def __init__(self, place: Workplace, call: LiveCall, view: View, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._seat, self.call, self._view = place, place.seat, call, view
        self.turns = CaseTurns(place, call, view, self)
        self.turns.brought.connect(self.forget_question)
        self.telling = Telling(place.changed, self)
        self._asks_wrong_number = False
        self._refused = told_calmly(view, call)
        self._draft = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._draft.timeout.connect(self.keep_draft)

    # --- the call ------------------------------------------------------------------------------------

    def dial(self, *, inbound: bool = False) -> None:
        """Reveal and dial; again: the talk is over."""
        call = self.call
        if call.case is None:
            return
        if call.attempt is not None:
            call.hang_up()
            self._view.show_call()
            self.touched()
            return
        with self._place.attempt(self._not_dialled):
            changes = call.begin(inbound=inbound)
            self._view.hush()
            if number := call.dialled():
                hand_over(self._place, number)
            self._view.show_call()
            self._view.rest()
            if call.case is not None and (closed := call.case.nothing_owed):
                self._view.tell(
                    partial(say, closed, zone=call.zone),
                    lambda: self.tr("Answer what they ask, and ask for nothing."),
                )
            self.telling.tell(changes)

    def _not_dialled(self, trouble: Trouble) -> bool:
        if isinstance(trouble, GateRefused):
            self._blocked(trouble)
        elif isinstance(trouble, Refused) and trouble.field_name == "told":
            self._view.ask_told()
        else:
            return self._refused(trouble)
        return True

    def _blocked(self, refused: GateRefused) -> None:
        decision = refused.decision
        now, zone = self._seat.now(), self.call.zone
        reasons = reasons_of(decision)
        first = strictest_reason(decision) if decision.reasons else None
        opens = decision.next_allowed_at

        def todo() -> str:
            rule = ((language() == "zh_CN" and first.clause_zh) or first.clause) if first else ""
            parts = [self.tr("Rule: {rule}").format(rule=rule)] if rule else []  # its own checks have no clause
            parts.append(self.tr("Enter opens the next case.") if opens else say(who_must_act(decision)))
            return " · ".join(parts)

        def action() -> str:
            if opens is None:
                return self.tr("Next case (Enter)")
            when = instant(opens, zone=zone, now=now)
            return self.tr("Set for {when}  {key}").format(when=when, key=native("schedule"))

        self.call.refresh()
        self._view.show_call()
        what = partial(say, reasons[0] if reasons else refused.message, zone=zone, now=now)
        tone = Tone.WARN if decision.blocked else Tone.INFO
        self._view.tell(what, todo, tone=tone, action=action, act=self.schedule if opens else self.turns.open_next)

    def schedule(self) -> None:
        """Set the case for when the gate opens, and on to the next one."""
        call, number = self.call, self.call.number
        if call.case is None or call.attempt is not None or number is None:
            return
        name = masked_name(call.case.file.debtor.name)
        zone, now = call.zone, self._seat.now()
        with self._place.attempt(self._refused):
            found = scheduling.schedule(self._seat, call.case.file.debtor.id, number.phone.id)

            def told() -> str:
                when = instant(found.at, zone=zone, now=now)
                return self.tr("{name} comes up again {when}").format(name=name, when=when)

            self._view.saved(told)
            self._place.toast(told(), Tone.OK)
            self.turns.go_on()
            self.telling.tell(found.changes, seen=True)

    def resume(self) -> None:
        """Take up the call that was left open."""
        with self._place.attempt():
            if not self.call.resume():
                return
            self.turns.bring()

    def choose(self, digit: str) -> None:
        """A branch of the script."""
        if self.call.choose(digit):
            self._went_on()

    def back(self) -> None:
        """A step back."""
        if self.call.back():
            self._went_on()

    def third_party(self) -> None:
        """Somebody else answers, or it is the debtor after all."""
        if self.call.attempt is None:
            return
        self.call.someone_else()
        self._went_on()

    def answered(self, factor: Factor, said: str) -> None:
        """An answer of the identity check."""
        self.call.answer(factor, said)
        self._went_on()

    def slip(self) -> None:
        """The last wrong answer of the identity check was mistyped."""
        if self.call.correct_slip():
            self._went_on()
        else:
            self._view.blink()

    def _went_on(self) -> None:
        self._asks_wrong_number = False
        self._view.hush()
        self._view.show_call()
        self.touched()
        self.moved.emit()

    def use_card(self, card: ObjectionCard) -> None:
        """An answer was used: what it asks next is offered, its usual outcome and reason stand in the form."""
        call = self.call
        stood = call.walk.here if call.walk else None
        if call.attempt is not None:
            call.offer(card.id, card.question(call.speaker) or card.title, card.outcome)
            if card.reason and not call.form.reason_chosen and not call.form.reason:
                call.set_reason(card.reason, chosen=False)
            self.touched()
        self._view.show_call()
        self._view.rest()
        if call.walk is not None and call.walk.here != stood:
            self.moved.emit()  # a life is at risk: the script has turned to it

    def unmask(self) -> None:
        """Look behind the masks."""
        with self._place.attempt():
            self.call.unmask()
        self._view.show_call()

    def other_number(self) -> None:
        """The next number that may be called."""
        call = self.call
        if call.case is None or call.attempt is not None:
            return
        open_ones = [card.phone.id for card in call.case.numbers if card.callable_now]
        now = call.number.phone.id if call.number else ""
        if open_ones:
            place = (open_ones.index(now) + 1) % len(open_ones) if now in open_ones else 0
            self.choose_number(open_ones[place])

    def their_number(self) -> None:
        """The next number of a guarantor or contact, whether it may be called or not: its card says why."""
        call = self.call
        if call.case is None or call.attempt is not None:
            return
        theirs = [card.phone.id for card in call.case.numbers if not card.phone.own]
        now = call.number.phone.id if call.number else ""
        if theirs:
            self.choose_number(theirs[(theirs.index(now) + 1) % len(theirs) if now in theirs else 0])

    def choose_number(self, phone_id: str) -> None:
        """A number by a click."""
        self.call.choose_number(phone_id)
        self._view.show_call()

    # --- saving --------------------------------------------------------------------------------------

    def unreached(self, outcome: Outcome) -> None:
        """One key: save, and the next case. A wrong number is asked twice, for it takes the number out of use."""
        if self.call.attempt is None:
            self._view.blink()
            return
        if not self.call.nobody_yet:
            self._view.tell(
                lambda: self.tr("Somebody answered: {outcome} can't be logged by its key any more.").format(
                    outcome=word(outcome)
                ),
                lambda: self.tr("{back} goes back to the first step, {outcome} chooses the outcome.").format(
                    back=native("back"), outcome=native("outcome")
                ),
                tone=Tone.INFO,
            )
            return
        if outcome is Outcome.WRONG_NUMBER and not self._asks_wrong_number:
            self._asks_wrong_number = True
            self._view.tell(
                lambda: self.tr("Wrong number? It will not be called again."),
                lambda: self.tr("W once more saves it, Esc goes back."),
                action=lambda: self.tr("Wrong number (W)"),
                act=lambda: self.unreached(outcome),
            )
            return
        self._save(outcome)

    def forget_question(self) -> None:
        """Esc: the question after a wrong number is taken away."""
        self._asks_wrong_number = False

    def save_next(self) -> None:
        """Save the log, and the next case. Without a call there is nothing to save: a second press skips nobody."""
        call = self.call
        if call.attempt is None:
            self._view.blink()
            return
        outcome = call.outcome
        short = question_talk_time(outcome, call.seconds()) if outcome else None
        if short and not call.form.short_talk_confirmed and not call.nobody_yet:
            call.form.short_talk_confirmed = True
            self._view.tell(partial(say, short), lambda: self.tr("Ctrl+Enter once more saves it all the same."))
            return
        self._save(None)

    def _save(self, outcome: Outcome | None) -> None:
        call = self.call
        said = outcome or call.outcome
        name = masked_name(call.case.file.debtor.name) if call.case else ""

        def told() -> str:
            what = self.tr("Saved: {name} {outcome} · Ctrl+Z takes it back")
            return what.format(name=name, outcome=word(said)) if said else ""

        with self._place.attempt(self._not_saved):
            changes = call.finish(outcome)
            self.turns.ahead.heard(changes)  # before the next case is taken from it
            self._draft.stop()
            self._view.kept(None)
            if said is not None:
                self._view.saved(told)
            self.turns.go_on()
            self.telling.tell(changes, seen=True)

    def _not_saved(self, trouble: Trouble) -> bool:
        if isinstance(trouble, Refused):
            self._view.refuse(trouble.field_name, trouble.message)
        return isinstance(trouble, Refused)

    def take_back(self) -> None:
        """The last outcome of today: its call is open again."""
        if self.call.attempt is not None:
            self.turns.ask_outcome()
            return
        with self._place.attempt(self._refused):
            changes = self.call.take_back()
            self.turns.bring()
            self.telling.tell(changes, seen=True)
            self._view.tell(
                lambda: self.tr("Taken back: outcome and note are as they were. Change what was wrong."),
                lambda: self.tr("The attempt still counts. Ctrl+Enter saves it anew."),
                tone=Tone.INFO,
            )

    # --- the draft -----------------------------------------------------------------------------------

    def touched(self) -> None:
        """Something was typed or chosen: within a second it is safe."""
        if self.call.attempt is not None and not self._draft.isActive():
            self._draft.start()

    def keep_draft(self) -> None:
        """Write the draft down now."""
        self._draft.stop()
        with self._place.attempt():
            self._view.kept(self.call.keep())

    def refuse(self, refused: Refused) -> None:
        """Say why a panel does not open."""
        self._refused(refused)

    def write(self, act: Callable[[], Changes], told: str) -> Refused | None:
        """Do an act of a panel and say so; what stands in its way comes back."""
        try:
            changes = act()
        except Refused as refused:
            return refused
        except Trouble as trouble:
            self._place.troubled(trouble)
            return Refused(trouble.message.code, None, **trouble.message.params)
        self._place.toast(told, Tone.OK)
        self.telling.tell(changes)
        return None
