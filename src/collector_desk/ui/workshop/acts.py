"""What can be done with the draft or version that is open in the workshop, each after its question."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from collector_desk.domain.changes import Changes
from collector_desk.services.packs import workshop
from collector_desk.services.packs.releases import PackState
from collector_desk.services.packs.workshop import PackDraft
from collector_desk.ui.theme import Tone
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.workshop.bench import Bench
from collector_desk.ui.workshop.decision import DecisionPanel
from collector_desk.ui.workshop.pack_list import Item


class PackActs(QObject):
    """Acts on ``item``. ``load`` fills the list anew and chooses an id in it; ``compare`` shows what changed."""

    def __init__(
        self,
        place: Workplace,
        bench: Bench,
        decision: DecisionPanel,
        load: Callable[[str], None],
        compare: Callable[[], None],
    ) -> None:
        super().__init__(bench)
        self._place, self._seat = place, place.seat
        self._bench, self._decision, self._load, self._compare = bench, decision, load, compare
        self.item: Item | None = None

    def copy(self) -> None:
        """Begin a draft from the version that is open."""
        item = self.item
        if not isinstance(item, PackState):
            return
        with self._place.attempt():
            draft = workshop.copy(self._seat, item)
            self._load(draft.id)
            self._bench.editor.setFocus()

    def hand_in(self) -> None:
        """Hand the draft to legal, or an earlier version in again."""
        item = self.item
        if item is None:
            return
        if isinstance(item, PackDraft):
            question = self.tr("Hand this draft to legal? It can't be changed any more then.")
            hint = self.tr("What is new in it, for who reads it")
        else:
            question = self.tr("Hand this version in again? Another person has to release it.")
            hint = self.tr("Why go back to it")
        self._decision.ask(question, self.tr("Hand in"), hint, self._handed_in)

    def _handed_in(self, reason: str) -> None:
        item = self.item
        if isinstance(item, PackDraft):
            self._bench.flush()
            draft = self._bench.current() or item
            changes = workshop.hand_in(self._seat, draft, reason)
            self._bench.draft = None
        elif item is not None:
            changes = workshop.propose(self._seat, item, reason)
        else:
            return
        self._done(changes, self.tr("Handed in. Legal or a manager releases it."))

    def release(self) -> None:
        """Release the version that is open, having read it."""
        if isinstance(self.item, PackState):
            self._compare()
            text = self.tr("Release version {version} in the name of {name}? Calls go by it from now on.")
            question = text.format(version=self.item.version, name=self._seat.person.name)
            self._decision.ask(
                question, self.tr("I have read it: release"), self.tr("A remark, if any"),
                partial(self._decided, workshop.release, self.tr("Released. Calls go by it from now on.")),
                Tone.WARN,
            )  # fmt: skip

    def return_(self) -> None:
        """Give the version back to its author."""
        if isinstance(self.item, PackState):
            self._decision.ask(
                self.tr("Return it to its author?"), self.tr("Return"), self.tr("What has to change"),
                partial(self._decided, workshop.return_, self.tr("Returned to its author.")), Tone.WARN,
            )  # fmt: skip

    def withdraw(self) -> None:
        """Take the version out of use, or out of legal's hands."""
        item = self.item
        if isinstance(item, PackState):
            question = self.tr("Take it back from legal?")
            if item.in_use:
                question = self.tr("Withdraw it? No call can be made until another version is released.")
            self._decision.ask(
                question, self.tr("Withdraw"), self.tr("Why"),
                partial(self._decided, workshop.withdraw, self.tr("Withdrawn.")), Tone.DANGER,
            )  # fmt: skip

    def give_up(self) -> None:
        """Throw the draft away, after a question."""
        if isinstance(self.item, PackDraft):
            self._decision.ask(
                self.tr("Throw this draft away? What is typed in it is gone."), self.tr("Give up"), "",
                self._given_up, Tone.DANGER,
            )  # fmt: skip
            self._decision.reason.setReadOnly(True)

    def _given_up(self, _reason: str) -> None:
        if isinstance(self.item, PackDraft):
            draft, self._bench.draft = self.item, None
            workshop.give_up(self._seat, draft)
            self._done(Changes(), self.tr("The draft is gone."))

    def _decided(self, act: Callable[..., Changes], done: str, reason: str) -> None:
        if isinstance(self.item, PackState):
            self._done(act(self._seat, self.item, reason), done)

    def _done(self, changes: Changes, text: str) -> None:
        self._load("")
        if changes != Changes():
            self._place.changed(changes)
        self._place.toast(text, Tone.OK)
