"""A debtor's flags as they were set and lifted."""

from collector_desk.domain.vocabulary import Flag
from collector_desk.store import tables as t
from collector_desk.store.permits import flags
from collector_desk.store.permits.flags import FlagSet
from tests.samples.ids import an_id

WHO, CALL = an_id("debtor"), an_id("call")


def test_all_that_was_set_and_lifted_comes_in_its_order_and_only_of_this_debtor(conn, filed):
    filed(t.flag_event, debtor_id=WHO, flag=Flag.DISPUTED, on=True, attempt_id=CALL)
    filed(t.flag_event, debtor_id=an_id("other"), flag=Flag.VULNERABLE, on=True)
    filed(t.flag_event, debtor_id=WHO, flag=Flag.DISPUTED, on=False)
    assert flags.events(conn, WHO) == (FlagSet(Flag.DISPUTED, True, CALL), FlagSet(Flag.DISPUTED, False, None))
    assert flags.events(conn, an_id("nobody")) == ()
