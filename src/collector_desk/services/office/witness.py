"""What something outside saw of a store's history: a backup, a visit report, the paper with the recovery code.

All marks of a computer can be put back together with the folder; these lie elsewhere. ``collector-desk verify
--witness`` holds the store against one: whoever kept it knows whether the history it saw is still there.
"""

import re
from pathlib import Path

from collector_desk.documents.verify import chain_head
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.office.proof import Witness
from collector_desk.store import backup
from collector_desk.store.journal import Head

_SHOWN = 16  # hex digits: nobody makes another line that begins with the same
_TYPED = re.compile(r"(\d{1,18})-((?:[0-9a-f]{4}[ -]?){3,16})", re.ASCII)
_MOST_BYTES = 64 << 20


def told(head: Head) -> str:
    """The end of a history as a paper shows it and ``read`` takes it: place and beginning of the hash."""
    digits = head.hash.hex()[:_SHOWN]
    return f"{head.place}-{' '.join(digits[start : start + 4] for start in range(0, _SHOWN, 4))}"


def read(given: str) -> Witness:
    """A backup, a PDF of ours, or what stands on a paper, typed. Raises Refused for what is none of them."""
    typed = _TYPED.fullmatch(given.strip().lower())
    if typed:
        return Witness(given.strip(), int(typed[1]), re.sub("[ -]", "", typed[2]))
    file = Path(given)
    try:
        with file.open("rb") as opened:
            data = opened.read(5)
            if data == b"%PDF-" and file.stat().st_size <= _MOST_BYTES:
                found = chain_head(data + opened.read())
                if found:
                    return Witness(file.name, 0, found)
                raise Refused("office.no_witness", "witness", file=file.name)
    except OSError as error:
        raise Refused("office.witness_missing", "witness", file=file.name) from error
    except ValueError as error:
        raise Refused("office.no_witness", "witness", file=file.name) from error
    try:
        info = backup.inspect(file)
    except Trouble as trouble:
        raise Refused("office.no_witness", "witness", file=file.name) from trouble
    return Witness(file.name, info.last_seq, info.last_hash)
