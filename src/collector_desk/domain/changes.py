"""What an act changed. Every service function that writes returns one; ``app`` passes it on once, and each
open view decides from it whether to refresh."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of what was touched. ``everything`` is set after an import, a restore or another seat's work."""

    debtors: frozenset[str] = frozenset()
    visits: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    settings: bool = False
    everything: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.debtors | other.debtors,
            self.visits | other.visits,
            self.people | other.people,
            self.settings or other.settings,
            self.everything or other.everything,
        )
