"""What belongs to one attempt while it is open, and how its way through the script is kept and walked again."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.life_at_risk import turned_to_care
from collector_desk.domain.calls.log import OpenAttempt
from collector_desk.domain.calls.scripts import Walk
from collector_desk.services.calls.live.form import Form


@dataclass(slots=True)
class Talk:
    """The attempt, its clock, the identity answers (never what was said), the moves in the script, the form."""

    attempt: OpenAttempt
    ended_at: datetime | None = None
    identity: IdentityCheck = field(default_factory=IdentityCheck)
    moves: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)  # what happened meanwhile: ``name@instant``
    edge: datetime | None = None  # of the hours: by then it has to be over
    form: Form = field(default_factory=Form)

    def content(self) -> dict[str, Any]:
        """As the draft keeps it."""
        return {
            "form": asdict(self.form),
            "moves": list(self.moves),
            "cards": list(self.cards),
            "marks": list(self.marks),
            "edge": self.edge.isoformat() if self.edge else None,
            "right": sorted(factor.value for factor in self.identity.right),
            "failures": self.identity.failures,
            "wrong": self.identity.wrong,
            "slip": self.identity.slip,
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }

    @classmethod
    def from_content(cls, attempt: OpenAttempt, content: dict[str, Any]) -> "Talk":
        """Read from a draft; what an older program kept otherwise is left out."""
        known = {item.name for item in fields(Form)}
        ended, edge = content.get("ended_at"), content.get("edge")
        return cls(
            attempt,
            datetime.fromisoformat(ended) if ended else None,
            IdentityCheck(
                frozenset(Factor(value) for value in content.get("right", ())),
                int(content.get("failures", 0)),
                _factor(content.get("wrong")),
                _factor(content.get("slip")),
            ),
            [str(move) for move in content.get("moves", ())],
            [str(card) for card in content.get("cards", ())],
            [str(mark) for mark in content.get("marks", ())],
            datetime.fromisoformat(edge) if edge else None,
            Form(**{key: value for key, value in content.get("form", {}).items() if key in known}),
        )

    def path(self, walk: Walk) -> tuple[str, ...]:
        """Every step with the digit that left it, and the cards used: what the log keeps."""
        steps = [
            f"{stop.purpose.value}.{stop.step}" + (f":{stop.digit}" if stop.digit else "") for stop in walk.path
        ]
        return (*steps, *(f"card:{card}" for card in self.cards), *self.marks)

    def mark(self, name: str, at: datetime) -> bool:
        """Keep that something happened, and when; False where it is kept already."""
        if any(mark.partition("@")[0] == name for mark in self.marks):
            return False
        self.marks.append(f"{name}@{at.isoformat(timespec='seconds')}")
        return True


def _factor(value: str | None) -> Factor | None:
    return Factor(value) if value else None


def stepped(walk: Walk, move: str) -> Walk:
    """The walk after one move: a digit, or the name of another act. Raises ValueError where it can't be made."""
    match move:
        case "passed" | "failed":
            return walk.checked(passed=move == "passed")
        case "third":
            return walk.switch_to_third_party()
        case "debtor":
            return walk.switch_to_debtor()
        case "back":
            return walk.back()
        case "care":
            return turned_to_care(walk)
        case _:
            return walk.choose(move)


def replayed(walk: Walk, moves: Iterable[str]) -> Walk:
    """Walk the moves again; a script that changed meanwhile stops it where it no longer fits."""
    for move in moves:
        try:
            walk = stepped(walk, move)
        except ValueError:
            break
    return walk
