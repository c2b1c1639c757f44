"""A bank that sends payment files."""

import csv
from datetime import date

import pytest
from sqlalchemy import select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind
from collector_desk.domain.vocabulary import Role
from collector_desk.services.intake import coverage, payments, placements
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.intake.placement_plan import FiguresTold
from collector_desk.store import tables as t

HEADER = ("账户号", "客户姓名", "还款日期", "还款金额", "流水号")
PLACED = (
    "委案批次号",
    "账户号",
    "客户姓名",
    "证件号码",
    "最新欠款",
    "逾期天数",
    "本人手机",
    "数据日期",
    "最低还款额",
)


def nov(day: int) -> date:
    return date(2026, 11, day)


class Bank:
    """Sends files, each with the next name."""

    def __init__(self, seat, folder):
        self.seat, self.folder, self.sent = seat, folder, 0

    def account(self, who):
        with self.seat.store.read() as conn:
            wanted = select(t.account_case.c.account_number).where(t.account_case.c.debtor_id == who)
            return conn.execute(wanted).scalar_one()

    def tells(self, *rows, covers=None, kind=FileKind.NEW, named=""):
        """Rows of debtor, day, yuan, reference; the days told of; the bank's name, where nothing else tells it."""
        self.sent += 1
        file = self.folder / f"还款{self.sent}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            told = csv.writer(out)
            told.writerow(HEADER)
            for who, day, yuan, reference in rows:
                account = who if who.startswith("62") else self.account(who)
                told.writerow((account, "某某", nov(day).isoformat(), yuan, reference))
        span = DaySpan(nov(covers[0]), nov(covers[1])) if covers else None
        seen = payments.preview(self.seat, file, FileTold(named, kind, span))
        return payments.import_payments(self.seat, seen)

    def written(self, *rows, name=""):
        """A placement file: rows of debtor, day of the figure (None: it says none), yuan, and what else is said
        otherwise than on file."""
        self.sent += 1
        file = self.folder / (name or f"委案{self.sent}.csv")
        with file.open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out)
            lines.writerow(PLACED)
            for who, day, yuan, *more in rows:
                lines.writerow((self._row(who, day, yuan) | dict(*more)).values())
        return file

    def _row(self, who, day, yuan):
        with self.seat.store.read() as conn:
            person = conn.execute(select(t.debtor).where(t.debtor.c.id == who)).one()
            number = conn.execute(select(t.placement.c.number)).scalars().first()
        said = (number, self.account(who), person.name, person.id_number, yuan, "", "", nov(day) if day else "", "")
        return dict(zip(PLACED, said, strict=True))

    def previews(self, *rows, as_of=None, name=""):
        """What a placement file would do."""
        return placements.preview(self.seat, self.written(*rows, name=name), FiguresTold(as_of and nov(as_of)))

    def refreshes(self, *rows, as_of=None, name=""):
        """Take a placement file in."""
        seen = self.previews(*rows, as_of=as_of, name=name)
        return placements.import_placement(
            self.seat, seen, dict.fromkeys(seen.ask_terms, PlacementTerms("某某银行"))
        )


SECOND = "方组长"


@pytest.fixture
def second(seat_of):
    """Another lead: what takes two people is agreed to by them."""
    return seat_of(SECOND, Role.LEAD)


@pytest.fixture
def none_paid(manager, second):
    """Two say that nothing was paid up to a day of November."""

    def say(day, name="某某银行"):
        assert coverage.none_until(manager, name, nov(day)).waits
        assert not coverage.none_until(second, name, nov(day)).waits

    return say


@pytest.fixture
def bank(manager, tmp_path):
    return Bank(manager, tmp_path)
