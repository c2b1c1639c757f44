"""Whether a call's log has to name its recording, by the packs in use, and what it is called by itself."""

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.calls.outcomes import rule_for
from collector_desk.domain.conduct.rules import Pack, Recording
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import Channel, RecordingGap
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.gate.facts import active_packs
from collector_desk.store.engine import Connection


def reference(seat: Seat, attempt_id: str) -> str:
    """What the call's recording is called where a system records by itself: its name and the attempt's number."""
    system = settings.get(seat, DeskSettings).recording_system.strip()
    return f"{system} {attempt_id}" if system else ""


def require(conn: Connection, log: CallLog) -> None:
    """Refused where somebody was reached, the packs want it, and neither recording nor reason is named."""
    if not rule_for(log.outcome).reached or log.recording.strip():
        return
    rules = _rules(conn)
    if not rules:
        return
    if any(rule.missing == "block" for rule in rules):
        raise Refused("calls.must_be_recorded", "recording")
    if not log.recording_missing.strip():
        raise Refused("calls.no_recording", "recording")
    if log.recording_missing == RecordingGap.OTHER.value:
        raise Refused("calls.no_recording_words", "recording")


def _rules(conn: Connection) -> list[Recording]:
    packs: tuple[Pack, ...] = active_packs(conn)
    return [
        rule
        for pack in packs
        for rule in pack.rules
        if isinstance(rule, Recording) and Channel.CALL in rule.channels
    ]
