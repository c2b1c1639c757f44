"""What no program may write into a column of state, whatever slip it makes: the file itself refuses."""

import pytest
from sqlalchemy import create_engine, insert, select
from sqlalchemy.exc import IntegrityError

from collector_desk.domain.vocabulary import PromiseState
from collector_desk.store import tables as t
from collector_desk.store.metadata import from_micros
from tests.samples.ids import an_id

ROW = {
    "promise_id": an_id("a"),
    "case_id": an_id("b"),
    "debtor_id": an_id("c"),
    "followed_up": False,
    "due_at": from_micros(0),
}


def test_every_state_of_the_enum_can_be_kept_and_no_other() -> None:
    engine = create_engine("sqlite://")
    t.promise_state.create(engine)
    with engine.begin() as conn:
        for state in PromiseState:
            conn.execute(insert(t.promise_state).values(**ROW | {"promise_id": an_id(state)}, state=state))
        assert set(conn.execute(select(t.promise_state.c.state)).scalars()) == set(PromiseState)
    slip = "brokn"
    with engine.begin() as conn, pytest.raises(IntegrityError, match="state_known"):
        conn.execute(insert(t.promise_state).values(**ROW, state=slip))
    engine.dispose()
