"""A bank that sends lists of cases, taken in at once."""

import csv

from sqlalchemy import select

from collector_desk.intake.columns import NO_CHOICE
from collector_desk.services.intake import case_words, recognise
from collector_desk.services.intake.case_words import CaseWordsDryRun
from collector_desk.store import tables as t


class WordsOfBank:
    """Sends lists, each with the next name."""

    def __init__(self, seat, folder):
        self.seat, self.folder, self.sent = seat, folder, 0

    def account(self, who):
        with self.seat.store.read() as conn:
            wanted = select(t.account_case.c.account_number).where(t.account_case.c.debtor_id == who)
            return conn.execute(wanted.order_by(t.account_case.c.id)).scalars().first()

    def file(self, heading, *rows, name="名单"):
        self.sent += 1
        path = self.folder / f"{name}{self.sent}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            told = csv.writer(out)
            told.writerow(heading)
            told.writerows(rows)
        return path

    def seen(self, path) -> CaseWordsDryRun:
        """The preview, by way of what the file is recognised as."""

        def nobody(*_):
            return None

        found = recognise.preview(
            self.seat, path, password=None, hidden=NO_CHOICE, progress=nobody, cancelled=lambda: False
        )
        assert isinstance(found, CaseWordsDryRun), found
        return found

    def says(self, heading, *rows, name="名单"):
        return case_words.import_words(self.seat, self.seen(self.file(heading, *rows, name=name)))

    def recalls(self, *who, day="2026-11-20"):
        rows = [(self.account(one), "某某", day, "客户投诉") for one in who]
        return self.says(("账户号", "客户姓名", "撤案日期", "撤案原因"), *rows)

    def stops(self, *who):
        return self.says(("账户号", "姓名", "停催原因"), *[(self.account(one), "某某", "协商中") for one in who])

    def lifts(self, *who):
        return self.says(("账号", "姓名", "处理方式"), *[(self.account(one), "某某", "恢复催收") for one in who])

    def keeps(self, *answers):
        """Answers of debtor, yes or no, until when."""
        rows = [(self.account(who), "某某", yes, until) for who, yes, until in answers]
        return self.says(("账户号", "姓名", "是否同意留案", "留案至"), *rows)
