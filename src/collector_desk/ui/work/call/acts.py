"""What the keys and buttons of the work view do: the way of a call from the queue to the next case."""

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from collector_desk.domain.calls.identity import Factor
from collector_desk.domain.calls.objection_cards import ObjectionCard
from collector_desk.domain.calls.outcomes import question_talk_time
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.text.masking import masked_name
from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.book import queueing
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.services.gate.answers import GateRefused, reasons_of, strictest_reason, who_must_act
from collector_desk.services.permits import scheduling
from collector_desk.ui.theme import Tone
from collector_desk.ui.window.keys import native
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import instant, language, say, word
from collector_desk.ui.work.call.page_interface import View
from collector_desk.ui.work.call.prefetch import Ahead
from collector_desk.ui.work.call.telephone import hand_over

_DRAFT_MS = 600
_AFTER_PAINT_MS = 20
"""What an act leaves to be read anew waits until the screen has changed, and lets the next key go first."""


class WorkActs(QObject):
    """Does what is asked with the ``LiveCall`` and tells the page to draw it."""

    moved = Signal()

    def __init__(self, place: Workplace, call: LiveCall, view: View, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._seat, self.call, self._view = place, place.seat, call, view
        self.ahead = Ahead(place, self)
        self._asks_wrong_number = False
        self._aside: str | None = None  # what was on the screen when somebody was looked up
        self.case_is_fresh = self.own_act = False
        self._changes, self._seen = Changes(), False
        self._telling = QTimer(self, singleShot=True, interval=_AFTER_PAINT_MS)
        self._telling.timeout.connect(self._pass_on)
        self._draft = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._draft.timeout.connect(self.keep_draft)

    # --- which case ----------------------------------------------------------------------------------

    def open_next(self) -> None:
        """The case that comes next; the one on the screen is left without an outcome."""
        if self._must_finish():
            return
        here, where = self._here, self._view.where
        with self._place.attempt():
            row = queueing.next_row(self._seat, where, after=here, aside=self._aside)
            if row is None and here:
                row = queueing.next_row(self._seat, where)  # there is no other: it stays
            if row is None:
                self._nothing_left()
                return
            self._open(row.debtor_id, left=self._leaves(row.debtor_id))
            if row.debtor_id == here:
                self._view.tell(lambda: self.tr("No other case can be worked now."), tone=Tone.INFO)

    def open(self, debtor_id: str, *, aside: bool = False) -> None:
        """A chosen case. ``aside``: one that was looked up; the case on the screen is put aside for it, not left.

        It comes back after a call with the other; whoever goes on without one has left both.
        """
        if self._must_finish(debtor_id):
            return
        if aside:
            self._aside = self._aside or self._here
        with self._place.attempt(self._refused):
            self._open(debtor_id, left=() if aside else self._leaves(debtor_id))

    def _refused(self, trouble: Trouble) -> bool:
        """Why it can't be done, calmly over the call; what is wrong with the store is told over the pages."""
        if isinstance(trouble, Refused):
            self._view.tell(partial(say, trouble.message, zone=self.call.zone, now=self._seat.now()))
        return isinstance(trouble, Refused)

    @property
    def _here(self) -> str | None:
        return self.call.case.file.id if self.call.case else None

    def _leaves(self, debtor_id: str) -> frozenset[str]:
        """Whom going on to this debtor leaves without an outcome."""
        left, self._aside = {self._here, self._aside}, None
        return frozenset(other for other in left if other and other != debtor_id)

    def _open(self, debtor_id: str, *, left: Collection[str] = ()) -> None:
        queueing.claim(self._seat, debtor_id, left=left)  # other seats see it; on this screen nothing else changes
        read = self.ahead.take(debtor_id)
        self.call.open(debtor_id, read)
        self._bring()
        if read is not None:
            self._view.read_again()

    def _bring(self) -> None:
        """The case of the call to the screen, the keys to the view."""
        self._asks_wrong_number = False
        self._view.hush()
        self._view.new_case()
        self._view.show_call()
        self._view.rest()
        self.ahead.look(self._view.where, self._here)

    def _tell(self, changes: Changes, *, seen: bool = False) -> None:
        """Tell of changes once the screen is painted. ``seen``: the case on the screen was read after them."""
        self._changes = self._changes | changes
        self._seen = seen and (self._seen or not self._telling.isActive())
        self._telling.start()

    def _pass_on(self) -> None:
        changes, self._changes = self._changes, Changes()
        self.case_is_fresh, self.own_act = self._seen, True
        try:
            self._place.changed(changes)
        finally:
            self.case_is_fresh = self.own_act = self._seen = False

    def _nothing_left(self) -> None:
        queueing.release(self._seat)
        self.call.close()
        self._bring()

    def _must_finish(self, debtor_id: str | None = None) -> bool:
        attempt = self.call.attempt
        if attempt is None or attempt.debtor_id == debtor_id:
            return False
        self.ask_outcome()
        return True

    def ask_outcome(self) -> None:
        """An open attempt can't be left: say so, where the keys of what it says work."""
        nobody = self.call.nobody_yet

        def todo() -> str:
            if nobody:
                return self.tr("Choose how it ended (R, or N B O V W while nobody was reached), then Ctrl+Enter.")
            return self.tr("Choose how it ended (R), then Ctrl+Enter.")

        self._view.tell(lambda: self.tr("This call has no outcome yet."), todo)
        self._view.rest()

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
            self._tell(changes)

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
        self._view.tell(what, todo, tone=tone, action=action, act=self.schedule if opens else self.open_next)

    def schedule(self) -> None:
        """Set the case for when the gate opens, and on to the next one."""
        call, number = self.call, self.call.number
        if call.case is None or call.attempt is not None or number is None:
            return
        name = masked_name(call.case.file.name)
        zone, now = call.zone, self._seat.now()
        with self._place.attempt(self._refused):
            found = scheduling.schedule(self._seat, call.case.file.id, number.phone.id)

            def told() -> str:
                when = instant(found.at, zone=zone, now=now)
                return self.tr("{name} comes up again {when}").format(name=name, when=when)

            self._view.saved(told)
            self._place.toast(told(), Tone.OK)
            self._go_on()
            self._tell(found.changes, seen=True)

    def resume(self) -> None:
        """Take up the call that was left open."""
        with self._place.attempt():
            if not self.call.resume():
                return
            self._bring()

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
        if self.call.attempt is None or not self.call.nobody_yet:
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
        name = masked_name(call.case.file.name) if call.case else ""

        def told() -> str:
            what = self.tr("Saved: {name} {outcome} · Ctrl+Z takes it back")
            return what.format(name=name, outcome=word(said)) if said else ""

        with self._place.attempt(self._not_saved):
            changes = call.finish(outcome)
            self.ahead.heard(changes)  # before the next case is taken from it
            self._draft.stop()
            self._view.kept(None)
            if said is not None:
                self._view.saved(told)
            self._go_on()
            self._tell(changes, seen=True)

    def _not_saved(self, trouble: Trouble) -> bool:
        if isinstance(trouble, Refused):
            self._view.refuse(trouble.field_name, trouble.message)
        return isinstance(trouble, Refused)

    def _go_on(self) -> None:
        """The next case after the one on the screen, which is done with."""
        self._aside = None

        def failed(trouble: Trouble) -> None:
            self._place.troubled(trouble)
            self._bring()

        with self._place.attempt(failed):
            row = queueing.next_row(self._seat, self._view.where, after=self._here)
            if row is None:
                self._nothing_left()
            else:
                self._open(row.debtor_id)

    def take_back(self) -> None:
        """The last outcome of today: its call is open again."""
        if self.call.attempt is not None:
            self.ask_outcome()
            return
        with self._place.attempt(self._refused):
            changes = self.call.take_back()
            self._bring()
            self._tell(changes, seen=True)
            self._view.tell(
                lambda: self.tr("Taken back: choose the right outcome."),
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
        self._view.tell(partial(say, refused.message, zone=self.call.zone, now=self._seat.now()))

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
        self._tell(changes)
        return None
