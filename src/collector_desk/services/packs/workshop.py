"""The workshop: a lead changes a copy of a pack, tries it and hands it in; legal or a manager releases it.

A copy is a draft of its author, kept as one types. Handed in it becomes a version: its content is history. Who
wrote a version or handed it in can't release it; going back to an earlier version is handing that one in again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from collector_desk.domain.calls.said_instead import whole
from collector_desk.domain.calls.script_fields import ScriptField, spoken_facts
from collector_desk.domain.calls.scripts import ScriptPack, ScriptPurpose, Walk
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, msg
from collector_desk.domain.packs.life import PackKind, PackStep, StepLine, alone, in_use, latest, refuse_release
from collector_desk.domain.people import Act, may, require
from collector_desk.domain.states import DraftKind
from collector_desk.domain.text.diff import FileDiff, diff_files
from collector_desk.domain.text.merging import Draft
from collector_desk.packs.pack_files import check_files, files_digest, head_file, head_of, raw, renamed
from collector_desk.packs.rehearsal import invented_facts
from collector_desk.packs.scripts import PACK_FILE, read_script_files
from collector_desk.packs.strict_toml import PackFault
from collector_desk.packs.try_words import TriedWords, read_words
from collector_desk.services.desk import drafts
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.packs import releases
from collector_desk.services.packs import shipped as packs
from collector_desk.services.packs.in_use import files_of
from collector_desk.services.packs.releases import PackState
from collector_desk.services.packs.shipped import ShippedPack
from collector_desk.store.desk import drafts as kept
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.packs import versions

_LAST_NUMBER = re.compile(r"(?<!\d)(\d{1,18})(?=\D*\Z)")


@dataclass(frozen=True, slots=True)
class PackDraft:
    """A copy being changed: whose copy it is, and its files as typed so far."""

    id: str
    kind: PackKind
    pack_id: str
    language: str
    base: str  # SHA-256 of the version it was copied from
    files: Mapping[str, str] = field(repr=False)
    saved_at: datetime | None = None

    @property
    def version(self) -> str:
        """The version the draft says it is."""
        return head_of(self.kind, self.files).version


@dataclass(frozen=True, slots=True)
class Judged:
    """What checking a draft found; ``pack`` are its scripts where they can be read without a fault."""

    faults: tuple[PackFault, ...]
    pack: ScriptPack | None = None

    @property
    def begins(self) -> tuple[tuple[ScriptPurpose, str], ...]:
        """The scripts a call can begin with: purpose and title."""
        return tuple((one.purpose, one.title) for one in self.pack.scripts if one.begins) if self.pack else ()


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A walk through a draft's scripts with the words of an invented case; nothing of it is kept."""

    walk: Walk
    words: Mapping[ScriptField, str]


def content(seat: Seat, state: PackState) -> dict[str, str]:
    """The files of a version."""
    with seat.store.read() as conn:
        return files_of(conn, state.sha256)


def in_use_content(seat: Seat, kind: PackKind, pack_id: str) -> tuple[PackState, dict[str, str]]:
    """The version calls go by, with its files, else the shipped one: what a draft is compared with."""
    found = [state for state in releases.states(seat) if (state.kind, state.id) == (kind, pack_id)]
    state = sorted(found, key=lambda one: (one.in_use, one.shipped))[-1]
    return state, content(seat, state)


# --- drafts ----------------------------------------------------------------------------------------------


def copy(seat: Seat, state: PackState) -> PackDraft:
    """A copy to change: the next version, by the person at the seat."""
    require(seat.person, Act.EDIT_PACKS)
    with seat.store.read() as conn:
        files = files_of(conn, state.sha256)
        known = {version for _, version in _of_pack(conn, state.kind, state.id)}
    version = state.version
    while version and (version in known or version == state.version):
        version = _next(version)
    files = renamed(files, version=version, author=seat.person.name)
    draft = PackDraft(new_id(), state.kind, state.id, state.language, state.sha256, files)
    keep(seat, draft)
    return replace(draft, saved_at=seat.now())


def keep(seat: Seat, draft: PackDraft) -> None:
    """Keep what is typed so far; call it within a second of typing."""
    plain = {
        "pack_kind": draft.kind.value,
        "pack_id": draft.pack_id,
        "language": draft.language,
        "base": draft.base,
        "files": dict(draft.files),
    }
    drafts.save(seat, DraftKind.PACK, draft.id, plain)


