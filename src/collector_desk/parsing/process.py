"""A reader's process as whoever asks sees it: started when first needed, one a window, started anew once it died.

It is given a file and held to ``Limits``. Called off, silent too long, dead: it is ended, and whoever asked gets a
sentence; the next file finds another one.
"""

import atexit
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from collector_desk.domain.message import Message, Trouble
from collector_desk.parsing import HIDDEN, answers, frames
from collector_desk.parsing.limits import MOST_MEMORY, Limits
from collector_desk.parsing.windows_job import MemoryJob

_LOOK = 0.05  # seconds between two looks at the cancel button
_STARTING = 30.0  # seconds
_KEEP = 8 << 20  # bytes of a file after which the reader is let go, so that its memory comes back

_MORE_COMES = {"progress", "block"}
"""Words after which it goes on speaking."""

_log = logging.getLogger(__name__)


def command() -> list[str]:
    """How a reader is started: by this very Python, or by the bundled program itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, HIDDEN]
    return [sys.executable, "-m", "collector_desk.parsing.child"]


class FileReader:
    """One reader; of several who ask at once, one waits for the other."""

    def __init__(self, command: Callable[[], list[str]] = command) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._job: MemoryJob | None = None
        self._ear: threading.Thread | None = None
        self._said: queue.SimpleQueue[tuple[frames.Head, bytes] | None] = queue.SimpleQueue()
        self._busy = threading.Lock()
        self._ready = False

    def ask(
        self,
        what: str,
        file: str | Message,
        body: bytes,
        more: Mapping[str, Any],
        *,
        limits: Limits | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[Any, list[tuple[frames.Head, bytes]]]:
        """What the reader found, and the frames it sent before that.

        Raises Trouble: what the reader refuses; ``intake.cancelled``; ``parsing.not_started``, ``.too_slow``,
        ``.broke_off``, ``.too_much`` and ``.fault``, each naming ``file``.
        """
        held = limits or Limits.of(len(body))
        called_off = cancelled or (lambda: False)
        while not self._busy.acquire(timeout=_LOOK):
            if called_off():
                raise Trouble("intake.cancelled", file=file)
        try:
            self._start(file)
            head = {"what": what, "memory": held.memory, "seconds": held.seconds, **more}
            found = self._listened(head, body, file, held, progress or (lambda _done, _of: None), called_off)
            if self._ear is not None:
                self._ear.join()
            if len(body) > _KEEP:
                self._end()
        except BaseException:
            self._end()
            raise
        finally:
            self._busy.release()
        if isinstance(found, Trouble):
            raise found
        return found

    def wake(self) -> None:
        """Have it started by the time somebody asks. Where it doesn't start, whoever asks is told."""
        if self._busy.acquire(blocking=False):
            try:
                if self._process is None:
                    with suppress(Trouble):
                        self._spawn("")
            finally:
                self._busy.release()

    def close(self) -> None:
        """Let the reader go; another one is started where somebody asks again."""
        with self._busy:
            self._end()

    # --- one file ------------------------------------------------------------------------------------------

    def _listened(
        self,
        head: frames.Head,
        body: bytes,
        file: str | Message,
        held: Limits,
        progress: Callable[[int, int], None],
        called_off: Callable[[], bool],
    ) -> "Trouble | tuple[Any, list[tuple[frames.Head, bytes]]]":
        before: list[tuple[frames.Head, bytes]] = []
        try:
            assert self._process is not None and self._process.stdin is not None  # noqa: S101, PT018 -- started
            if self._job is not None:
                self._job.hold_to(MOST_MEMORY)
            self._listen()
            frames.write(self._process.stdin, head, body)  # type: ignore[arg-type]
        except OSError:
            raise Trouble("parsing.broke_off", file=file) from None
        while True:
            said = self._next(held.silence, called_off, file)
            if said is None:
                raise Trouble("parsing.broke_off", file=file)
            answer, behind = said
            if "progress" in answer:
                progress(*answer["progress"])
            elif "done" in answer:
                return answer["done"], before
            elif "trouble" in answer:
                return answers.trouble_from(answer["trouble"])
            elif "too_much" in answer:
                raise Trouble("parsing.too_much", file=file)
            elif "fault" in answer:
                _log.error("a reader failed: %s", answer["fault"])
                raise Trouble("parsing.fault", file=file)
            else:
                before.append((answer, behind))

    def _next(
        self, silence: float, called_off: Callable[[], bool], file: str | Message
    ) -> tuple[frames.Head, bytes] | None:
        since = time.monotonic()
        while True:
            if called_off():
                raise Trouble("intake.cancelled", file=file)
            try:
                return self._said.get(timeout=_LOOK)
            except queue.Empty:
                if time.monotonic() - since > silence:
                    raise Trouble("parsing.too_slow", file=file) from None

    def _listen(self) -> None:
        """Hear what it says, up to its last word on what it was asked; nobody listens while it is idle."""
        assert self._process is not None  # noqa: S101 -- started
        self._said = queue.SimpleQueue()
        self._ear = threading.Thread(target=_heard, args=(self._process.stdout, self._said), daemon=True)
        self._ear.start()

    # --- its life ------------------------------------------------------------------------------------------

    def _start(self, file: str | Message) -> None:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._spawn(file)
        if not self._ready:
            self._greeted(file)

    def _spawn(self, file: str | Message) -> None:
        surroundings = {**os.environ, "MALLOC_ARENA_MAX": "1"}  # or each thread claims address space it never uses
        windows = sys.platform == "win32"
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- ourselves
                self._command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=surroundings,
                start_new_session=not windows,  # Ctrl+C in the console is ours to answer
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise Trouble("parsing.not_started", file=file, reason=error.strerror or "") from error
        if windows:
            self._job = MemoryJob(int(self._process._handle))  # type: ignore[attr-defined]

    def _greeted(self, file: str | Message) -> None:
        """Wait for its first word. Raises Trouble ``parsing.not_started``."""
        self._listen()
        try:
            said = self._next(_STARTING, lambda: False, file)
        except Trouble:
            said = None
        if said is None or not said[0].get("ready"):
            self._end()
            raise Trouble("parsing.not_started", file=file, reason="")
        if self._ear is not None:
            self._ear.join()
        self._ready = True

    def _end(self) -> None:
        if self._process is None:
            return
        gone, self._process, self._ready = self._process, None, False
        gone.kill()
        gone.wait()
        if self._job is not None:
            self._job.close()
            self._job = None
        if gone.stdin is not None:
            with suppress(OSError):  # what it didn't take any more goes with it
                gone.stdin.close()
        if self._ear is not None:
            self._ear.join()
            self._ear = None
        if gone.stdout is not None:
            gone.stdout.close()


def _heard(out: Any, said: "queue.SimpleQueue[tuple[frames.Head, bytes] | None]") -> None:
    try:
        while (frame := frames.read(out)) is not None:
            said.put(frame)
            if not _MORE_COMES & frame[0].keys():
                return
    except (OSError, ValueError, MemoryError):
        pass  # no answer of ours: it broke off
    said.put(None)


READER = FileReader()
"""This window's reader."""
atexit.register(READER.close)
