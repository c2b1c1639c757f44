"""What belongs to one attempt while it is open, and how its way through the script is kept and walked again."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from collector_desk.domain.identity import Factor, IdentityCheck
from collector_desk.domain.scripts import Walk
from collector_desk.services.call_form import Form
from collector_desk.services.outcome import OpenAttempt


@dataclass(slots=True)
class Talk:
    """The attempt, its clock, the identity answers (never what was said), the moves in the script, the form."""

    attempt: OpenAttempt
    ended_at: datetime | None = None
    identity: IdentityCheck = field(default_factory=IdentityCheck)
    moves: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    form: Form = field(default_factory=Form)

    def content(self) -> dict[str, Any]:
        """As the draft keeps it."""
        return {
            "form": asdict(self.form),
            "moves": list(self.moves),
            "cards": list(self.cards),
            "right": sorted(factor.value for factor in self.identity.right),
            "failures": self.identity.failures,
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }

    @classmethod
    def from_content(cls, attempt: OpenAttempt, content: dict[str, Any]) -> "Talk":
        """Read from a draft; what an older program kept otherwise is left out."""
        known = {item.name for item in fields(Form)}
        ended = content.get("ended_at")
        return cls(
            attempt,
            datetime.fromisoformat(ended) if ended else None,
            IdentityCheck(
                frozenset(Factor(value) for value in content.get("right", ())), int(content.get("failures", 0))
            ),
            [str(move) for move in content.get("moves", ())],
            [str(card) for card in content.get("cards", ())],
            Form(**{key: value for key, value in content.get("form", {}).items() if key in known}),
        )

    def path(self, walk: Walk) -> tuple[str, ...]:
        """Every step with the digit that left it, and the cards used: what the log keeps."""
        steps = [
            f"{stop.purpose.value}.{stop.step}" + (f":{stop.digit}" if stop.digit else "") for stop in walk.path
        ]
        return (*steps, *(f"card:{card}" for card in self.cards))


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