def drafts_of(seat: Seat) -> tuple[PackDraft, ...]:
    """The person's own drafts, the last begun first."""
    with seat.store.read() as conn:
        found = kept.of_person(conn, DraftKind.PACK, seat.person.id)
    return tuple(_draft_of(one) for one in found)


def _draft_of(draft: Draft) -> PackDraft:
    said = draft.content
    return PackDraft(
        draft.subject_id,
        PackKind(said["pack_kind"]),
        said["pack_id"],
        said["language"],
        said["base"],
        said["files"],
        draft.saved_at,
    )


def give_up(seat: Seat, draft: PackDraft) -> None:
    """Throw a draft away."""
    drafts.discard(seat, DraftKind.PACK, draft.id)


def judge(draft: PackDraft) -> Judged:
    """All that is wrong, by file and line. Takes up to a few tenths of a second: run it beside the window."""
    pack: ScriptPack | None = None
    if draft.kind is PackKind.SCRIPTS and PACK_FILE in draft.files:
        pack, faults = read_script_files(raw(draft.files))
    else:
        faults = check_files(draft.kind, draft.files)
    head = head_of(draft.kind, draft.files)
    if (head.id, head.language) != (draft.pack_id, draft.language) and not faults:
        what = msg(
            "packs.another_pack",
            found=f"{head.id} {head.language}".strip(),
            wanted=f"{draft.pack_id} {draft.language}".strip(),
            file=head_file(draft.files),
        )
        faults = (PackFault(head_file(draft.files), 1, what),)
    return Judged(faults, None if faults else pack)


def check(draft: PackDraft) -> tuple[PackFault, ...]:
    """The faults alone."""
    return judge(draft).faults


def diff(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FileDiff, ...]:
    """What changed between two versions, file by file."""
    return diff_files(old, new)


# --- the way to a release --------------------------------------------------------------------------------


def hand_in(seat: Seat, draft: PackDraft, note: str = "") -> Changes:
    """Hand the draft to legal: its content is history from now on, the draft is gone.

    Raises Refused where it has faults, changes nothing, or bears the version of another content.
    """
    require(seat.person, Act.EDIT_PACKS)
    faults = check(draft)
    if faults:
        raise _faulty(faults)
    sha256, version = files_digest(raw(draft.files)), draft.version
    with acting(seat, "pack.hand_in") as act:
        shipped = [(pack.sha256, pack.version) for pack in packs.shipped() if _same(pack, draft)]
        for known, its_version in (*_of_pack(act.conn, draft.kind, draft.pack_id), *shipped):
            if known == sha256:
                raise Refused("packs.unchanged", version=its_version)
            if version and its_version == version:
                raise Refused("packs.same_version", version=version, file=head_file(draft.files))
        pack = ShippedPack(draft.kind, draft.pack_id, draft.language, version, sha256, draft.files)
        version_id = releases.add_version(act, pack, seat.person.id)
        releases.step(act, seat, version_id, PackStep.HANDED_IN, note)
        kept.forget(act.conn, DraftKind.PACK, draft.id)
    return Changes(settings=True)


def propose(seat: Seat, state: PackState, reason: str) -> Changes:
    """Hand in a version that exists already: going back to an earlier one, or to what came with the program."""
    if not may(seat.person.roles, Act.RELEASE_PACKS):
        require(seat.person, Act.EDIT_PACKS)
    _want(reason)
    with acting(seat, "pack.hand_in") as act:
        version_id = _version_id(act, state)
        lines = versions.steps(act.conn)
        last, used = latest(lines).get(version_id), in_use(lines).get((state.kind, state.id))
        if used is not None and used.version_id == version_id:
            raise Refused("packs.in_use_already")
        if last is not None and last.step is PackStep.HANDED_IN:
            raise Refused("packs.handed_in_already")
        releases.step(act, seat, version_id, PackStep.HANDED_IN, reason.strip())
    return Changes(settings=True)


def return_(seat: Seat, state: PackState, reason: str) -> Changes:
    """Give a handed-in version back to its author, saying why."""
    require(seat.person, Act.RELEASE_PACKS)
    _want(reason)
    with acting(seat, "pack.return") as act:
        version_id = _version_id(act, state)
        last = latest(versions.steps(act.conn)).get(version_id)
        if last is None or last.step is not PackStep.HANDED_IN:
            raise Refused("packs.not_handed_in")
        releases.step(act, seat, version_id, PackStep.RETURNED, reason.strip())
    return Changes(settings=True)


