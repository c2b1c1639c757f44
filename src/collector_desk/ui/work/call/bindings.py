"""Which act each card and each key of a call leads to, where nothing lies between: the rest is the page's."""

from functools import partial

from PySide6.QtWidgets import QWidget

from collector_desk.ui.window.keys import bind
from collector_desk.ui.work.call.acts import WorkActs
from collector_desk.ui.work.call.column import CallColumn
from collector_desk.ui.work.call.panels import Panels
from collector_desk.ui.work.call.unreached_row import UNREACHED


def connect_cards(acts: WorkActs, column: CallColumn, panels: Panels) -> None:
    """What is pressed on the debtor, the script and the log."""
    debtor, script, log = column.debtor, column.script, column.log
    debtor.dial_wanted.connect(acts.dial)
    debtor.number_chosen.connect(acts.choose_number)
    debtor.permits_wanted.connect(panels.open_gate)
    column.gate.schedule_wanted.connect(acts.schedule)
    script.chosen.connect(acts.choose)
    script.identity.answered.connect(acts.answered)
    script.identity.slip.clicked.connect(acts.slip)
    log.third_party_wanted.connect(acts.third_party)
    log.visit_wanted.connect(panels.open_visit)
    log.undo_wanted.connect(acts.take_back)
    log.unreached.connect(acts.unreached)
    log.dial_wanted.connect(acts.dial)
    log.schedule_wanted.connect(acts.schedule)
    log.way_wanted.connect(panels.go)


def bind_call_keys(page: QWidget, acts: WorkActs, column: CallColumn, panels: Panels) -> None:
    """The keys of the call, wherever on the page the focus is."""
    log = column.log
    bind(page, "dial", acts.dial)
    bind(page, "inbound", partial(acts.dial, inbound=True))
    bind(page, "other_number", acts.other_number)
    bind(page, "their_number", acts.their_number)
    bind(page, "schedule", acts.schedule)
    for outcome in UNREACHED:
        bind(page, outcome.value, partial(acts.unreached, outcome))
    for digit in "1234567890":
        bind(page, f"branch_{digit}", partial(_branch, acts, panels, digit))
    bind(page, "back", acts.back)
    bind(page, "third_party", acts.third_party)
    bind(page, "undo", acts.take_back)
    bind(page, "unmask", acts.unmask)
    bind(page, "slip", acts.slip)
    bind(page, "visit", panels.open_visit)
    bind(page, "permits", panels.open_gate)
    bind(page, "note", column.to_note)
    bind(page, "quote", column.quote)
    bind(page, "history", panels.open_history)
    bind(page, "notes_only", panels.notes_only)
    bind(page, "more", column.to_more)
    bind(page, "amount", column.to_amount)
    bind(page, "moment", column.to_when)
    bind(page, "soon", column.soon)
    bind(page, "outcome", log.fields.outcome.open_menu)
    bind(page, "channel", log.fields.channel.open_menu)
    bind(page, "reason", log.fields.reason.open_menu)
    for name in ("preset_today", "preset_tomorrow", "preset_time"):  # the first one is the page's
        bind(page, name, partial(log.fields.preset, name))


def _branch(acts: WorkActs, panels: Panels, digit: str) -> None:
    """A way of the script; where no number can be called, one of the ways on from there."""
    if acts.call.no_number:
        panels.go(digit)
    else:
        acts.choose(digit)
