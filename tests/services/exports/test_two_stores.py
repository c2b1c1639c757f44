"""What another store sent to the bank is known here once its lines are taken in: it goes out once."""

import csv
import io

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import Outcome, SentMark
from collector_desk.services.exports.contacts import Wish, export, placement_numbered, preview
from tests.services.calls.test_taking_back import called, talk
from tests.services.office.test_foreign import takes, their_store, theirs

__all__ = ["their_store", "theirs"]
PLACEMENT = "XK202611-01"


def test_what_another_store_sent_goes_out_once(manager, agent, debtor, theirs, tmp_path, clock):
    first, second = debtor(), debtor()
    called(agent, first, CallLog(Outcome.NO_ANSWER))
    clock.forward(minutes=3)
    wish = Wish(placement_numbered(manager, PLACEMENT), "generic")
    assert export(manager, wish, tmp_path / "a.csv").number == "K7M-N1001"
    takes(theirs, manager)
    there = Wish(placement_numbered(theirs, PLACEMENT), "generic")
    seen = preview(theirs, there)
    assert (seen.total, [line.number for line in seen.before]) == (0, ["K7M-N1001"])
    theirs.clock.forward(minutes=9)
    called(theirs, second, talk(Outcome.REFUSES))
    theirs.clock.forward(minutes=3)
    done = export(theirs, there, tmp_path / "b.csv")
    assert (done.number, done.counts[SentMark.NEW], done.total) == ("H2X-N1001", 1, 1)
    clock.forward(minutes=30)
    takes(manager, theirs)
    again = Wish(wish.placement_id, "generic", first=clock.now().date())
    export(manager, again, tmp_path / "c.csv")
    text = (tmp_path / "c.csv").read_bytes().decode("utf-8-sig")
    told = [row["催收记录"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert [one[:24] for one in told] == [
        "[重复 首次回传 K7M-N1001 第 1 行"[:24],
        "[重复 首次回传 H2X-N1001 第 1 行"[:24],
    ]
