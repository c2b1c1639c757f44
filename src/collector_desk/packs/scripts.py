"""Script packs from TOML: read strictly, proved, and every fault with its file and line.

A pack is a folder: ``pack.toml`` says what it is and lists its files, each file holds one script (docs/scripts.md).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field

from collector_desk.domain.calls.scripts import (
    Branch,
    Check,
    PackStatus,
    Phase,
    Script,
    ScriptPack,
    ScriptPurpose,
    ScriptTone,
    Step,
)
from collector_desk.domain.message import Trouble, msg
from collector_desk.domain.packs.script_proof import ProofFinding, Wording, prove
from collector_desk.domain.text.wording import Severity
from collector_desk.domain.vocabulary import ArrearsReason, Disclosure, Outcome, Speaker, Stage
from collector_desk.packs.lexicon import shipped_check
from collector_desk.packs.strict_toml import PackFault, Strict, parse
from collector_desk.packs.toml_lines import LineIndex

PACK_FILE = "pack.toml"
LANGUAGES = ("zh_CN", "en")


class BadScriptPack(Trouble):
    """A pack that can't be used; ``faults`` holds every reason with file and line."""

    def __init__(self, faults: Sequence[PackFault]) -> None:
        first = faults[0]
        super().__init__(
            "calls.scripts.bad_pack", count=len(faults), file=first.file, line=first.line, reason=first.message
        )
        self.faults = tuple(faults)


class _Pack(Strict):
    id: str = Field(pattern=r"[a-z0-9-]+")
    version: str = Field(min_length=1)
    language: str = Field(pattern="^(zh_CN|en)$")
    author: str = Field(min_length=1)
    status: PackStatus
    released_by: str = ""
    released_on: date | None = None
    scripts: list[str] = Field(min_length=1)


class _PackFile(Strict):
    pack: _Pack


class _Branch(Strict):
    label: str = Field(min_length=1)
    digit: str = ""
    check: Check | None = None
    to: str | None = None
    outcome: Outcome | None = None
    reason: ArrearsReason | None = None
    becomes: Speaker | None = None


class _Step(Strict):
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    phase: Phase
    headline: str = Field(min_length=1)
    say: str
    discloses: Disclosure
    audience: list[Speaker]
    branches: list[_Branch]
    guidance: list[str] = Field(default_factory=list)
    never_say: list[str] = Field(default_factory=list)


class _ScriptHead(Strict):
    purpose: ScriptPurpose
    title: str = Field(min_length=1)
    tone: ScriptTone
    entry: Speaker
    start: str
    begins: bool = True
    stage: Stage | None = None


class _ScriptFile(Strict):
    script: _ScriptHead
    step: list[_Step] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class _Source:
    """A script with the file and the lines it came from."""

    script: Script
    file: str
    lines: LineIndex


def read_script_pack(
    folder: Path, *, wording: Wording | None = None
) -> tuple[ScriptPack | None, tuple[PackFault, ...]]:
    """The pack in a folder as far as it can be read, with its faults. Trouble where a file can't be opened."""
    files = {PACK_FILE: _bytes(folder / PACK_FILE)}
    files |= {path.name: _bytes(path) for path in sorted(folder.glob("*.toml"))}
    return read_script_files(files, wording=wording)


def read_script_files(
    files: Mapping[str, bytes], *, wording: Wording | None = None
) -> tuple[ScriptPack | None, tuple[PackFault, ...]]:
    """The pack in these files (by name), with all faults: for an editor that shows them while one writes.

    The pack is None where a file isn't what it should be. Without ``wording`` the shipped lexicon checks what is
    said.
    """
    head, faults, lines = parse(PACK_FILE, files[PACK_FILE], _PackFile)
    if head is None:
        return None, tuple(faults)
    if head.pack.status is PackStatus.RELEASED and not (head.pack.released_by and head.pack.released_on):
        faults.append(PackFault(PACK_FILE, lines.line(("pack", "status")), msg("calls.scripts.release_unsigned")))
    # A script that lies there unlisted would be missing on a call without anybody noticing.
    for name in sorted(files.keys() - {PACK_FILE, *head.pack.scripts}):
        faults.append(
            PackFault(PACK_FILE, lines.line(("pack", "scripts")), msg("calls.scripts.unlisted", file=name))
        )
    sources: list[_Source] = []
    for index, name in enumerate(head.pack.scripts):
        if name not in files or name == PACK_FILE:
            line = lines.line(("pack", "scripts", index))
            faults.append(PackFault(PACK_FILE, line, msg("calls.scripts.no_file", file=name)))
            continue
        body, wrong, where = parse(name, files[name], _ScriptFile)
        faults += wrong
        if body is not None:
            sources.append(_Source(_script(body), name, where))
    if faults:
        return None, tuple(faults)
    pack = _pack(head.pack, sources, files_digest(files))
    found = [_fault(one, sources) for one in prove(pack, wording or lexicon_wording)]
    return pack, tuple(sorted(found, key=lambda one: (one.file, one.line)))


def files_digest(files: Mapping[str, bytes]) -> str:
    """What a pack of these files is known by: SHA-256 of the one file, or of all names and contents in order."""
    if len(files) == 1:
        return hashlib.sha256(next(iter(files.values()))).hexdigest()
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return whole.hexdigest()


def lexicon_wording(text: str, speaker: Speaker) -> tuple[str, ...]:
    """What the shipped lexicon forbids saying to somebody: the phrases as they stand in the text."""
    found = shipped_check().check(text, speaker)
    return tuple(text[one.start : one.end] for one in found if one.severity is Severity.BLOCK)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Trouble("calls.scripts.cannot_read", file=path.name) from error


def _script(body: _ScriptFile) -> Script:
    head = body.script
    return Script(
        purpose=head.purpose,
        title=head.title,
        tone=head.tone,
        entry=head.entry,
        start=head.start,
        begins=head.begins,
        stage=head.stage,
        steps=tuple(_step(one) for one in body.step),
    )


def _step(raw: _Step) -> Step:
    return Step(
        id=raw.id,
        phase=raw.phase,
        headline=raw.headline,
        say=raw.say.strip(),
        discloses=raw.discloses,
        audience=frozenset(raw.audience),
        branches=tuple(Branch(**one.model_dump()) for one in raw.branches),
        guidance=tuple(raw.guidance),
        never_say=tuple(raw.never_say),
    )


def _pack(head: _Pack, sources: Sequence[_Source], digest: str) -> ScriptPack:
    return ScriptPack(
        id=head.id,
        version=head.version,
        language=head.language,
        author=head.author,
        status=head.status,
        scripts=tuple(source.script for source in sources),
        released_by=head.released_by,
        released_on=head.released_on,
        digest=digest,
    )


def _fault(finding: ProofFinding, sources: Sequence[_Source]) -> PackFault:
    """A finding of the proof, at the line of its step or branch."""
    source = next((one for one in sources if one.script.purpose is finding.purpose), None)
    if source is None:
        return PackFault(PACK_FILE, 1, finding.message)
    index = next((n for n, step in enumerate(source.script.steps) if step.id == finding.step), None)
    if index is None:
        return PackFault(source.file, source.lines.line(("script",)), finding.message)
    where = ("step", index) if finding.branch is None else ("step", index, "branches", finding.branch)
    return PackFault(source.file, source.lines.line(where), finding.message)
