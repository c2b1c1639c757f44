"""Proving the history: the chain, every row against its digest, the signed heads, and the mark kept outside."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, select

from collector_desk.domain.message import Message, Trouble, msg
from collector_desk.domain.office.proof import (
    Compared,
    FaultKind,
    HistoryFault,
    PlacesFound,
    Sample,
    VerifyReport,
    Witness,
)
from collector_desk.domain.states import KeyPurpose, TieReason
from collector_desk.store.endorsements import Chain, chain_of
from collector_desk.store.foreign import travels
from collector_desk.store.heads import signed_text
from collector_desk.store.ids import packed, unpacked
from collector_desk.store.journal import CLOCK_KIND, HASHED, genesis, hash_at, line_hash, row_digest
from collector_desk.store.marks import NOTHING, Remembered, machine_print
from collector_desk.store.metadata import HISTORY
from collector_desk.store.money.digest import digest_of_money
from collector_desk.store.pairs import key_print
from collector_desk.store.projections.apply import PROJECTIONS
from collector_desk.store.projections.placed import PieceHash, digest_of
from collector_desk.store.projections.replay import (
    Difference,
    StateDigest,
    ToldBy,
    debtor_pages,
    desk_differences,
    differences,
    lost_debtors,
    of_debtors,
    of_the_desk,
    settled,
)
from collector_desk.store.soundness import bad_pages, odd_guards, odd_objects
from collector_desk.store.standing import Tie, holds, ties
from collector_desk.store.store import Store
from collector_desk.store.tables import bank_piece, bank_row, debtor, evidence, placed, placed_piece
from collector_desk.store.tables.history import ERASE_KIND, OWN, store_tie
from collector_desk.store.visits.pieces import content

PAGE = 2000
_AT, _KIND, _TABLE, _ROW, _DEBTOR, _DIGEST = map(
    ("seq", "origin", *HASHED).index, ("at", "kind", "table_name", "row_id", "debtor_id", "digest")
)
_LINES = (
    f"SELECT seq, origin, {', '.join(HASHED)}, hash FROM journal "  # noqa: S608
    "WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
)
_ERASED = "SELECT 1 FROM journal WHERE row_id = ? AND table_name = ? AND kind = ?"
_PIECES = {  # by the table of the lines that prove a piece: the table of its rows, and what of them is hashed
    placed_piece.name: (placed, "debtor_id"),
    bank_piece.name: (bank_row, "piece_id"),
}
_NOT_PLACED = (  # no line names them, and no file still under way does
    "SELECT p.id FROM placed p WHERE NOT EXISTS (SELECT 1 FROM placed_piece q WHERE q.id = p.piece_id) "
    "AND NOT EXISTS (SELECT 1 FROM debtor d JOIN batch b ON b.id = d.batch_id "
    "WHERE d.id = p.id AND b.state = 'staged') ORDER BY p.id"
)
_NOT_TOLD = (
    "SELECT r.id FROM bank_row r WHERE NOT EXISTS (SELECT 1 FROM bank_piece p WHERE p.id = r.piece_id) "
    "AND NOT EXISTS (SELECT 1 FROM batch WHERE state = 'staged' AND kind = 'payments') ORDER BY r.id"
)
Places = Callable[[Connection, Sequence[str]], PlacesFound]
"""Compares the queue's columns of some debtors with what their history adds up to."""

_KEPT = 100  # findings told one by one; the rest is counted


