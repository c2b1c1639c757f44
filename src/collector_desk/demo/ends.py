"""How cases end in the demo: a small placement of an earlier mandate, refreshed, recalled from and stopped in,
and whose rest goes back when the mandate is over. All by the acts and files a lead uses; nobody else works these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from collector_desk.demo.bank_file import write_demo_file, write_rows
from collector_desk.demo.book import DemoAccount, DemoPerson, Parameters, make_book
from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.services.book import bank_lists, cases, returning
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import case_words, placements

PEOPLE = 8
PLACED, REFRESHED, WORDS, OVER, RETURNED = 20, 7, 6, 5, 4
"""Days before today on which it comes, is refreshed, recalled from, is over, and goes back."""
_STRANGE = "6290009999999998"
_NUMBERED_FROM = 9001


class EarlierMandate:
    """Its placement and its people, day after day."""

    def __init__(
        self, lead: Seat, parameters: Parameters, words: Mapping[str, Any], today: date, seed: int
    ) -> None:
        rng = Random(seed + 1)  # noqa: S311 -- of its own: the weeks beside it stay the same
        self._lead = lead
        self._bank: Mapping[str, Any] = words["bank"]
        placed = today - timedelta(days=PLACED)
        found = make_book(parameters, words, size=PEOPLE, today=placed, rng=rng, first=_NUMBERED_FROM)
        self._people: Sequence[DemoPerson] = list(found)
        self._number = self._bank["placement"].format(day=placed, number=0)
        self.debtors: frozenset[str] = frozenset()
        """Who they are, once they are placed."""

    def morning(self, day: date, back: int, terms: PlacementTerms) -> None:
        """What the bank sends about it on a day, and what the lead does when it is over."""
        with TemporaryDirectory(prefix="collector-desk-demo-") as own:
            folder = Path(own)
            if back == PLACED:
                self._placed(folder, day, replace(terms, mandate_ends=day + timedelta(days=PLACED - OVER)))
            elif back == REFRESHED:
                self._refreshed(folder, day)
            elif back == WORDS:
                self._words(folder, day)
            elif back == RETURNED:
                mandate = next(one for one in bank_lists.board(self._lead) if one.number == self._number)
                returning.give_back(self._lead, mandate, folder / f"{self._number}-{day:%Y%m%d}.xlsx")

    def _placed(self, folder: Path, day: date, terms: PlacementTerms) -> None:
        path = folder / self._bank["filename"].format(day=day)
        write_demo_file(path, self._bank, self._number, day, self._people)
        seen = placements.preview(self._lead, path)
        placements.import_placement(self._lead, seen, {self._number: terms})
        found = (cases.find(self._lead, account.account_no) for _, account in self._all())
        self.debtors = frozenset(row.debtor_id for rows in found for row in rows)

    def _refreshed(self, folder: Path, day: date) -> None:
        """Newer figures: most went up by interest, one down."""
        rows = []
        for place, (person, account) in enumerate(self._all()):
            minor = account.amount * (97 if place == 1 else 101) // 100
            rows.append([self._number, account.account_no, person.name, f"{minor / 100:.2f}", day.isoformat()])
        path = folder / self._bank["balances"].format(day=day)
        write_rows(path, self._bank["balance_headings"], rows)
        placements.import_placement(self._lead, placements.preview(self._lead, path))

    def _words(self, folder: Path, day: date) -> None:
        """Two recalled, one stopped; one row is nobody's here."""
        said = self._bank["words"]
        rows = [
            [account.account_no, person.name, said[min(place // 2, 1)], day.isoformat(), self._bank["words_why"]]
            for place, (person, account) in enumerate(self._all()[:3])
        ]
        rows.append([_STRANGE, "某某", said[0], day.isoformat(), self._bank["words_why"]])
        path = folder / self._bank["word_list"].format(day=day)
        write_rows(path, self._bank["word_headings"], rows)
        case_words.import_words(self._lead, case_words.preview(self._lead, path))

    def _all(self) -> list[tuple[DemoPerson, DemoAccount]]:
        return [(person, person.accounts[0]) for person in self._people]
