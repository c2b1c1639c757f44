"""How the benchmarks measure, and what they say at the end: percentiles, and ratios to a floor of the same run.

Nothing is asserted about time: the machine may be busy. A line says whether the aim was met on this one.
"""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

SAID: list[str] = []
"""What was measured, for the end of the run."""


@dataclass(slots=True)
class Spans:
    """Milliseconds of the same thing done often: by the clock on the wall, and of this process's own work."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def time(self, work: Callable[[], object]) -> None:
        """Do it once more."""
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        self.cpu.append((time.process_time() - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)

    @property
    def median(self) -> float:
        """By the wall."""
        return percentile(self.wall, 50)

    @property
    def p99(self) -> float:
        """99 of 100 are no longer, by the wall."""
        return percentile(self.wall, 99)


def percentile(values: Iterable[float], share: int) -> float:
    """The value that ``share`` of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def say(what: str, spans: Spans, *, at_most: float | None = None) -> None:
    """Tell median and 99th percentile; ``at_most`` milliseconds are the aim for 99 of 100."""
    line = f"{what}: {spans.median:.1f} ms, 99 of 100 within {spans.p99:.1f} ms"
    line += f" (own work {percentile(spans.cpu, 50):.1f}, {percentile(spans.cpu, 99):.1f})"
    if at_most is not None:
        line += f"; aim {at_most:g} ms: {_met(spans.p99 <= at_most)}"
    SAID.append(line)


def compare(what: str, spans: Spans, floor: Spans, *, at_most: float | None = None) -> None:
    """Tell how many times its floor something takes, by the medians."""
    ratio = spans.median / floor.median
    line = f"{what}: {ratio:.2f} x its floor ({spans.median:.1f} against {floor.median:.1f} ms)"
    if at_most is not None:
        line += f"; aim {at_most:g} x: {_met(ratio <= at_most)}"
    SAID.append(line)


def _met(yes: bool) -> str:
    return "met" if yes else "NOT MET HERE"


def size() -> tuple[int, int]:
    """Debtors and attempts of the store that is measured on; ``COLLECTOR_DESK_BENCH="20000 200000"`` for less."""
    debtors, attempts = os.environ.get("COLLECTOR_DESK_BENCH", "200000 2000000").split()
    return int(debtors), int(attempts)
