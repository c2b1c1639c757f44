"""The reader itself: a process without a window or a store that is handed one file after another.

What it is asked comes in on its input, what it found goes out on its output; it writes nothing anywhere else. It
ends when whoever started it is gone, also in the middle of a file.
"""

import gc
import os
import queue
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from collector_desk.domain.message import Trouble
from collector_desk.domain.plain import from_plain, to_plain
from collector_desk.domain.visits.evidence import Box, EvidenceFacts
from collector_desk.parsing import answers, frames, limits

Frame = tuple[frames.Head, bytes]
Told = Callable[[int, int], None]


def main() -> None:
    """Read files until nobody asks any more."""
    limits.no_dumps()
    gc.disable()  # a row makes hundreds of values, none of them in a circle
    asked, out = _pipes()
    waiting: queue.SimpleQueue[Frame] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked, waiting), daemon=True).start()
    frames.write(out, {"ready": True})
    while True:
        _answer(out, *waiting.get())
        gc.collect()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Input and output as they were handed over. What a library prints goes nowhere: it may be a name."""
    asked, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for each in (0, 1, 2):
        os.dup2(nowhere, each)
    return asked, out


def _listen(asked: BinaryIO, waiting: "queue.SimpleQueue[Frame]") -> None:
    while True:
        frame = frames.read(asked)
        if frame is None:
            os._exit(0)  # whoever asked is gone: nobody reads on, whatever the file is doing to us
        waiting.put(frame)


def _answer(out: BinaryIO, head: frames.Head, body: bytes) -> None:
    def told(done: int, of: int) -> None:
        frames.write(out, {"progress": [done, of]})

    limits.hold_to(head["memory"], head["seconds"])
    try:
        for each, behind in _TASKS[head["what"]](head, body, told):
            frames.write(out, each, behind)
    except Trouble as trouble:
        frames.write(out, {"trouble": answers.plain_trouble(trouble)})
    except MemoryError:
        frames.write(out, {"too_much": True})
    except Exception as error:  # noqa: BLE001 -- a fault of ours; told by its place, its words may quote the file
        frames.write(out, {"fault": _place(error)})


def _place(error: Exception) -> str:
    """Kind of error, module and line of ours where it came up."""
    at = error.__traceback__
    found = ""
    while at is not None:
        name = at.tb_frame.f_globals.get("__name__", "")
        if name.startswith("collector_desk"):
            found = f"{name}:{at.tb_lineno}"
        at = at.tb_next
    return f"{type(error).__name__} at {found}"


# --- what it can be asked ----------------------------------------------------------------------------------


def _as_asked(head: frames.Head) -> dict[str, Any]:
    """The password of a bank's file, and which columns that it hides are wanted."""
    from collector_desk.intake.columns import HiddenChoice

    hidden = HiddenChoice(frozenset(head.get("taken", ())), frozenset(head.get("left", ())))
    return {"password": head["password"], "hidden": hidden}


def _placement(head: frames.Head, body: bytes, told: Told) -> Iterator[Frame]:
    from collector_desk.intake.placement import read_placement

    today = date.fromisoformat(head["today"]) if head.get("today") else None
    file = read_placement(body, head["file"], today=today, progress=told, **_as_asked(head))
    for name, block, last in answers.blocks_of(file):
        yield {"block": name, "last": last}, block
    yield {"done": answers.plain_placement(file)}, b""


def _counts(head: frames.Head, body: bytes, told: Told) -> Iterator[Frame]:
    from collector_desk.intake.counts import read_counts

    file = read_counts(
        body,
        head["file"],
        now=datetime.fromisoformat(head["now"]),
        zone=ZoneInfo(head["zone"]),
        progress=told,
        **_as_asked(head),
    )
    yield {"done": answers.plain_counts(file)}, b""


def _payments(head: frames.Head, body: bytes, told: Told) -> Iterator[Frame]:
    from collector_desk.intake.payments import read_payments

    file = read_payments(body, head["file"], progress=told, **_as_asked(head))
    name, block, last = answers.block_of_payments(file)
    yield {"block": name, "last": last}, block
    yield {"done": answers.plain_payments(file)}, b""


def _case_words(head: frames.Head, body: bytes, told: Told) -> Iterator[Frame]:
    from collector_desk.intake.case_words import read_case_words

    file = read_case_words(body, head["file"], progress=told, **_as_asked(head))
    yield {"done": answers.plain_case_words(file)}, b""


def _statement(head: frames.Head, body: bytes, told: Told) -> Iterator[Frame]:
    from collector_desk.intake.statements import read_statement

    file = read_statement(body, head["file"], password=head["password"], progress=told)
    yield {"done": answers.plain_statement(file)}, b""


def _photo(head: frames.Head, body: bytes, _told: Told) -> Iterator[Frame]:
    from collector_desk.documents.evidence import read_photo

    facts, small = read_photo(body, from_plain(EvidenceFacts, head["facts"]), head["zone"])
    yield {"block": "small"}, small
    yield {"done": to_plain(facts)}, b""


def _copy(head: frames.Head, body: bytes, _told: Told) -> Iterator[Frame]:
    from collector_desk.documents import evidence

    copies = {"thumbnail": evidence.thumbnail, "printable": evidence.printable, "whole": evidence.whole}
    yield {"block": "copy"}, copies[head["copy"]](body, [from_plain(Box, box) for box in head["boxes"]])
    yield {"done": None}, b""


_TASKS: dict[str, Callable[[frames.Head, bytes, Told], Iterator[Frame]]] = {
    "placement": _placement,
    "counts": _counts,
    "payments": _payments,
    "case_words": _case_words,
    "statement": _statement,
    "photo": _photo,
    "copy": _copy,
}


if __name__ == "__main__":
    main()
