"""The program's log: small rotating files in which personal data can't be read."""

import logging
import re
from copy import copy
from logging.handlers import RotatingFileHandler
from pathlib import Path

# What is masked, and why it is enough: our own log texts are English constants, so Chinese text, long figures, mail
# addresses and quoted values in a log line come from data (or from an exception that quotes data).
_MASKS = (
    (re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff][\u3400-\u9fff\U00020000-\U0003ffff·]*"), "▒▒"),
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+"), "▒@▒"),
    (re.compile(r"\d(?:[ -]?\d){5,}[\dXx]?"), "▒▒▒▒▒▒"),
)
_QUOTED = re.compile(r"""(?<!\w)(['"])(?:\\.|(?!\1)[^\\\n]|\\(?=\n|\Z))*(?:\1|(?=\n)|\Z)""")  # unclosed: to the end
_FRAME = re.compile(r'^\s*File "')


def mask(text: str) -> str:
    """The text with everything masked that may be somebody's data."""
    for pattern, put in _MASKS:
        text = pattern.sub(put, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Masks whole records, tracebacks too. Source lines of a traceback stay out: they may hold literals."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record of our own: one that another handler saw first carries that one's unmasked traceback."""
        own = copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(self, ei: object) -> str:
        """The frames of a traceback, then the kind of the exception and its masked words."""
        lines = super().formatException(ei).splitlines()  # type: ignore[arg-type]  # as the base class declares it
        kept: list[str] = []
        for line in lines:
            if _FRAME.match(line):
                path, _, rest = line.strip().removeprefix('File "').partition('"')
                kept.append(f"  {Path(path).name}{rest}")  # the folder names the person who runs the program
            elif not line.startswith(" "):
                kept.append(_QUOTED.sub(r"\1▒\1", line))
        return mask("\n".join(kept))

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line: its words masked, its time and place left readable."""
        record.message = mask(record.message)
        return super().formatMessage(record)

    def formatStack(self, stack_info: str) -> str:
        """A stack, masked."""
        return mask(super().formatStack(stack_info))


def open_log(folder: Path) -> logging.Handler:
    """Write the log into ``folder`` (four files of half a megabyte at most). Raises OSError where that fails."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "collector-desk.log", maxBytes=512_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    return handler