def release(seat: Seat, state: PackState, note: str = "") -> Changes:
    """Release a version, having read it, by name and date: calls go by it from now on.

    Refused to who wrote it or handed it in. What came with the program needs no handing in as long as the store
    released no version of its own.
    """
    require(seat.person, Act.RELEASE_PACKS)
    with acting(seat, "pack.release") as act:
        lines = versions.steps(act.conn)
        if not _alone(state, lines):
            if state.version_id is None:
                raise Refused("packs.not_handed_in")
            refuse_release(state.version_id, lines, seat.person.id)
        releases.step(act, seat, _version_id(act, state), PackStep.RELEASED, note.strip())
    return Changes(settings=True)


def withdraw(seat: Seat, state: PackState, reason: str) -> Changes:
    """Take a version out of use at once, or a handed-in one back; a released one only by who may release.

    With the version in use withdrawn, no call can be made until another one is released.
    """
    _want(reason)
    with acting(seat, "pack.withdraw") as act:
        version_id = _version_id(act, state)
        lines = versions.steps(act.conn)
        last, used = latest(lines).get(version_id), in_use(lines).get((state.kind, state.id))
        own = last is not None and last.step is PackStep.HANDED_IN and last.actor_id == seat.person.id
        if not own:
            require(seat.person, Act.RELEASE_PACKS)
            if used is None or used.version_id != version_id:
                raise Refused("packs.not_in_use")
        releases.step(act, seat, version_id, PackStep.WITHDRAWN, reason.strip())
    return Changes(settings=True)


# --- rehearsal -------------------------------------------------------------------------------------------


def rehearse(
    seat: Seat, draft: PackDraft, purpose: ScriptPurpose, case_id: str = "first", *, judged: Judged | None = None
) -> Rehearsal:
    """Begin a call with the draft's scripts and an invented case. Refused while the draft has faults.

    ``judged`` is what ``judge`` found of this draft, where that is known.
    """
    if draft.kind is not PackKind.SCRIPTS:
        raise Refused("packs.no_walk")
    found = judged or judge(draft)
    pack = found.pack
    if pack is None:
        raise _faulty(found.faults)
    try:
        script = pack.script(purpose)
        home = None if script and script.identity_step else ScriptPurpose.POLITE
        walk = Walk.begin(pack, purpose, home=home)
    except ValueError as error:
        raise Refused("packs.no_such_script") from error
    facts = invented_facts(
        case_id, draft.language, seat.local(seat.now()), for_guarantor=purpose is ScriptPurpose.GUARANTOR
    )
    return Rehearsal(walk, whole(spoken_facts(facts, draft.language), draft.language))


def words(draft: PackDraft, language: str) -> TriedWords:
    """What can be tried of a pack of words without a fault. Takes some tenths of a second: not in the window."""
    if draft.kind is not PackKind.OBJECTIONS:
        raise Refused("packs.no_walk")
    return read_words(draft.files, language)


# --- helpers ---------------------------------------------------------------------------------------------


def _faulty(faults: tuple[PackFault, ...]) -> Refused:
    first = faults[0]
    return Refused("packs.has_faults", count=len(faults), file=first.file, line=first.line, reason=first.message)


def _same(pack: ShippedPack, draft: PackDraft) -> bool:
    return (pack.kind, pack.id) == (draft.kind, draft.pack_id)


def _alone(state: PackState, lines: list[StepLine]) -> bool:
    return state.shipped and alone((state.kind, state.id), state.version_id, lines)


def _want(reason: str) -> None:
    if len(reason.strip()) < 2:
        raise Refused("packs.reason_missing", field_name="reason")


def _version_id(act: Writing, state: PackState) -> str:
    if state.version_id is not None:
        return state.version_id
    return releases.kept(act, next(pack for pack in packs.shipped() if pack.sha256 == state.sha256))


def _of_pack(conn: Connection, kind: PackKind, pack_id: str) -> list[tuple[str, str]]:
    """Digest and version of every version the store keeps of a pack."""
    return [(one.sha256, one.version) for one in versions.versions(conn) if one.pack == (kind, pack_id)]


def _next(version: str) -> str:
    """The version one higher in its last number: 2026.1 → 2026.2."""
    raised, count = _LAST_NUMBER.subn(lambda found: str(int(found[1]) + 1), version, count=1)
    return raised if count else f"{version}.1"