def verify(
    store: Store,
    kept: Remembered | None = None,
    *,
    root: bytes | None = None,
    witnesses: Sequence[Witness] = (),
    places: Places | None = None,
    sample: Sample | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> VerifyReport:
    """Go through the whole history in pages (memory stays flat; others may go on working meanwhile).

    ``kept`` is what ``marks.read`` found on this machine (None: nobody looked), ``root`` the key the verifier's own
    slot trusts, ``witnesses`` what papers, PDFs and backups saw; ``places`` compares the queue's columns, of the
    debtors of ``sample`` or else of all. Changes nothing. Damaged pages become a finding.
    """
    run = _Run(store, kept, witnesses)
    run.places, run.sample = places, sample
    try:
        run.pages()
        complete = run.stream(progress, cancelled) and run.state(progress, cancelled)
        if complete:
            run.finish(root)
    except Trouble as trouble:
        if trouble.message.code not in ("store.damaged", "store.wrong_key"):
            raise
        run.found(FaultKind.UNREADABLE, run.seq + 1)
        complete = True
    return run.report(complete=complete)


class _Run:
    """One verification on its way."""

    def __init__(self, store: Store, kept: Remembered | None, witnesses: Sequence[Witness]) -> None:
        self.store = store
        self.kept = kept or NOTHING
        self.looked = kept is not None
        self.seen = 0  # how far what this computer saw is here
        self.witnesses = dict.fromkeys(witnesses, False)  # and whether its line was met
        self.places: Places | None = None
        self.sample: Sample | None = None
        self.compared = Compared()
        self.told: dict[bytes, list[int]] = defaultdict(list)  # by debtor: the lines from which state follows
        self.seq = 0  # how far the stream has come, by arrival
        self.own = 0  # the last place of this store's own chain
        self.ends: dict[int, tuple[int, int, bytes]] = {}  # of each origin: place, time and hash so far
        self.rows: dict[str, int] = defaultdict(int)
        self.erased = 0
        self.good_heads = 0
        self.last_signed = 0
        self.ties: tuple[Tie, ...] = ()
        self.unsigned_ties: dict[int, Tie] = {}
        self.names: dict[str, str] = {}
        self.faults = 0
        self.findings: list[HistoryFault] = []
        self.heads: dict[int, list[tuple[bytes, str, int, bytes]]] = defaultdict(list)
        self.chain = Chain(store.store_id)
        self.key_faults: dict[int, tuple[FaultKind, str, str]] = {}
        self.elsewhere = 0  # lines of other stores whose rows stayed there
        self.debtors = 0  # whose state was compared
        self.digest = ""
        self.money = ""
        self.files: list[tuple[int, str, str, int]] = []  # evidence: journal line, id, SHA-256, size
        self.pieces: list[tuple[int, str, bytes, int, bytes]] = []  # of banks' files: line, table, id, rows, hash

    def found(self, fault: FaultKind, seq: int | None = None, table: str = "", row_id: str = "") -> None:
        self.faults += 1
        if len(self.findings) < _KEPT:
            self.findings.append(HistoryFault(fault, seq, table, row_id))

    def pages(self) -> None:
        """The pages first: what is read from a damaged one proves nothing."""
        with self.store.read() as conn:
            bad = bad_pages(conn)
        if bad:
            self.found(FaultKind.PAGES, None, str(bad))

    # --- the stream ------------------------------------------------------------------------------------

    def stream(self, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None) -> bool:
        with self.store.read() as conn:
            last = conn.exec_driver_sql("SELECT max(seq) FROM journal").scalar() or 0
            self._load(conn)
            for number, raw, prefix in conn.exec_driver_sql("SELECT number, store_id, prefix FROM origin"):
                whose = self.store.store_id if number == OWN else unpacked(raw)
                self.ends[number] = (0, 0, genesis(whose, prefix))
        while self.seq < last:
            if cancelled is not None and cancelled():
                return False
            with self.store.read() as conn:
                self._page(conn, last)
            if progress is not None:
                progress(min(self.seq, last), last)
        return self._files(cancelled) and self._pieces(cancelled)

    def _files(self, cancelled: Callable[[], bool] | None) -> bool:
        """The bytes of evidence against the hash its row carries; a piece in memory at a time."""
        for seq, evidence_id, sha256, size in self.files:
            digest, found = hashlib.sha256(), 0
            with self.store.read() as conn:
                for piece in content(conn, evidence_id):
                    if cancelled is not None and cancelled():
                        return False
                    digest.update(piece)
                    found += len(piece)
            if (digest.hexdigest(), found) != (sha256, size):
                self.found(FaultKind.CONTENT_CHANGED, seq, evidence.name, evidence_id)
        return True

    def _pieces(self, cancelled: Callable[[], bool] | None) -> bool:
        """What banks' files said, row by row and piece by piece, each against the line of its piece."""
        for piece in self.pieces:
            if cancelled is not None and cancelled():
                return False
            with self.store.read() as conn:
                self._piece(conn, *piece)
        with self.store.read() as conn:
            for table, statement in ((placed, _NOT_PLACED), (bank_row, _NOT_TOLD)):
                for (row_id,) in conn.exec_driver_sql(statement):
                    self.found(FaultKind.ROW_EXTRA, None, table.name, unpacked(row_id))
        return True

    def _piece(self, conn: Connection, seq: int, lines: str, piece_id: bytes, rows: int, rows_hash: bytes) -> None:
        proof, before = PieceHash(), self.faults
        table, owner = _PIECES[lines]
        statement = (
            f"SELECT id, salt, position, {owner}, digest, skeleton, content FROM {table.name} "  # noqa: S608
            "WHERE piece_id = ? ORDER BY position"
        )
        for raw, salt, position, whose, digest, skeleton, said in _bare(conn, statement, (piece_id,)):
            fault = None
            if position != proof.rows:
                fault = FaultKind.ROW_MISSING if position > proof.rows else FaultKind.ROW_EXTRA
            elif salt is None:
                self.erased += 1
                erased = conn.exec_driver_sql(_ERASED, (raw, table.name, ERASE_KIND)).scalar()
                fault = FaultKind.BLANKED if erased is None else None
            elif not _fits(salt, skeleton, said, digest):
                fault = FaultKind.ROW_CHANGED
            if fault is not None:
                self.found(fault, seq, table.name, unpacked(raw))
            if isinstance(skeleton, str):
                proof.add(raw, whose, digest, skeleton)
        self.rows[table.name] += proof.rows
        if self.faults == before and proof.rows != rows:
            fault = FaultKind.ROW_MISSING if proof.rows < rows else FaultKind.ROW_EXTRA
            self.found(fault, seq, table.name, unpacked(piece_id))
        elif self.faults == before and proof.value() != rows_hash:
            self.found(FaultKind.ROW_CHANGED, seq, table.name, unpacked(piece_id))

    def _load(self, conn: Connection) -> None:
        for seq, *rest in conn.exec_driver_sql("SELECT seq, hash, person_id, at, signature FROM signed_head"):
            self.heads[seq].append((rest[0], unpacked(rest[1]), rest[2], rest[3]))
        self.chain = chain_of(conn, self.store.store_id)
        self.key_faults = {seq: (fault, table, row) for fault, seq, table, row in self.chain.faults}
        self.names = {unpacked(row[0]): row[1] for row in conn.exec_driver_sql("SELECT id, name FROM person")}
        self.ties = tuple(ties(conn, self.store.store_id, self.chain))
        self.unsigned_ties = {tie.seq: tie for tie in self.ties if not tie.counts}

    def _page(self, conn: Connection, last: int) -> None:
        lines = _bare(conn, _LINES, (self.seq, last, PAGE))
        if not lines:  # max(seq) lied, or the pages are cut off
            self.found(FaultKind.LINE_MISSING, self.seq + 1)
            self.seq = last
            return
        wanted = defaultdict(list)
        for line in lines:
            wanted[line[_TABLE]].append(line[_ROW])
        rows = {name: self._fetch(conn, name, ids) for name, ids in wanted.items()}
        for line in lines:
            self._line(line)
            if line[_DEBTOR] is not None and line[_TABLE] in PROJECTIONS and line[_KIND] != ERASE_KIND:
                self.told[line[_DEBTOR]].append(line[0])
            self._row(conn, line, rows[line[_TABLE]])

    def _fetch(self, conn: Connection, name: str, ids: list[bytes]) -> dict[bytes, tuple[Any, ...]]:
        table = _table(name)
        if table is None:
            return {}
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        found = _bare(
            conn,
            f"SELECT {columns} FROM {table.name} WHERE id IN (SELECT unhex(value) FROM json_each(?))",  # noqa: S608
            (json.dumps([row_id.hex() for row_id in ids]),),
        )
        return {row[0]: row for row in found}  # id is the first column of every history table

    def _line(self, line: tuple[Any, ...]) -> None:
        seq, origin, place, at, own = line[0], line[1], line[2], line[_AT], line[-1]
        name, row_id = line[_TABLE], line[_ROW].hex()
        last, before, prev = self.ends.get(origin, (0, 0, b""))
        if seq != self.seq + 1:
            self.found(FaultKind.LINE_MISSING, self.seq + 1)
        elif place != last + 1 and origin == OWN:
            self.found(FaultKind.LINE_MISSING, last + 1)
        elif place == last + 1 and line_hash(prev, line[2:-1]) != own:
            self.found(FaultKind.LINE_CHANGED, seq, name, row_id)
        if at < before and line[_KIND] != CLOCK_KIND:
            self.found(FaultKind.TIME_BACK, seq, name, row_id)
        self.seq = seq  # go on from what is written: one fault is told once
        self.ends[origin] = (place, at, own)
        if seq in self.key_faults:
            fault, table, row = self.key_faults[seq]
            self.found(fault, seq, table, row)
        if seq in self.unsigned_ties:
            self.found(FaultKind.TIE_UNSIGNED, seq, store_tie.name, self.unsigned_ties[seq].row_id)
        if origin == OWN:
            self.own = place
            for one in self.witnesses:
                if one.place in (0, place) and own.hex().startswith(one.hash):
                    self.witnesses[one] = True
            for signed in self.heads.pop(place, ()):
                self._head(place, own, *signed)

    def _row(self, conn: Connection, line: tuple[Any, ...], rows: dict[bytes, tuple[Any, ...]]) -> None:
        seq, kind, name, raw, digest = line[0], line[_KIND], line[_TABLE], line[_ROW], line[_DIGEST]
        row = rows.get(raw)
        if row is None:
            if line[1] != OWN and not travels(name, line[_DEBTOR]):
                self.elsewhere += 1
            else:
                self.found(FaultKind.ROW_MISSING, seq, name, raw.hex())
            return
        names = _names(name)
        salt = row[1]  # as with id: the second column
        if kind == ERASE_KIND:
            if salt is not None:
                self.found(FaultKind.NOT_ERASED, seq, name, raw.hex())
            elif row_digest(b"", names, row) != digest:
                self.found(FaultKind.ROW_CHANGED, seq, name, raw.hex())
            return
        self.rows[name] += 1
        if salt is None:
            self.erased += 1
            said = conn.exec_driver_sql(_ERASED, (raw, name, ERASE_KIND)).scalar()
            if said is None:
                self.found(FaultKind.BLANKED, seq, name, raw.hex())
        elif not isinstance(salt, bytes) or row_digest(salt, names, row) != digest:
            self.found(FaultKind.ROW_CHANGED, seq, name, raw.hex())
        elif name == evidence.name:
            of_row = dict(zip(names, row, strict=True))
            self.files.append((seq, unpacked(raw), str(of_row["sha256"]), int(str(of_row["size"]))))
        elif name in _PIECES:
            of_row = dict(zip(names, row, strict=True))
            self.pieces.append((seq, name, raw, int(str(of_row["rows"])), of_row["rows_hash"]))

    def _head(self, seq: int, own: bytes, signed: bytes, person_id: str, at: int, signature: bytes) -> None:
        fault = self._signature_fault(seq, signed, person_id, at, signature)
        if fault is not None:
            self.found(fault, seq, "signed_head", person_id)
        elif signed != own:
            self.found(FaultKind.HEAD_DIFFERS, seq, "signed_head", person_id)
        else:
            self.good_heads += 1
            self.last_signed = max(self.last_signed, seq)

    def _signature_fault(
        self, seq: int, signed: bytes, person_id: str, at: int, signature: bytes
    ) -> FaultKind | None:
        text = signed_text(self.store.store_id, seq, signed, person_id, at)
        return self.chain.signer(signature, text, person_id, seq)

    # --- what is shown ---------------------------------------------------------------------------------

    def state(self, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None) -> bool:
        """Every row of projected state against what the history says, a page of debtors at a time."""
        digest = StateDigest()
        with self.store.read() as conn:
            pages = list(debtor_pages(conn))
            self._differ(Difference(debtor.name, lost) for lost in lost_debtors(conn))
        count = sum(map(len, pages))
        drawn = None if self.sample is None else self.sample.of([one for page in pages for one in page])
        for page in pages:
            if cancelled is not None and cancelled():
                return False
            before = self.faults
            with self.store.read() as conn:
                lines = ToldBy(self.seq, [seq for one in page for seq in self.told.get(packed(one), ())])
                said = of_debtors(conn, page, lines)
                alone = settled(conn, page)
                self._differ(differences(conn, alone, said if alone == page else of_debtors(conn, alone, lines)))
                asked = [one for one in page if drawn is None or one in drawn]
                if self.places is not None and asked:
                    # of whom something else is amiss nothing can be worked out
                    whole = set(alone) if self.faults == before else set()
                    self._place(conn, [one for one in asked if one in whole], len(asked))
            digest.add(said)
            self.debtors += len(page)
            if progress is not None:
                progress(self.debtors, count)
        with self.store.read() as conn:
            said = of_the_desk(conn)
            self._differ(desk_differences(conn, said))
            self.money = digest_of_money(conn)
        digest.add(said)
        self.digest = digest.value()
        return True

    def _place(self, conn: Connection, debtor_ids: list[str], asked: int) -> None:
        assert self.places is not None  # noqa: S101 -- asked before
        found = self.places(conn, debtor_ids)
        self.compared = self.compared.with_more(len(found.compared), asked - len(found.compared))
        self._differ(Difference(debtor.name, one) for one in found.odd)

    def _differ(self, found: Iterable[Difference]) -> None:
        for table, key in dict.fromkeys((one.table, one.key) for one in found):
            self.found(FaultKind.STATE_DIFFERS, None, table, key)

    # --- after the stream ------------------------------------------------------------------------------

    def finish(self, root: bytes | None) -> None:
        known = (root, *(mark.root for mark in self.kept.marks))
        if any(key is not None and key not in self.chain.roots for key in known):
            self.found(FaultKind.ROOT_DIFFERS)
        with self.store.read() as conn:
            extra = self._extra_rows(conn)
            for name in odd_guards(conn):
                self.found(FaultKind.TRIGGER, None, name)
            for name in odd_objects(conn):
                self.found(FaultKind.SCHEMA, None, name)
        ahead = [seq for seq in self.heads if seq > 0]
        if ahead:  # heads signed for lines that are not there
            self.found(FaultKind.TAIL_CUT, self.own + 1)
        self._remembered(tail_cut=bool(ahead or extra))
        for one, met in self.witnesses.items():
            if not met:
                self.found(FaultKind.WITNESS, one.place, one.name)

    def _remembered(self, *, tail_cut: bool) -> None:
        """What this computer saw of the store; it may have been worked on since."""
        given_up = {one for tie in self.ties if tie.counts for one in tie.given_up}
        with self.store.read() as conn:
            here = machine_print(self.store.store_id)
            known = conn.execute(select(store_tie.c.id).where(store_tie.c.machine == here)).first() is not None
            fitting = [mark for mark in self.kept.marks if holds(conn, mark)]
            odd = [
                (mark, hash_at(conn, mark.place))
                for mark in self.kept.marks
                if mark not in fitting and mark.hash not in given_up
            ]
        self.seen = max((mark.place for mark in fitting), default=0)
        if self.kept.foreign:
            self.found(FaultKind.FOREIGN)
        if self.looked and not self.kept.marks and (known or self.kept.unread):
            self.found(FaultKind.MARKS_GONE)
        for mark, there in {mark.hash: (mark, there) for mark, there in odd}.values():
            if there is not None:
                self.found(FaultKind.HEAD_DIFFERS, mark.place, "mark")
            # rows or heads without their lines are what a cut leaves; a store whole in itself is an older copy
            elif not tail_cut:
                self.found(FaultKind.OLDER_COPY, self.own + 1)
            elif not any(finding.fault is FaultKind.TAIL_CUT for finding in self.findings):
                self.found(FaultKind.TAIL_CUT, self.own + 1)

    def _extra_rows(self, conn: Connection) -> bool:
        extra = False
        for name in sorted(HISTORY):
            count = conn.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() or 0  # noqa: S608
            if count == self.rows[name]:
                continue
            for (row_id,) in conn.exec_driver_sql(
                f"SELECT id FROM {name} t WHERE NOT EXISTS "  # noqa: S608
                "(SELECT 1 FROM journal j WHERE j.row_id = t.id AND j.table_name = ? AND j.kind <> ?) ORDER BY id",
                (name, ERASE_KIND),
            ):
                self.found(FaultKind.ROW_EXTRA, None, name, unpacked(row_id))
                extra = True
        return extra

    def report(self, *, complete: bool) -> VerifyReport:
        rows = sum(self.rows.values())
        proved: list[Message] = []
        unproved: list[Message] = []
        if complete and not self.faults:
            proved.append(msg("store.proved_chain", lines=self.seq, rows=rows - self.erased))
            proved.append(msg("store.proved_state", debtors=self.debtors, digest=self.digest[:16]))
            if self.compared.debtors:
                proved.append(self._proved_places())
            if self.good_heads:
                root = key_print(self.chain.roots[-1])
                proved.append(msg("store.proved_heads", heads=self.good_heads, last=self.last_signed, root=root))
            if self.seen:
                proved.append(msg("store.proved_mark", seq=self.seen))
            proved += [msg("store.proved_witness", name=one.name) for one in self.witnesses]
        if complete and not self.faults:
            unproved += self._unproved_places()
        if self.own > self.last_signed:
            unproved.append(msg("store.unproved_unsigned", count=self.own - self.last_signed))
        if not self.kept.marks:
            unproved.append(msg("store.unproved_no_mark"))
        if not self.kept.machine_there:
            unproved.append(msg("store.unproved_one_mark"))
        unproved += [
            msg(f"store.unproved_tied{'_alone' * tie.alone}", at=tie.at, person=self.names.get(tie.person_id, "?"))
            for tie in self.ties
            if tie.counts and tie.why not in (TieReason.MADE, TieReason.RESTORED, TieReason.AGREED)
        ]
        recovered = [
            key for keys in self.chain.keys.values() for key in keys if key.purpose == KeyPurpose.RECOVERED
        ]
        unproved += [
            msg("store.unproved_recovered", at=key.at, person=self.names.get(key.holder, "?"))
            for key in sorted(recovered, key=lambda one: one.since)
        ]
        if self.elsewhere:
            unproved.append(msg("store.unproved_elsewhere", count=self.elsewhere))
        if self.erased:
            unproved.append(msg("store.unproved_erased", count=self.erased))
        unproved.append(msg("store.unproved_owner"))
        return VerifyReport(
            lines=self.seq,
            rows=rows,
            erased=self.erased,
            heads=self.good_heads,
            faults=self.faults,
            findings=tuple(self.findings),
            proved=tuple(proved),
            unproved=tuple(unproved),
            complete=complete,
            money=self.money,
        )

    def _proved_places(self) -> Message:
        """How many debtors' place was worked out anew, and how they were chosen."""
        figures = {"debtors": self.compared.debtors, "of": self.debtors}
        if self.sample is None or self.compared.debtors == self.debtors:
            return msg("store.proved_places", **figures)
        return msg("store.proved_places_drawn", **figures, seed=self.sample.seed)

    def _unproved_places(self) -> list[Message]:
        unproved = []
        if self.compared.waiting:
            unproved.append(msg("store.unproved_waiting", count=self.compared.waiting))
        others = self.debtors - self.compared.debtors - self.compared.waiting
        if others:
            unproved.append(msg("store.unproved_places", count=others))
        return unproved


def _bare(conn: Connection, sql: str, arguments: tuple[object, ...]) -> list[tuple[Any, ...]]:
    """Rows as the driver gives them: over millions of lines SQLAlchemy's rows are a third of the time."""
    raw: Any = conn.connection.driver_connection
    rows: list[tuple[Any, ...]] = raw.execute(sql, arguments).fetchall()
    return rows


def _table(name: str) -> Table | None:
    """The table a line of the journal may speak of. Of what banks told single rows have a line once erased."""
    return next((table for table, _ in _PIECES.values() if table.name == name), HISTORY.get(name))


@cache
def _names(name: str) -> tuple[str, ...]:
    table = _table(name)
    return () if table is None else tuple(table.c.keys())


def _fits(salt: object, skeleton: object, said: object, digest: object) -> bool:
    """Whether a row of what was placed is as it was written; whatever anybody may have put there."""
    if not (isinstance(salt, bytes) and isinstance(skeleton, str) and isinstance(said, str)):
        return False
    return digest_of(salt, skeleton, said) == digest
