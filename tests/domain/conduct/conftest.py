"""Invented situations for the gate: short ways to say when, who, what happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from collector_desk.domain.conduct import (
    Action,
    Consent,
    ConsentScope,
    Decision,
    Facts,
    Pack,
    PastEvent,
    Share,
    decide,
)
from collector_desk.domain.vocabulary import Addressee, Channel, Direction, Result
from collector_desk.packs.rules import load_pack, load_shipped

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = "2026-11-23"


@dataclass(frozen=True)
class Desk:
    """One debtor, as a test wants them. Times without a day are of Monday 2026-11-23, by ``zone``'s clock."""

    zone: str = "Asia/Shanghai"

    def at(self, text: str) -> datetime:
        whole = text if "T" in text else f"{MONDAY}T{text}"
        return datetime.fromisoformat(whole).replace(tzinfo=ZoneInfo(self.zone))

    def call(self, **more: object) -> Action:
        return Action(**{"channel": Channel.CALL, "to": Addressee.DEBTOR, "number_id": "n1", **more})

    def past(self, when: str, result: Result | None, **more: object) -> PastEvent:
        given = {
            "at": self.at(when),
            "channel": Channel.CALL,
            "direction": Direction.OUT,
            "to": Addressee.DEBTOR,
            "number_id": "n1",
            "result": result,
        }
        return PastEvent(**{**given, **more})

    def facts(self, **more: object) -> Facts:
        return Facts(**{"debtor_id": "d1", "zones": (self.zone,), "share": Share(3, 3), **more})

    def agreed(self, since: str, until: str | None, window: tuple[int, int], **more: object) -> Consent:
        given = {
            "scope": ConsentScope.AGREED_HOURS,
            "since": self.at(since),
            "until": self.at(until) if until else None,
            "window": (window[0] * 60, window[1] * 60),
            "words": "please call after half past ten",
            "proof": "recording 1",
        }
        return Consent(**{**given, **more})

    def ask(
        self, when: str, action: Action | None = None, packs: Sequence[str | Pack] = ("cn-card",), **more: object
    ) -> Decision:
        chosen = [load_shipped(pack) if isinstance(pack, str) else pack for pack in packs]
        return decide(action or self.call(), self.facts(**more), chosen, self.at(when))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def american() -> Desk:
    return Desk("America/New_York")


@pytest.fixture
def rules_of() -> Callable[[Decision], set[str]]:
    """The rules that blocked."""

    def blocked_by(decision: Decision) -> set[str]:
        return {reason.rule for reason in decision.reasons if reason.verdict == "block"}

    return blocked_by


HEAD = """
[pack]
id = "try"
version = "1"
jurisdiction = "XX"
valid_from = 2020-01-01
tz = "Asia/Shanghai"
on_unknown = "block"
title = { en = "Try", zh_CN = "试" }
"""


@pytest.fixture
def pack_of(tmp_path: Path) -> Callable[..., Pack]:
    """A pack from the words of its rules (and calendars); the head can be given too."""

    def make(body: str, head: str = HEAD) -> Pack:
        path = tmp_path / "try.toml"
        path.write_text(head + body, "utf-8")
        return load_pack(path)

    return make


@pytest.fixture
def window_rule() -> Callable[..., str]:
    def make(start: str, end: str, more: str = "") -> str:
        return f"""
[[rule]]
id = "try.hours"
kind = "contact_window"
channels = ["call"]
start = "{start}"
end = "{end}"
level = "hard"
clause = "Try 1"
conf = "Q"
text = {{ en = "Hours.", zh_CN = "时段。" }}
{more}
"""

    return make
