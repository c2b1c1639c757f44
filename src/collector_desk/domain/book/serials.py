"""The serial number a bank gives a case of its own (个案序列号), found among what its file says of an account."""

import re
from collections.abc import Iterable

from collector_desk.domain.text.bare import folded

SERIAL_LENGTH = 60
_SHORTEST = 5  # shorter ones count rows
_KINDS = (  # the surer first: a file may have several
    re.compile(r"(?:个案|個案|案件)?(?:序列号|序列號|流水序号)|case(?:serial|sequence)(?:no|number)?"),
    re.compile(r"(?:个案|個案|档案|檔案)(?:编|編)?(?:号|號)(?:码)?"),
    re.compile(r"案件(?:编|編)?(?:号|號)(?:码)?|case(?:no|number|id)"),
)
_OURS = re.compile(r"(?:我司|本司|贵司|贵方|我方|机构|agency|our)(?:的)?案?件?(?:编号|号码?|case(?:no|number|id)?)")
_NOISE, _WORD = re.compile(r"[\W_]+"), re.compile(r"[\s·.-]+")


def names_serial(heading: str) -> bool:
    """Whether a column of this heading holds such numbers."""
    word = _bare(heading)
    return any(kind.fullmatch(word) for kind in _KINDS)


def names_ours(heading: str) -> bool:
    """Whether a bank's list has our own case numbers under this heading."""
    return _OURS.fullmatch(_bare(heading)) is not None


def serial_of(extras: Iterable[tuple[str, str]]) -> str | None:
    """A case's serial number, as it is looked for; None where the file has none.

    ``extras``: heading and words of what no field of ours took.
    """
    found: dict[int, str] = {}
    for heading, value in extras:
        word = _bare(heading)
        rank = next((at for at, kind in enumerate(_KINDS) if kind.fullmatch(word)), None)
        if rank is not None and len(said := as_sought(value)) >= _SHORTEST:
            found.setdefault(rank, said)
    return found[min(found)] if found else None


def as_sought(text: str) -> str:
    """A number of a case without what varies from file to file: width, case, blanks, dashes."""
    return _WORD.sub("", folded(text)).upper()[:SERIAL_LENGTH]


def _bare(heading: str) -> str:
    return _NOISE.sub("", folded(heading)).casefold()
