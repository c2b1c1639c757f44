"""What was set for the store as a whole."""

from collector_desk.store import tables as t
from collector_desk.store.desk.settings import setting


def test_what_was_set_last_is_found_and_nothing_where_nothing_was_set(conn, filed):
    for name in ("旧", "新"):
        filed(t.setting_change, key="agency", value={"name": name})
    assert setting(conn, "agency") == {"name": "新"}
    assert setting(conn, "desk") is None
