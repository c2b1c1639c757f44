"""Every key of the program, once: views bind their acts to these, and F1 lists what is bound where one is.

A single key (a letter, a digit, Enter, Backspace) does nothing while one types or while an input method holds
half-typed text.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_PROPERTY = "key_id"


@dataclass(frozen=True, slots=True)
class Key:
    """One act and its keys; what it does in words comes from ``describe``."""

    id: str
    sequences: tuple[str, ...]

    @property
    def single(self) -> bool:
        """Whether it is a bare key, which has to stay quiet while one types."""
        first = self.sequences[0]
        return "+" not in first and first != "Esc" and not (first[0] == "F" and first[1:].isdigit())


_ALL = (
    # everywhere
    Key("help", ("F1", "?")),
    Key("alarm", ("F10",)),
    Key("find", ("Ctrl+F", "/")),
    Key("lock", ("Ctrl+L",)),
    Key("switch_person", ("Ctrl+Shift+Q",)),
    Key("theme", ("Ctrl+Shift+D",)),
    Key("language", ("Ctrl+Shift+L",)),
    Key("page_1", ("Alt+1",)),
    *(Key(f"page_{n}", (f"Alt+{n}",)) for n in range(2, 8)),
    Key("leave", ("Esc",)),
    # the queue
    Key("open", ("Return", "Enter")),
    Key("open_due", ("F12",)),
    # the call
    Key("dial", ("D",)),
    Key("no_answer", ("N",)),
    Key("busy", ("B",)),
    Key("off", ("O",)),
    Key("voicemail", ("V",)),
    Key("wrong_number", ("W",)),
    Key("branch_1", ("1",)),
    *(Key(f"branch_{n}", (str(n),)) for n in (2, 3, 4, 5, 6, 7, 8, 9, 0)),
    Key("back", ("Backspace",)),
    Key("inbound", ("I",)),
    Key("other_number", ("K",)),
    Key("their_number", ("J",)),
    Key("schedule", ("S",)),
    # the log
    Key("outcome", ("R",)),
    Key("amount", ("A",)),
    Key("preset_full", ("F",)),
    Key("preset_today", ("T",)),
    Key("preset_tomorrow", ("M",)),
    Key("preset_time", ("E",)),
    Key("moment", (";",)),
    Key("soon", ("Ctrl+;",)),
    Key("channel", ("P",)),
    Key("reason", ("Y",)),
    Key("more", ("L",)),
    Key("guidance", ("G",)),
    Key("permits", ("H",)),
    Key("save_next", ("Ctrl+Return", "Ctrl+Enter")),
    Key("answers", ("Ctrl+O",)),
    Key("note", ("Ctrl+N",)),
    Key("quote", ("Ctrl+'",)),
    Key("third_party", ("Ctrl+T",)),
    Key("undo", ("Ctrl+Z",)),
    Key("visit", ("Ctrl+Shift+V",)),
    Key("unmask", ("Ctrl+U",)),
    Key("slip", ("Alt+Z",)),
    Key("history", ("Ctrl+H",)),
    Key("notes_only", ("Ctrl+Y",)),
    Key("import", ("Ctrl+I",)),
    Key("sort_cases", ("Ctrl+Shift+O",)),
    Key("to_bank", ("Ctrl+Shift+S",)),
    Key("reconcile", ("Ctrl+Shift+A",)),
    Key("their_statement", ("Ctrl+Shift+T",)),
    Key("freeze_month", ("Ctrl+Shift+F",)),
    Key("split", ("Ctrl+D",)),
    Key("counts", ("Ctrl+K",)),
    Key("close_case", ("Ctrl+J",)),
    Key("save", ("Ctrl+S",)),
    Key("print", ("Ctrl+P",)),
    # the workshop
    Key("pack_text", ("F2",)),
    Key("pack_list", ("F3",)),
    Key("pack_files", ("F4",)),
    Key("pack_rehearse", ("F5",)),
    Key("pack_compare", ("F6",)),
    Key("pack_learnt", ("F7",)),
    Key("pack_fault", ("F8",)),
    Key("pack_copy", ("Ctrl+E",)),
    Key("pack_hand_in", ("Ctrl+Shift+H",)),
    Key("pack_release", ("Ctrl+Shift+R",)),
    Key("pack_return", ("Ctrl+Shift+B",)),
    Key("pack_withdraw", ("Ctrl+Shift+W",)),
    Key("pack_give_up", ("Ctrl+Shift+X",)),
    # short forms
    Key("form_new", ("Ctrl+Shift+N",)),
    Key("form_delete", ("Ctrl+Shift+Del",)),
    Key("identity_right", ("C",)),
    Key("identity_wrong", ("X",)),
    Key("refuse", ("Ctrl+R",)),
    Key("release_pause", ("Ctrl+Shift+Return", "Ctrl+Shift+Enter")),
    Key("evidence", ("Ctrl+Shift+E",)),
    Key("incident", ("F9",)),
    Key("rounds", ("Ctrl+G",)),
    Key("stop_up", ("Ctrl+Up",)),
    Key("stop_down", ("Ctrl+Down",)),
    Key("stop_spare", ("Ctrl+B",)),
    # evidence
    Key("piece_paste", ("Ctrl+V",)),
    Key("piece_previous", ("PgUp",)),
    Key("piece_next", ("PgDown",)),
    Key("play", ("Space",)),
    Key("step_left", ("Left",)),
    Key("step_right", ("Right",)),
    Key("step_up", ("Up",)),
    Key("step_down", ("Down",)),
    Key("play_slower", ("[",)),
    Key("play_faster", ("]",)),
    Key("larger", ("+", "=")),
    Key("smaller", ("-",)),
    Key("fit", ("Z",)),
    Key("mask", ("Ctrl+M",)),
    Key("box_new", ("U", "Ins")),
    Key("box_next", ("Q",)),
    Key("box_gone", ("Delete",)),
    Key("box_narrower", ("Shift+Left",)),
    Key("box_wider", ("Shift+Right",)),
    Key("box_lower", ("Shift+Up",)),
    Key("box_higher", ("Shift+Down",)),
)
KEYS: dict[str, Key] = {key.id: key for key in _ALL}


def descriptions() -> dict[str, str]:
    """What each key does, in the language in force; a key that only continues a row (digits) has no words."""
    translate = QCoreApplication.translate
    return {
        "help": translate("Keys", "Show the keys of this view"),
        "alarm": translate("Keys", "Open the danger or incident that is told in red"),
        "find": translate("Keys", "Find a debtor: name, pinyin initials, digits, case"),
        "lock": translate("Keys", "Lock the window"),
        "switch_person": translate("Keys", "Sign out, somebody else signs in"),
        "theme": translate("Keys", "Light or dark"),
        "language": translate("Keys", "English or Chinese"),
        "page_1": translate("Keys", "First page of the rail (Alt+2 the second, …)"),
        "leave": translate("Keys", "Leave a field or a panel; nothing typed is lost"),
        "open": translate("Keys", "Open the next case, or the row the arrows chose"),
        "open_due": translate("Keys", "Open the case that comes due"),
        "dial": translate("Keys", "Show the number and dial; again: the talk is over"),
        "no_answer": translate("Keys", "No answer: save and open the next"),
        "busy": translate("Keys", "Busy: save and open the next"),
        "off": translate("Keys", "Switched off: save and open the next"),
        "voicemail": translate("Keys", "Voicemail: save and open the next"),
        "wrong_number": translate("Keys", "Wrong number: save and open the next"),
        "branch_1": translate("Keys", "Choose a way of the script (1 to 9, 0)"),
        "back": translate("Keys", "Back a step in the script"),
        "inbound": translate("Keys", "The debtor is calling back: begin the call without dialling"),
        "other_number": translate("Keys", "Choose the next number that may be called"),
        "their_number": translate("Keys", "Choose a guarantor's number, or a contact's"),
        "schedule": translate("Keys", "Set the case for when it may be called again, and the next one"),
        "outcome": translate("Keys", "Choose the outcome; its own key picks it"),
        "amount": translate("Keys", "To the amount"),
        "preset_full": translate("Keys", "Promise: the full amount; without a call: class and filter of the queue"),
        "preset_today": translate("Keys", "Promise or call-back: today"),
        "preset_tomorrow": translate("Keys", "Promise or call-back: tomorrow"),
        "preset_time": translate("Keys", "Promise or call-back: at 18:00"),
        "moment": translate("Keys", "To day and time, in words: 14, 30m, tomorrow 9am"),
        "soon": translate("Keys", "Choose a moment that is often asked for"),
        "channel": translate("Keys", "Choose the way to pay"),
        "reason": translate("Keys", "Choose the reason for the arrears"),
        "more": translate("Keys", "More: account, number, next step, further parts of a promise, recording"),
        "guidance": translate("Keys", "All guidance of the script, or its headlines only"),
        "permits": translate("Keys", "What opens the gate: consents, a lead's override"),
        "save_next": translate("Keys", "Save and open the next case"),
        "answers": translate("Keys", "Answers to what the debtor says"),
        "note": translate("Keys", "To the note"),
        "quote": translate("Keys", "Note: the customer's own words, in quotation marks"),
        "third_party": translate("Keys", "Somebody else answers"),
        "undo": translate("Keys", "Take the last outcome back (in a field: the text)"),
        "visit": translate("Keys", "Ask for a field visit"),
        "unmask": translate("Keys", "Look behind the masks (goes into the history)"),
        "slip": translate("Keys", "Identity: the last wrong answer was mistyped, ask again (once)"),
        "history": translate("Keys", "Read the history in full; arrows walk it, Esc goes back"),
        "notes_only": translate("Keys", "History: the notes only, or everything"),
        "import": translate("Keys", "Import a bank's file"),
        "sort_cases": translate("Keys", "Put the cases in another order, again: in the next"),
        "to_bank": translate("Keys", "Send contact records of the chosen placement to its bank"),
        "reconcile": translate("Keys", "Reconcile a month of the chosen placement with its bank"),
        "their_statement": translate("Keys", "Take in the bank's own statement of the month"),
        "freeze_month": translate("Keys", "Freeze the month; pressed twice"),
        "split": translate("Keys", "Split a payment in doubt over cases, or give it to one"),
        "counts": translate("Keys", "Enter the bank's counts of today for this debtor"),
        "close_case": translate("Keys", "Close the case on the bank's word, or open it again"),
        "save": translate("Keys", "Save"),
        "print": translate("Keys", "Print or save the document"),
        "pack_text": translate("Keys", "To the text"),
        "pack_list": translate("Keys", "To the list of packs"),
        "pack_files": translate("Keys", "To the list of files"),
        "pack_rehearse": translate("Keys", "Walk the scripts with an invented case, or try the words"),
        "pack_compare": translate("Keys", "Compare with the version in use"),
        "pack_learnt": translate("Keys", "What followed the answers that were used"),
        "pack_fault": translate("Keys", "To the next fault"),
        "pack_copy": translate("Keys", "Edit a copy of this version"),
        "pack_hand_in": translate("Keys", "Hand in to legal"),
        "pack_release": translate("Keys", "Release this version"),
        "pack_return": translate("Keys", "Return it to its author"),
        "pack_withdraw": translate("Keys", "Withdraw this version"),
        "pack_give_up": translate("Keys", "Throw this draft away"),
        "form_new": translate("Keys", "A new short form"),
        "form_delete": translate("Keys", "Delete this short form"),
        "identity_right": translate("Keys", "Rehearsal: the answers are right"),
        "identity_wrong": translate("Keys", "Rehearsal: the answers are wrong"),
        "incident": translate("Keys", "Incident: tell the lead at once, by one digit"),
        "rounds": translate("Keys", "Rounds of the day, packs to take along"),
        "stop_up": translate("Keys", "Move the stop up in its round"),
        "stop_down": translate("Keys", "Move the stop down in its round"),
        "stop_spare": translate("Keys", "Make the stop a spare one, or not"),
        "evidence": translate("Keys", "Add photos, recordings or scans to the visit"),
        "piece_paste": translate("Keys", "Evidence: take in what was copied"),
        "piece_previous": translate("Keys", "Evidence: the piece before"),
        "piece_next": translate("Keys", "Evidence: the next piece"),
        "play": translate("Keys", "Evidence: look at it; recording: play or hold"),
        "step_left": translate("Keys", "Recording: back 5 s; box: to the left"),
        "step_right": translate("Keys", "Recording: on 5 s; box: to the right"),
        "step_up": translate("Keys", "Queue: the row above; recording: louder; box: up"),
        "step_down": translate("Keys", "Queue: the row below; recording: quieter; box: down"),
        "play_slower": translate("Keys", "Recording: slower"),
        "play_faster": translate("Keys", "Recording: faster"),
        "larger": translate("Keys", "Evidence: larger"),
        "smaller": translate("Keys", "Evidence: smaller"),
        "fit": translate("Keys", "Evidence: the whole picture"),
        "mask": translate("Keys", "Photo: hide parts of it"),
        "box_new": translate("Keys", "Photo: a new box"),
        "box_next": translate("Keys", "Photo: the next box"),
        "box_gone": translate("Keys", "Photo: take the box off"),
        "box_narrower": translate("Keys", "Box: narrower"),
        "box_wider": translate("Keys", "Box: wider"),
        "box_lower": translate("Keys", "Box: less high"),
        "box_higher": translate("Keys", "Box: higher"),
        "refuse": translate("Keys", "Refuse, call off or send back, with a reason"),
        "release_pause": translate("Keys", "Settle the matter and let collecting go on"),
    }


def native(key_id: str) -> str:
    """The first sequence of a key as this system writes it: "Ctrl+Enter"."""
    text = QKeySequence(KEYS[key_id].sequences[0]).toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("Return", "Enter")


def typing() -> bool:
    """Whether the focus is in a field that takes text (only there an input method can be at work)."""
    where = QApplication.focusWidget()
    if isinstance(where, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox):
        return not where.isReadOnly()
    if isinstance(where, QComboBox):
        return where.isEditable()
    return False


def bind(
    widget: QWidget,
    key_id: str,
    act: Callable[[], None],
    *,
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
) -> QAction:
    """Let a key of the table do ``act`` while the focus is in ``widget``; returns its action (enable, disable).

    The action belongs to ``widget``. Give buttons the same act by ``button.clicked.connect(action.trigger)``.
    """
    key = KEYS[key_id]
    action = QAction(widget)
    action.setObjectName(f"key_{key_id}")
    action.setProperty(_PROPERTY, key_id)
    action.setShortcuts([QKeySequence(sequence) for sequence in key.sequences])
    action.setShortcutContext(context)
    action.setAutoRepeat(False)

    def pressed() -> None:
        if not (key.single and typing()):
            act()

    action.triggered.connect(pressed)
    widget.addAction(action)
    return action


def bound_keys(window: QWidget) -> list[Key]:
    """The keys that do something in the window as it stands, in the order of the table."""
    there = {
        str(action.property(_PROPERTY))
        for action in window.findChildren(QAction)
        if action.property(_PROPERTY) and action.isEnabled() and _shows(action)
    }
    return [key for key in _ALL if key.id in there]


def _shows(action: QAction) -> bool:
    owner = action.parent()
    return isinstance(owner, QWidget) and owner.isVisible()
